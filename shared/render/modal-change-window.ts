import type { ModalView } from '@slack/types';
import type { Instant } from '../domain/instant.ts';
import type { Plan, PlannedService } from '../domain/plan/plan.ts';
import { paragraph } from './blocks.ts';
import { askingModal, type ModalOf } from './modal.ts';
import { choosingMoment, choosingOne, choosingSome } from './modal-inputs.ts';
import { serviceOption, termsBlocks } from './modal-services.ts';

export const SERVICES = 'services';
export const FROM = 'from';
export const HOURS = 'hours';

/** Asks when services may be replaced beside their windows. */
export const changeWindowModal = (
  of: ModalOf,
  plan: Plan,
  { services, from }: { readonly services: readonly PlannedService[]; readonly from: Instant },
): ModalView =>
  askingModal(of, {
    title: 'Another window',
    submit: 'Open it',
    blocks: [
      paragraph([
        'What you choose of ',
        { name: plan.id },
        ' may also begin in this window of its own, once. Freezes do not hold in it, and nobody else is asked: you agree to what asks below. It has to be over by ',
        { instant: plan.deadline },
        '.',
      ]),
      choosingSome({ name: SERVICES, label: 'Services' }, services.map(serviceOption)),
      choosingMoment({ name: FROM, label: 'Opens' }, from),
      choosingOne({ name: HOURS, label: 'Takes starts for' }, [
        { value: '1', text: '1 hour' },
        { value: '2', text: '2 hours' },
        { value: '4', text: '4 hours' },
        { value: '8', text: '8 hours' },
      ]),
      ...termsBlocks(services, plan),
    ],
  });

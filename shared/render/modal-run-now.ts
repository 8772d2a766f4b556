import type { ModalView } from '@slack/types';
import type { Instant } from '../domain/instant.ts';
import type { Plan, PlannedService } from '../domain/plan/plan.ts';
import { paragraph } from './blocks.ts';
import { plural } from './listing.ts';
import { askingModal, type ModalOf } from './modal.ts';
import { choosingOne, choosingSome } from './modal-inputs.ts';
import { serviceOption, termsBlocks } from './modal-services.ts';

export const SERVICES = 'services';
export const HOURS = 'hours';

/** Asks which of `services` to run now; nothing happens before it is confirmed. */
export const runNowModal = (of: ModalOf, { id }: Plan, services: readonly PlannedService[]): ModalView =>
  askingModal(of, {
    title: 'Run now',
    submit: 'Next',
    blocks: [
      paragraph([
        'Windows and freezes do not hold for what you choose of ',
        { name: id },
        '. You are shown what it does before anything happens.',
      ]),
      choosingSome({ name: SERVICES, label: 'Services to run now' }, services.map(serviceOption)),
      choosingOne({ name: HOURS, label: 'They may begin for' }, [
        { value: '1', text: '1 hour' },
        { value: '4', text: '4 hours' },
        { value: '24', text: '24 hours' },
      ]),
    ],
  });

/** Says what would happen, and asks once more. */
export const runNowSureModal = (
  of: ModalOf,
  plan: Plan,
  { services, until }: { readonly services: readonly PlannedService[]; readonly until: Instant },
): ModalView =>
  askingModal(of, {
    title: 'Run now: are you sure?',
    submit: 'Run them now',
    blocks: [
      paragraph([
        `${plural(services.length, 'service')} of `,
        { name: plan.id },
        ` may be redeployed from now until `,
        { instant: until },
        ', whatever windows and freezes say, and nobody else is asked. You agree to what asks below. Preflight is made again before each start, and nothing starts while it blocks.',
      ]),
      ...termsBlocks(services, plan),
    ],
  });

import type { ModalView } from '@slack/types';
import type { Plan, PlannedService } from '../domain/plan/plan.ts';
import { paragraph } from './blocks.ts';
import { askingModal, type ModalOf } from './modal.ts';
import { choosingSome } from './modal-inputs.ts';
import { serviceOption, termsBlocks } from './modal-services.ts';

export const SERVICES = 'services';

/** Asks which of `services` to approve, each with what an approval of it agrees to. */
export const approveSomeModal = (of: ModalOf, plan: Plan, services: readonly PlannedService[]): ModalView =>
  askingModal(of, {
    title: 'Approve some services',
    submit: 'Approve',
    blocks: [
      paragraph([
        { name: plan.id },
        ' as of hash ',
        { name: plan.hash },
        '. What you approve is replaced when its window opens. Where something asks below, you agree to that too; if it changes before, your approval does not count any more.',
      ]),
      choosingSome({ name: SERVICES, label: 'Services to approve' }, services.map(serviceOption)),
      ...termsBlocks(services, plan),
    ],
  });

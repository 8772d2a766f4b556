import type { ModalView } from '@slack/types';
import type { ActiveService, ServiceDeployment } from '../domain/plan/situation.ts';
import { groupList, paragraph } from './blocks.ts';
import { askingModal, type ModalOf } from './modal.ts';

interface Shown {
  /** `harbor-prod/checkout`. */
  readonly name: string;
  readonly deployment: ServiceDeployment;
  readonly situation: ActiveService;
  /** The last one that succeeded; absent where ECS remembers none. */
  readonly to?: ServiceDeployment;
}

/** Asks whether to stop a deployment and return to the one before. */
export const rollBackModal = (of: ModalOf, { name, deployment, situation, to }: Shown): ModalView =>
  askingModal(of, {
    title: 'Roll back',
    submit: 'Roll back',
    blocks: [
      paragraph([
        'ECS is asked to stop the deployment of ',
        { name: deployment.revision || 'a revision that is not known' },
        ' on ',
        { name },
        ', begun ',
        { instant: deployment.createdAt },
        ', and to return to the service revision before it.',
      ]),
      groupList({
        title: 'As it is now',
        entries: [
          { term: 'state', text: deployment.status },
          { term: 'tasks', text: `${situation.running} of ${situation.desired} running, ${situation.pending} pending` },
          {
            term: 'last that succeeded',
            text: to === undefined ? 'ECS remembers none: it decides what it returns to' : to.revision || to.id,
          },
        ],
      }),
    ],
  });

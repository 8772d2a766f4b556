import type { KnownBlock, ModalView } from '@slack/types';
import { type Check, withAnswer } from '../domain/plan/checks/check.ts';
import { nameOf, type Plan, type PlannedService } from '../domain/plan/plan.ts';
import { groupList, paragraph } from './blocks.ts';
import { plural } from './listing.ts';
import { askingModal, type ModalOf } from './modal.ts';
import { choosingOne, enteringText } from './modal-inputs.ts';
import { termsBlocks } from './modal-services.ts';

export const WHEN = 'when';
export const REASON = 'reason';

/** A sentence in a message, not a page. */
const REASON_LIMIT = 300;

/** A service as it would be redeployed, with all of preflight as it is now. */
export interface Seen {
  readonly plan: Plan;
  readonly service: PlannedService;
  readonly checks: readonly Check[];
}

/** Asks whether to redeploy a service, and when. `isChanged`: it is not what it was when somebody was asked before. */
export const redeployModal = (of: ModalOf, seen: Seen, { isChanged }: { readonly isChanged: boolean }): ModalView =>
  askingModal(of, {
    title: 'Redeploy',
    submit: 'Redeploy',
    blocks: [
      ...(isChanged
        ? [paragraph(['It has changed while you looked, and nothing was asked for: this is how it is now.'])]
        : []),
      paragraph([
        'Every task of ',
        { name: nameOf(seen.service) },
        ' would be replaced by a deployment of the same revision.',
      ]),
      ...found(seen),
      choosingOne({ name: WHEN, label: 'When' }, [
        {
          value: 'window',
          text: 'In its next window',
          more: 'Within seven days; somebody approves it where that is needed',
        },
        { value: 'now', text: 'Now, whatever windows and freezes say', more: 'You are asked once more' },
      ]),
      enteringText({ name: REASON, label: 'Why' }, { most: REASON_LIMIT }),
    ],
  });

/** Asks once more. */
export const redeployNowModal = (of: ModalOf, seen: Seen): ModalView =>
  askingModal(of, {
    title: 'Redeploy now: sure?',
    submit: 'Redeploy it now',
    blocks: [
      paragraph([
        'Every task of ',
        { name: nameOf(seen.service) },
        ' is replaced at once, whatever windows and freezes say. Preflight is made again before it starts, and nothing starts while it blocks.',
      ]),
      ...found(seen),
    ],
  });

/** What the service is, and what preflight says beside that. */
function found({ plan, service, checks }: Seen): readonly KnownBlock[] {
  const { work } = service;
  const own = work === undefined ? service : { ...service, work: { ...work, checks: [] } };
  const told = (['block', 'ask', 'warn'] as const).flatMap((answer) => withAnswer(checks, answer));
  const title = `Preflight: ${plural(withAnswer(checks, 'ok').length, 'check')} ok, ${told.length} to look at`;
  const entries = told.map(({ answer, because }) => ({ term: answer, text: because }));
  return [...termsBlocks([own], plan), groupList({ title, entries })];
}

import { accountLabel } from '../domain/accounts.ts';
import type { PlanRecord } from '../domain/plan/plan-record.ts';
import { DEFAULT_RUN_CONFIG } from '../domain/plan/step.ts';
import { summarize } from '../domain/plan/telling/summary.ts';
import { utcMinute } from '../domain/utc.ts';
import { answerMessage } from './answer-message.ts';
import { groupList } from './blocks.ts';
import { plural } from './listing.ts';
import type { SlackMessage } from './message.ts';
import { standing } from './plan-words.ts';

/** Plans that are over are listed after the others, and so many at the most. */
const MOST = 15;

/** One line a plan, those that are not over first. */
export function renderPlanList(records: readonly PlanRecord[]): SlackMessage {
  const open = records.filter(isOpen);
  const over = records.filter((record) => !isOpen(record));
  if (records.length === 0)
    return answerMessage(['There is no plan: AWS has announced nothing, and nobody has asked for anything.']);
  const shown = [...open, ...over].slice(0, MOST);
  return answerMessage([`${plural(open.length, 'plan')} not over, ${over.length} over.`], {
    blocks: [
      groupList({ title: 'Plans', entries: shown.map((record) => ({ term: record.id, text: planText(record) })) }),
    ],
    notes: records.length > MOST ? [`and ${records.length - MOST} older ones: "slackwater plan list" lists them`] : [],
  });
}

const isOpen = ({ dueAt }: PlanRecord): boolean => dueAt !== undefined;

/** `retirement in 111122223333, eu-west-1, AWS begins 2026-11-27 10:00 UTC: 6 done, 2 running; window nights from …`. */
export function planText(record: PlanRecord): string {
  const { plan, madeAt } = record;
  if (plan === undefined) return `since ${utcMinute(madeAt)}; nobody has looked at its services yet`;
  // The votes that it takes are not asked for.
  const summary = summarize(record, DEFAULT_RUN_CONFIG);
  const { counts, slot, occasion, deadline } = summary;
  const { region } = plan.place;
  const account = accountLabel(plan.place.account, plan.accountName);
  // The cast is true: the keys of the counts are statuses.
  const said = (Object.entries(counts) as [Parameters<typeof standing>[0], number][]).map(
    ([status, count]) => `${count} ${standing(status, summary).word}`,
  );
  const what =
    occasion === 'retirement'
      ? `retirement in ${account}, ${region}, AWS begins ${utcMinute(deadline)}`
      : `asked for in ${account}, ${region}, to be done by ${utcMinute(deadline)}`;
  const next =
    slot === undefined || summary.phase === 'over'
      ? ''
      : `; ${slot.windows.join(' and ')} from ${utcMinute(slot.opens)} to ${utcMinute(slot.closes)}`;
  return `${isOpen(record) ? '' : 'over, '}${what}: ${said.join(', ') || 'no service'}${next}`;
}

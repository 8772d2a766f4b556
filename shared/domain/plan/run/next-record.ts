import type { Instant } from '../../instant.ts';
import type { LockView } from '../lock.ts';
import { makePlan } from '../make-plan.ts';
import { isOver } from '../plan.ts';
import { type LogEntry, logged, type PlanRecord, withNews } from '../plan-record.ts';
import type { PlanNews, PlanStep, RunConfig, StepOutcome, Stepped } from '../step.ts';
import { nextLookAt } from './attention.ts';
import { nextSteps, type Observed } from './next-steps.ts';
import { stepKey, stepText } from './step-words.ts';

/** Whom the log names where nobody decided but the rules. */
export const SELF = 'slackwater';

interface Given {
  readonly config: RunConfig;
  readonly locks: LockView;
  readonly now: Instant;
}

export interface NextRecord {
  readonly record: PlanRecord;
  /** To be taken in order, once the record is saved. */
  readonly steps: readonly PlanStep[];
}

/** What a look at a plan leads to: the record with the plan as it is now, its news and when to look again. */
export function nextRecord(before: PlanRecord, observed: Observed, { config, locks, now }: Given): NextRecord {
  const moved = movedOn(before, observed, { config, locks, now });
  if ('because' in moved) return { record: over(before, moved.because, now), steps: [] };
  const { plan, steps, news } = moved;
  const heard = observed.notice.plan?.heard ?? 0;
  const { dueAt: _, ...kept } = before;
  const unheard = { ...kept, plan, outcomes: {}, news: before.news.filter(({ n }) => n > heard) };
  const record = logged(withNews(unheard, news, now), [...entriesOf(news, now), ...asked(steps, now)]);
  // What is to be told is told by this look; were it cut off, the next one tells it.
  const isTelling = record.news.length > 0 || observed.notice.plan === undefined || isEnding(record, observed);
  const dueAt = isTelling ? now : nextLookAt(observed.notice, plan, now);
  return { record: dueAt === undefined ? record : { ...record, dueAt }, steps };
}

type Moved = Stepped | { readonly because: string };

function movedOn(before: PlanRecord, observed: Observed, { config, locks, now }: Given): Moved {
  if (before.plan !== undefined) return nextSteps(before.plan, observed, config, locks, now);
  const first = makePlan(observed.notice, [], { ...observed, now });
  if (first.status === 'none') return first;
  const moved = nextSteps(first.plan, observed, config, locks, now);
  // The message itself says what is planned; only what needs somebody is said beside it.
  return { ...moved, news: moved.news.filter(({ kind, audience }) => kind !== 'verdict' || audience !== 'thread') };
}

/** It is not due any more. */
function over(before: PlanRecord, because: string, now: Instant): PlanRecord {
  const { dueAt: _, ...record } = before;
  return logged(record, [{ at: now, by: SELF, text: `No plan: ${because}.` }]);
}

/** The message does not say yet that it is over. */
const isEnding = ({ plan }: PlanRecord, { notice }: Observed): boolean =>
  plan !== undefined && isOver(plan) && notice.plan?.phase !== 'over';

const entriesOf = (news: readonly PlanNews[], now: Instant): readonly LogEntry[] =>
  news.map(({ text }) => ({ at: now, by: SELF, text }));

const asked = (steps: readonly PlanStep[], now: Instant): readonly LogEntry[] =>
  steps.flatMap((step) => {
    const text = stepText(step);
    return text === undefined ? [] : [{ at: now, by: SELF, text }];
  });

/** The record with what came of its steps, for the next look; the same where everything just worked. */
export function withOutcomes(
  record: PlanRecord,
  steps: readonly PlanStep[],
  outcomes: readonly StepOutcome[],
  now: Instant,
): PlanRecord {
  const troubled = steps.flatMap((step, index) => {
    const outcome = outcomes[index];
    return outcome === undefined || outcome.status === 'done' ? [] : [{ step, outcome }];
  });
  if (troubled.length === 0) return record;
  const texts = troubled.map(({ step, outcome }) => `${stepText(step) ?? step.kind}: ${outcome.because}`);
  return logged(
    { ...record, outcomes: Object.fromEntries(troubled.map(({ step, outcome }) => [stepKey(step), outcome])) },
    texts.map((text) => ({ at: now, by: SELF, text })),
  );
}

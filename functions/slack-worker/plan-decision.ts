import type { RightName } from '../../shared/domain/chat/rights.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import { countsAsApprover } from '../../shared/domain/plan/people/approval.ts';
import { type Decided, decideOn, decisionText, type PlanDecision } from '../../shared/domain/plan/people/decisions.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { sameContent } from '../../shared/domain/same-content.ts';
import { type Deed, done, type Result, refused, type Wanted } from './perform.ts';
import { serviceSubject } from './subjects.ts';
import type { WorkerDeps } from './visit.ts';

/** Who wants what decided about which services of a plan. */
export function wantedOf(right: RightName, plan: Plan, services: readonly PlannedService[]): Wanted {
  const subjects = services.map(({ at }) => serviceSubject(at));
  return { action: right, rights: [right], subjects, target: plan.id, hash: plan.hash };
}

/** A decision about a plan, as its buttons and modals make it. */
export const deedOf = (
  decision: PlanDecision & { readonly kind: RightName },
  { record, plan }: { readonly record: PlanRecord; readonly plan: Plan },
  services: readonly PlannedService[],
  deps: WorkerDeps,
): Deed => ({
  ...wantedOf(decision.kind, plan, services),
  act: () => decide(record, (current, now) => decideOn(current, decision, now), decisionText(decision, plan), deps),
});

/**
 * Why an approval of `by` would be none: it is they who asked for it. Who has objected approves to take that back.
 */
export const ownApproval = (by: string, plan: Plan, { run }: Policy): string | undefined =>
  countsAsApprover(by, plan, run) || plan.vetoes.some((veto) => veto.by === by)
    ? undefined
    : `You asked for ${plan.id} yourself: somebody else has to approve it.`;

export const arnsOf = (services: readonly PlannedService[]): readonly string[] =>
  services.map(({ at }) => serviceArn(at));

const ATTEMPTS = 8;

/** Saves a decision on the plan as it is now, and has the function run that acts on it. */
export async function decide(
  known: PlanRecord,
  decision: (record: PlanRecord, now: Instant) => Decided,
  text: string,
  { plans, clock, wake }: Pick<WorkerDeps, 'plans' | 'clock' | 'wake'>,
): Promise<Result> {
  let record: PlanRecord | undefined = known;
  for (let attempt = 0; attempt < ATTEMPTS && record !== undefined; attempt++) {
    const now = clock();
    const answer = decision(record, now);
    if ('refused' in answer) return refused(answer.refused);
    if (isSame(record, answer.record)) return refused('You have decided this already: nothing has changed.');
    if ((await plans.save(answer.record, now)) === 'saved') {
      await wake();
      return done(`${known.id}: ${text}. Its message follows within a minute.`);
    }
    record = await plans.load(known.id);
  }
  return record === undefined
    ? refused(`${known.id} is not kept any more.`)
    : {
        decision: 'failed',
        because: `Others changed ${known.id} again and again, and nothing was decided: try again.`,
      };
}

/** Whoever says the same twice says nothing new, whenever they said it. */
function isSame({ plan: before }: PlanRecord, { plan: after }: PlanRecord): boolean {
  if (before === undefined || after === undefined) return before === after;
  return sameContent(voicesOf(before), voicesOf(after)) && addsNoOrder(before.orders, after.orders);
}

const voicesOf = ({ approvals, vetoes }: Plan) => ({
  approvals: Object.fromEntries(approvals.map(({ by, services }) => [by, services])),
  vetoes: vetoes.map(({ by }) => by).toSorted(),
});

/** A second click comes within seconds, and would have the order hold for as much longer. */
const NO_LONGER = minutes(5);

/** Two orders to run the same, as it was shown, are one unless the second holds for longer. */
function addsNoOrder(before: Plan['orders'], after: Plan['orders']): boolean {
  const added = after.at(-1);
  if (after.length === before.length || added === undefined) return true;
  return (
    added.kind === 'run-now' &&
    before.some(
      (order) =>
        order.kind === 'run-now' &&
        order.by === added.by &&
        order.at <= added.at &&
        added.until <= order.until + NO_LONGER &&
        sameContent(order.services, added.services),
    )
  );
}

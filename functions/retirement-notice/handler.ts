import type { Context } from 'aws-lambda';
import { decideNotice } from '../../shared/domain/decide.ts';
import { noticeFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Fingerprint, Notice } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type Outcome, outcomeOfParsed } from '../../shared/domain/outcome.ts';
import { newPlanRecord, type PlanStore, planIdOf } from '../../shared/domain/plan/plan-record.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { type HealthNotified, TASK_RETIREMENT } from '../../shared/domain/signal.ts';
import { describeDelivery, type SettleDeps, type Settled, settle } from '../../shared/effects/settle.ts';
import { parseEvent } from '../../shared/parse/index.ts';

export interface Deps extends SettleDeps {
  /** Copies of notices for the backup Region count as the notices themselves; not unless given. */
  readonly takesCopies?: boolean;
  readonly plans: PlanStore;
  /** Who is told of what, as it is configured now. Never throws. */
  readonly policy: () => Promise<Policy>;
  /** Called once for every event with what became of it. */
  readonly report: (outcome: Outcome) => void;
}

/**
 * One AWS Health event about ECS: its pages, updates and copies make one notice, told once and kept current. Throws
 * what the store throws, so that Lambda delivers the event again and then to the dead-letter queue.
 */
export const createHandler =
  (deps: Deps) =>
  async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const deadline = deps.clock() + context.getRemainingTimeInMillis();
    const parsed = parseEvent(event, { takesCopies: deps.takesCopies ?? false });
    if (parsed.status !== 'parsed' || parsed.signal.kind !== 'health-notified') {
      deps.report(outcomeOfParsed(parsed));
      return;
    }
    deps.report(await settleNotice(parsed.signal, deadline, deps));
  };

async function settleNotice(signal: HealthNotified, deadline: Instant, deps: Deps): Promise<Outcome> {
  const fingerprint = noticeFingerprint(signal.affected, signal.eventArn);
  const [policy, stored] = await Promise.all([deps.policy(), deps.store.load(fingerprint)]);
  const settled = await settle(
    fingerprint,
    stored,
    // The cast is true: only notices are saved under the fingerprints of notices.
    (known) => decideNotice(signal, known as Notice | undefined, { policy, now: deps.clock(), deadline }),
    { ...deps, policy, deadline },
  );
  if (signal.typeCode === TASK_RETIREMENT) await wakePlan(fingerprint, settled, deps);
  return outcomeOf(signal, settled);
}

/**
 * The plan of a retirement is looked at within a minute, whichever page comes first, and again when a page brings news. A
 * save that comes too late is one that somebody looks at anyway.
 */
async function wakePlan(notice: Fingerprint, { decision }: Settled, { plans, clock }: Deps): Promise<void> {
  const now = clock();
  const known = await plans.load(planIdOf(notice));
  if (known === undefined) await plans.save(newPlanRecord(notice, now), now);
  else if (decision.next !== undefined) await plans.save({ ...known, dueAt: now }, now);
}

function outcomeOf(signal: HealthNotified, { decision, record, deliveries }: Settled): Outcome {
  const [verdict] = decision.verdicts;
  if (verdict === undefined) throw new TypeError('a decision on one notice has one verdict');
  const { outcome, ...why } = verdict;
  return {
    eventId: signal.envelope.eventId,
    at: signal.envelope.at,
    kind: signal.kind,
    subject: signal.typeCode,
    decision: outcome,
    ...why,
    ...(record && { severity: record.severity, incident: record.id }),
    effects: deliveries.map(describeDelivery),
  };
}

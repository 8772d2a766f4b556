import type { Notice } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type ServiceRef, serviceArn } from '../../shared/domain/place.ts';
import { type LockStore, logged, type PlanRecord, type PlanStore } from '../../shared/domain/plan/plan-record.ts';
import { nextRecord, SELF, withOutcomes } from '../../shared/domain/plan/run/next-record.ts';
import type { PlanStep, StepOutcome } from '../../shared/domain/plan/step.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { RecordStore } from '../../shared/domain/store.ts';
import type { Maintenance } from '../../shared/domain/windows/maintenance.ts';
import type { Invocation } from '../../shared/effects/settle.ts';
import { observe, type Sight } from './look.ts';
import { type TellDeps, tellPlan } from './tell.ts';

export interface AdvanceDeps extends TellDeps, Sight {
  readonly store: RecordStore;
  readonly plans: PlanStore;
  readonly locks: LockStore;
  /** The only way in which anything in AWS is changed. */
  readonly take: (plan: Pick<PlanRecord, 'id'>, step: PlanStep) => Promise<StepOutcome>;
  /** The windows and freezes with what other services know of them: openings that AWS Systems Manager tells. */
  readonly maintenanceOf: (policy: Policy) => Promise<Maintenance>;
  readonly clock: () => Instant;
}

/** A lock that was just taken is used at once, after another look: so many looks at one plan in one run. */
const LOOKS = 3;
/** Milliseconds that are left for steps, saving and telling when reading ends. */
const RESERVE = 12_000;

/** Takes one plan as far as it goes now. A look that somebody else's save made stale is left to the next run. */
export async function advance(due: PlanRecord, invocation: Invocation, deps: AdvanceDeps): Promise<void> {
  const notice = await loadNotice(due, deps);
  if (notice === undefined) return forget(due, deps);
  let seen: Seen = { record: due, locked: [] };
  for (let looks = 0; looks < LOOKS && deps.clock() < invocation.deadline - 2 * RESERVE; looks++) {
    const looked = await look(seen, notice, invocation, deps);
    if (looked === 'conflict') return;
    seen = looked;
    if (seen.locked.length === 0) break;
  }
  await tellPlan(seen.record, notice, invocation, deps);
}

async function loadNotice({ notice }: PlanRecord, { store }: AdvanceDeps): Promise<Notice | undefined> {
  const record = await store.load(notice);
  return record?.kind === 'notice' ? record : undefined;
}

/** Its notice has expired, so there is nobody to tell and nothing to plan for. */
async function forget(due: PlanRecord, { plans, clock }: AdvanceDeps): Promise<void> {
  const now = clock();
  const { dueAt: _, ...record } = due;
  await plans.save(logged(record, [{ at: now, by: SELF, text: 'Its notice is not kept any more: it is over.' }]), now);
}

/** A plan as it is saved, and whose lock the last look took. */
interface Seen {
  readonly record: PlanRecord;
  readonly locked: readonly ServiceRef[];
}

/** The decision is saved before its steps are taken, and what came of them is kept for the next look. */
async function look(
  { record: before, locked }: Seen,
  notice: Notice,
  invocation: Invocation,
  deps: AdvanceDeps,
): Promise<Seen | 'conflict'> {
  const { policy, deadline } = invocation;
  const { clock, locks } = deps;
  const maintenance = await deps.maintenanceOf(policy);
  const given = { maintenance, now: clock(), deadline: deadline - RESERVE, locked };
  const observed = await observe(before, notice, given, deps);
  const { record, steps } = nextRecord(before, observed, {
    config: policy.run,
    locks: await locks.load(),
    now: clock(),
  });
  const saved = await save(record, deps);
  if (saved === 'conflict') return saved;
  const outcomes = await takeInOrder(saved, steps, deps);
  const ready = readyToStart(record, steps, outcomes);
  const answered = withOutcomes(saved, steps, outcomes, clock());
  const kept = answered === saved ? saved : await save(answered, deps);
  return kept === 'conflict' ? kept : { record: kept, locked: ready };
}

async function save(record: PlanRecord, { plans, clock }: AdvanceDeps): Promise<PlanRecord | 'conflict'> {
  const answer = await plans.save(record, clock());
  return answer === 'conflict' ? answer : { ...record, version: record.version + 1 };
}

/** One after the other: a lock comes before what it is for. */
async function takeInOrder(
  record: PlanRecord,
  steps: readonly PlanStep[],
  { take }: AdvanceDeps,
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const step of steps) outcomes.push(await take(record, step));
  return outcomes;
}

/** Those that wait and whose lock was taken; what is in flight merely keeps its own. */
function readyToStart(
  { plan }: PlanRecord,
  steps: readonly PlanStep[],
  outcomes: readonly StepOutcome[],
): readonly ServiceRef[] {
  const waiting = new Set(
    plan?.services.flatMap(({ at, run }) => (run.stage.kind === 'waiting' ? [serviceArn(at)] : [])),
  );
  return steps.flatMap((step, index) =>
    step.kind === 'lock' && outcomes[index]?.status === 'done' && waiting.has(serviceArn(step.lock.at))
      ? [step.lock.at]
      : [],
  );
}

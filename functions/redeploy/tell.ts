import { decidePlan } from '../../shared/domain/decide.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import type { Outcome, PlanProgress } from '../../shared/domain/outcome.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { type PlanSummary, summarize } from '../../shared/domain/plan/telling/summary.ts';
import { ROW_STATUSES, type RowStatus } from '../../shared/domain/plan/telling/summary-status.ts';
import { describeDelivery, type Invocation, type SettleDeps, settle } from '../../shared/effects/settle.ts';

export interface TellDeps extends SettleDeps {
  /** Called once for every plan that was looked at. */
  readonly report: (outcome: Outcome) => void;
}

/** Puts the plan as it is now onto its notice, whose message is edited, and says its news to whom they concern. */
export async function tellPlan(
  record: PlanRecord,
  notice: Notice,
  invocation: Invocation,
  deps: TellDeps,
): Promise<void> {
  const { plan, news } = record;
  if (plan === undefined) return;
  const summary = summarize(record, invocation.policy.run);
  const settled = await settle(
    notice.fingerprint,
    notice,
    (known) =>
      // The cast is true: only notices are saved under the fingerprints of notices.
      decidePlan((known ?? notice) as Notice, { summary, news }, { ...invocation, now: deps.clock() }),
    { ...deps, ...invocation },
  );
  const [verdict] = settled.decision.verdicts;
  if (verdict === undefined) return;
  const { outcome, ...why } = verdict;
  deps.report({
    kind: 'plan',
    subject: record.id,
    decision: outcome,
    ...why,
    incident: notice.id,
    severity: notice.severity,
    effects: settled.deliveries.map(describeDelivery),
    plan: progressOf(summary),
  });
}

type Column = Exclude<keyof PlanProgress, 'phase'>;

const COLUMN: Readonly<Record<RowStatus, Column>> = {
  escalated: 'waiting',
  blocked: 'waiting',
  ask: 'waiting',
  ready: 'waiting',
  running: 'running',
  verifying: 'running',
  done: 'done',
  failed: 'failed',
  'rolled-back': 'failed',
  superseded: 'left',
  'handing-over': 'left',
  'handed-over': 'left',
  skipped: 'left',
  gone: 'left',
};

/** Fourteen statuses are more than a chart shows. */
function progressOf({ phase, counts }: PlanSummary): PlanProgress {
  const countIn = (column: Column): number =>
    ROW_STATUSES.reduce((sum, status) => sum + (COLUMN[status] === column ? (counts[status] ?? 0) : 0), 0);
  return {
    phase,
    waiting: countIn('waiting'),
    running: countIn('running'),
    done: countIn('done'),
    failed: countIn('failed'),
    left: countIn('left'),
  };
}

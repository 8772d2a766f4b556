import type { Notice } from '../domain/incident.ts';
import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import { affectedBy } from './affected.ts';
import { type Fact, facts, joined, type Phrase, people } from './card.ts';

/** What is known about a plan in a few words each; ten at the most, with those of the notice. */
export function planFacts(notice: Notice, plan: PlanSummary): readonly Fact[] {
  const isOver = plan.phase === 'over';
  return facts({
    'Old tasks':
      plan.of === 0 ? undefined : [`${plan.old} of ${plan.of}, created before `, { instant: plan.boundary.at }],
    'Latest safe start': isOver || plan.latestSafeStart === undefined ? undefined : [{ instant: plan.latestSafeStart }],
    Approval: isOver ? undefined : approval(plan),
    Decided: decisions(plan),
    'Looked at': lookedAt(notice, plan),
  });
}

function approval({ votes: { given, needed } }: PlanSummary): Phrase | undefined {
  if (needed === 0) return undefined;
  return [`${given.length} of ${needed}`, ...(given.length === 0 ? [] : [': ', ...people(given)])];
}

function decisions({ decided, decidedLeftOut = 0 }: PlanSummary): Phrase | undefined {
  if (decided === undefined) return undefined;
  const all = decided.map(({ by, did }): Phrase => [{ person: by }, ` ${did}`]);
  return joined([...all, ...(decidedLeftOut === 0 ? [] : [[`${decidedLeftOut} more`]])]);
}

/** A notice about hundreds of services is looked at little by little. */
function lookedAt({ entities }: Notice, { counts }: PlanSummary): Phrase | undefined {
  const all = affectedBy(entities).services.length;
  const planned = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return planned >= all ? undefined : [`${planned} of ${all} services so far`];
}

import { accountLabel } from '../../shared/domain/accounts.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import type { PlanRecord } from '../../shared/domain/plan/plan-record.ts';
import { DEFAULT_RUN_CONFIG } from '../../shared/domain/plan/step.ts';
import { summarize } from '../../shared/domain/plan/telling/summary.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { isoOf } from './shown.ts';

/** One object of `plan list --json`. What does not apply is absent. Public contract. */
export function listedPlan(record: PlanRecord) {
  const { id, plan, madeAt, dueAt } = record;
  return {
    plan: id,
    occasion: plan?.occasion,
    account: plan?.place.account,
    region: plan?.place.region,
    phase: phaseOf(record),
    deadline: isoOf(plan?.deadline),
    madeAt: isoOf(madeAt),
    dueAt: isoOf(dueAt),
    hash: plan?.hash,
    services: plan?.services.length,
    ...countsOf(record),
  };
}

/** `pln-4f0c2a9d1e  under way  retirement in 111122223333, eu-west-1, AWS begins 2026-11-24 10:00 UTC: 6 done, 2 running`. */
export function listedPlanText(record: PlanRecord): string {
  const { id, plan, madeAt } = record;
  const phase = phaseOf(record).replace('-', ' ');
  if (plan === undefined) return `${id}  ${phase}  since ${utcMinute(madeAt)}; nobody has looked at its services yet`;
  const counts = Object.entries(countsOf(record).counts ?? {}).map(([status, count]) => `${count} ${status}`);
  return `${id}  ${phase}  ${whatFor(plan)}: ${counts.join(', ') || 'no service'}`;
}

/** What it is for, and by when. */
export function whatFor({ occasion, place, accountName, deadline }: Plan): string {
  const where = `${accountLabel(place.account, accountName)}, ${place.region}`;
  return occasion === 'retirement'
    ? `retirement in ${where}, AWS begins ${utcMinute(deadline)}`
    : `request in ${where}, to be done by ${utcMinute(deadline)}`;
}

export const phaseOf = (record: PlanRecord): 'planned' | 'under-way' | 'over' =>
  record.dueAt === undefined ? 'over' : record.plan === undefined ? 'planned' : summaryOf(record).phase;

function countsOf(record: PlanRecord) {
  if (record.plan === undefined) return {};
  const { counts, old, of } = summaryOf(record);
  return { counts, old, of };
}

/** The votes that it takes are not asked for. */
const summaryOf = (record: PlanRecord) => summarize(record, DEFAULT_RUN_CONFIG);

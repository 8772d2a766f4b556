import type { RightName } from '../../shared/domain/chat/rights.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import { type Result, refuse } from './perform.ts';
import { permit } from './permission.ts';
import { wantedOf } from './plan-decision.ts';
import { serviceSubject } from './subjects.ts';
import type { Visit, WorkerDeps } from './visit.ts';

/**
 * Those of the services that the person may decide about: only they are offered. Where there is none, why the person may
 * not decide about the first.
 */
export async function permittedAmong(
  right: RightName,
  { plan, services }: { readonly plan: Plan; readonly services: readonly PlannedService[] },
  visit: Visit,
  deps: WorkerDeps,
): Promise<readonly PlannedService[] | Result> {
  if (services.length === 0) return { decision: 'refused', because: 'No service of the plan is left to decide about.' };
  const answers = await Promise.all(
    services.map(({ at }) => permit({ rights: [right], subjects: [serviceSubject(at)] }, visit, deps)),
  );
  const permitted = services.filter((_, index) => answers[index]?.allowed === true);
  const [first] = answers;
  if (permitted.length > 0 || first === undefined || first.allowed) return permitted;
  return refuse(wantedOf(right, plan, services), first.because, visit, deps);
}

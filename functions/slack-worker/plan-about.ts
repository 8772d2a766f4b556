import type { Button } from '../../shared/domain/chat/button.ts';
import type { Notice } from '../../shared/domain/incident.ts';
import { decidable } from '../../shared/domain/plan/people/decisions.ts';
import type { Plan, PlannedService } from '../../shared/domain/plan/plan.ts';
import { type PlanRecord, planIdOf } from '../../shared/domain/plan/plan-record.ts';
import { aboutOf, GONE } from './about.ts';
import type { WorkerDeps } from './visit.ts';

/** The plan of a notice as it is now. */
export type PlanAbout =
  | {
      readonly status: 'found';
      readonly notice: Notice;
      readonly record: PlanRecord;
      readonly plan: Plan;
      readonly stale?: string;
    }
  /** `because`: nothing can be decided, in a sentence. */
  | { readonly status: 'none'; readonly because: string };

export async function planAbout(
  button: Pick<Button, 'about' | 'bind'>,
  deps: Pick<WorkerDeps, 'store' | 'plans'>,
): Promise<PlanAbout> {
  const [about, record] = await Promise.all([aboutOf('notice', button, deps), deps.plans.load(planIdOf(button.about))]);
  if (about.status === 'gone' || record === undefined) return { status: 'none', because: GONE };
  const plan = decidable(record);
  if ('refused' in plan) return { status: 'none', because: plan.refused };
  const { record: notice } = about;
  // Its message, which the person looks at, may not show yet what has changed.
  const stale = about.stale ?? (notice.plan?.hash === plan.hash ? undefined : CHANGING);
  return { status: 'found', notice, record, plan, ...(stale !== undefined && { stale }) };
}

const CHANGING = 'The plan is changing just now, and nothing was decided: its message shows it in a moment.';

/** Services about which something can still be decided: ECS has shown them, and they are not over. */
export const openServices = ({ services }: Plan): readonly PlannedService[] =>
  services.filter(({ work, run }) => work !== undefined && run.stage.kind !== 'ended');

/** Those that wait: nothing is in flight for them. */
export const waitingServices = (plan: Plan): readonly PlannedService[] =>
  openServices(plan).filter(({ run }) => run.stage.kind === 'waiting');

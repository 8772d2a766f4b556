import { days, hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import type { Plan } from '../../shared/domain/plan/plan.ts';
import { inFlight } from '../../shared/domain/plan/stage.ts';
import { nextTaskLook } from '../../shared/domain/plan/tasks/task-attention.ts';

/** When to look again, so that nothing is missed and weeks pass in a moment: every minute only while something can start. */
export function nextLook(plan: Plan, also: readonly Instant[], now: Instant): Instant {
  const isBusy = plan.services.some(
    ({ run, work }) =>
      inFlight(run.stage) ||
      (run.stage.kind === 'waiting' && work?.slot !== undefined && work.slot.opens <= now && now <= work.slot.cutoff),
  );
  if (isBusy) return now + minutes(1);
  const { madeAt, deadline } = plan;
  const known = [
    ...also,
    ...plan.tasks.flatMap((task) => nextTaskLook(task, now) ?? []),
    ...plan.services.flatMap(({ work }) =>
      work === undefined ? [] : [work.latestSafeStart + 1, ...(work.slot ? [work.slot.opens] : [])],
    ),
    madeAt + (deadline - madeAt) / 2,
    deadline - hours(72),
    deadline - hours(24),
    deadline,
  ];
  return Math.min(now + hours(1), ...known.filter((at) => at > now));
}

/** By then every service has ended, whatever happened. */
export const lastLook = ({ deadline }: Plan): Instant => deadline + days(3);

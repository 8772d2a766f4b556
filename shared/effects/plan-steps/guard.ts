import type { Instant } from '../../domain/instant.ts';
import type { ServiceRef } from '../../domain/place.ts';
import { holderOf, lockOn } from '../../domain/plan/lock.ts';
import { nameOf, type Plan } from '../../domain/plan/plan.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { utcMinute } from '../../domain/utc.ts';
import { skipped } from './attempt.ts';
import type { StepDeps } from './step-deps.ts';

/** `undefined`: it is time still. By the time that it is late, it has been decided anew. */
export function lateness({ notAfter }: { readonly notAfter: Instant }, { clock }: StepDeps): StepOutcome | undefined {
  return clock() <= notAfter ? undefined : skipped(`It came too late: it was to be done by ${utcMinute(notAfter)}.`);
}

/**
 * `undefined`: the plan holds the lock of the service under the number that the step was decided under. Asked for
 * immediately before a change, because a function that was halted in between may have lost it to another plan.
 */
export async function lockLoss(
  plan: Pick<Plan, 'id'>,
  { at, fence }: { readonly at: ServiceRef; readonly fence: number },
  { locks, clock }: StepDeps,
): Promise<StepOutcome | undefined> {
  const view = await locks.load();
  const isHeld = holderOf(view, plan, at, clock()) === 'ours' && lockOn(view, at)?.fence === fence;
  return isHeld ? undefined : skipped(`The plan does not hold lock ${fence} of ${nameOf({ at })} any more.`);
}

import { type Instant, minutes } from '../instant.ts';
import { type ServiceRef, serviceArn } from '../place.ts';
import { movedTasks, type Plan, type PlannedService } from './plan.ts';
import type { Lock, PlanStep } from './step.ts';

export type LockView = readonly Lock[];

/** Longer than any function runs, and short enough that nobody waits long for one that died. */
const LOCK_LIFE = minutes(15);

export const lockOn = (locks: LockView, at: ServiceRef): Lock | undefined =>
  locks.find((lock) => serviceArn(lock.at) === serviceArn(at));

export const liveLocks = (locks: LockView, now: Instant): LockView => locks.filter(({ expiresAt }) => now < expiresAt);

/** Whose the lock on a service is. One that has expired is free; it is taken only while no deployment is under way. */
export function holderOf(
  locks: LockView,
  { id }: Pick<Plan, 'id'>,
  at: ServiceRef,
  now: Instant,
): 'free' | 'ours' | 'foreign' {
  const lock = lockOn(liveLocks(locks, now), at);
  if (lock === undefined) return 'free';
  return lock.owner === id ? 'ours' : 'foreign';
}

/** Takes a lock that is free, under the next number. */
export const takeLock = (
  locks: LockView,
  { id }: Pick<Plan, 'id'>,
  { at, work }: PlannedService,
  now: Instant,
): PlanStep => ({
  kind: 'lock',
  lock: {
    at,
    owner: id,
    fence: (lockOn(locks, at)?.fence ?? 0) + 1,
    expiresAt: now + LOCK_LIFE,
    tasks: movedTasks(work),
  },
});

/** Keeps the lock of a service in flight: half of its life is left at least, if it is still ours. */
export function keepLock(locks: LockView, { id }: Pick<Plan, 'id'>, at: ServiceRef, now: Instant): readonly PlanStep[] {
  const lock = lockOn(locks, at);
  if (lock?.owner !== id || lock.expiresAt - now > LOCK_LIFE / 2) return [];
  return [{ kind: 'lock', lock: { ...lock, expiresAt: now + LOCK_LIFE } }];
}

/** Gives back what is ours, also when it was to be given back before and was not. */
export function releaseLock(
  locks: LockView,
  { id }: Pick<Plan, 'id'>,
  at: ServiceRef,
  now: Instant,
): readonly PlanStep[] {
  const lock = lockOn(liveLocks(locks, now), at);
  return lock?.owner === id ? [{ kind: 'unlock', at, fence: lock.fence }] : [];
}

/** The locks as they will be if all steps are done, so that services decided on together do not share one budget. */
export function withSteps(locks: LockView, steps: readonly PlanStep[]): LockView {
  return steps.reduce<LockView>((held, step) => {
    if (step.kind === 'lock')
      return [...held.filter(({ at }) => serviceArn(at) !== serviceArn(step.lock.at)), step.lock];
    // A lock given back keeps its number for the next holder.
    if (step.kind === 'unlock')
      return held.map((lock) => (serviceArn(lock.at) === serviceArn(step.at) ? { ...lock, expiresAt: 0 } : lock));
    return held;
  }, locks);
}

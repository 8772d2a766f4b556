import { type Instant, minutes } from './instant.ts';
import { present } from './present.ts';
import type { Suspicion, Watched } from './watchdog-memory.ts';
import { isUnfinished, type LongRollout, longRollout, primaryOf, type SweptService } from './watchdog-service.ts';

/** Trouble that ECS sends no event for. */
export type Trouble =
  /** Tasks are wanted and none runs; seen first at this instant. */
  | { readonly kind: 'nothing-runs'; readonly since: Instant }
  /** A deployment, created then, gets nowhere, and nothing is configured that would give it up. */
  | { readonly kind: 'rollout-stalled'; readonly since: Instant }
  /** A deployment, created then, takes far longer than usual: milliseconds, where there is a history. */
  | { readonly kind: 'rollout-slow'; readonly since: Instant; readonly usual?: number };

/** More than most tasks need to start, and less than the time between two sweeps. */
const START = minutes(10);
const FAR_LONGER = 3;
const WITHOUT_HISTORY = minutes(60);

/** What one look shows. Whether it is trouble may depend on whether it goes on. */
export function suspicionOf(service: SweptService, now: Instant): Suspicion | undefined {
  const { facts } = service;
  if (facts.status !== 'ACTIVE') return undefined;
  if (facts.desired > 0 && facts.running === 0) {
    return { kind: 'nothing-runs', deployment: primaryOf(facts)?.id ?? '', running: 0 };
  }
  const rollout = longRollout(service, now);
  return rollout && { kind: 'rollout', deployment: rollout.deployment.id, running: rollout.deployment.running };
}

/** What is trouble by now. Of a deployment that is both, that it gets nowhere says more than that it is slow. */
export function troubleOf(service: SweptService, watched: Watched, now: Instant): Trouble | undefined {
  const wentOn = now - watched.since >= START;
  if (watched.kind === 'nothing-runs') {
    return wentOn || isStartingForLong(service, now) ? { kind: 'nothing-runs', since: watched.since } : undefined;
  }
  const rollout = longRollout(service, now);
  if (rollout === undefined) return undefined;
  if (isStalled(service, rollout, wentOn)) return { kind: 'rollout-stalled', since: rollout.since };
  const usual = usualDuration(service.pastDurations ?? []);
  return isSlow(service, now - rollout.since, usual)
    ? { kind: 'rollout-slow', since: rollout.since, ...present({ usual }) }
    : undefined;
}

/** A service whose deployment is finished may have been scaled up from 0 just now, however old the deployment is. */
function isStartingForLong({ facts }: SweptService, now: Instant): boolean {
  const primary = primaryOf(facts);
  return primary?.createdAt !== undefined && isUnfinished(primary) && now - primary.createdAt > START;
}

function isStalled({ detectsFailures, pauses }: SweptService, { deployment }: LongRollout, wentOn: boolean): boolean {
  if (detectsFailures) return false;
  return deployment.failedTasks > 0 || (wentOn && !pauses && deployment.running < deployment.desired);
}

function isSlow({ pauses, bakes }: SweptService, age: number, usual: number | undefined): boolean {
  if (pauses) return false;
  return age > (usual === undefined ? WITHOUT_HISTORY + bakes : usual * FAR_LONGER);
}

/** 95 of 100 deployments took no longer (nearest rank); `undefined` without any. */
function usualDuration(durations: readonly number[]): number | undefined {
  return durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * 0.95) - 1];
}

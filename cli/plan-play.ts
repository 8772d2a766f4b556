import type { Instant } from '../shared/domain/instant.ts';
import { serviceArn } from '../shared/domain/place.ts';
import { lockOn } from '../shared/domain/plan/lock.ts';
import { nextSteps, type Observed } from '../shared/domain/plan/next-steps.ts';
import type { Plan, PlanId } from '../shared/domain/plan/plan.ts';
import type { Lock, PlanNews, PlanStep, RunConfig } from '../shared/domain/plan/step.ts';
import type { PlayedEcs } from './plan-ecs.ts';

/** Everything that keeps something between two looks. */
export interface Stage {
  ecs: PlayedEcs;
  plan: Plan;
  locks: readonly Lock[];
}

export interface Played {
  readonly at: Instant;
  readonly steps: readonly PlanStep[];
  readonly news: readonly PlanNews[];
}

/** One look and what follows from it, as the function that may change ECS does it: save, then one step after the other. */
export function playOnce(stage: Stage, observed: Omit<Observed, 'services'>, config: RunConfig, now: Instant): Played {
  const { plan, steps, news } = nextSteps(
    stage.plan,
    { ...observed, services: stage.ecs.look(now) },
    config,
    stage.locks,
    now,
  );
  stage.plan = plan;
  for (const step of steps) take(stage, step, now);
  return { at: now, steps, news };
}

/** One step as its adapter takes it, with the conditions that the table and the lock set. */
export function take(stage: Stage, step: PlanStep, now: Instant): void {
  switch (step.kind) {
    case 'lock':
      if (mayLock(stage.locks, step.lock, now)) stage.locks = replaced(stage.locks, step.lock);
      return;
    case 'unlock': {
      const lock = lockOn(stage.locks, step.at);
      if (lock?.fence === step.fence) stage.locks = replaced(stage.locks, { ...lock, expiresAt: now });
      return;
    }
    case 'deploy':
      if (now <= step.notAfter && holds(stage, step, now)) stage.ecs.deploy(step.at, now);
      return;
    case 'roll-back':
      if (holds(stage, step, now)) stage.ecs.rollBack(step.at, step.deployment, now);
      return;
  }
}

function mayLock(locks: readonly Lock[], wanted: Lock, now: Instant): boolean {
  const lock = lockOn(locks, wanted.at);
  if (lock === undefined) return true;
  return lock.owner === wanted.owner && lock.fence === wanted.fence
    ? true
    : lock.expiresAt <= now && lock.fence < wanted.fence;
}

const replaced = (locks: readonly Lock[], lock: Lock): readonly Lock[] => [
  ...locks.filter(({ at }) => serviceArn(at) !== serviceArn(lock.at)),
  lock,
];

function holds(
  { locks, plan }: { locks: readonly Lock[]; plan: { id: PlanId } },
  step: { at: Lock['at']; fence: number },
  now: Instant,
): boolean {
  const lock = lockOn(locks, step.at);
  return lock !== undefined && lock.owner === plan.id && lock.fence === step.fence && now < lock.expiresAt;
}

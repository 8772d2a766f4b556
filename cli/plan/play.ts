import type { Instant } from '../../shared/domain/instant.ts';
import { serviceArn } from '../../shared/domain/place.ts';
import { lockOn } from '../../shared/domain/plan/lock.ts';
import type { Plan, PlanId } from '../../shared/domain/plan/plan.ts';
import { nextSteps, type Observed } from '../../shared/domain/plan/run/next-steps.ts';
import { stepKey } from '../../shared/domain/plan/run/step-words.ts';
import type { Lock, PlanNews, PlanStep, RunConfig, StepOutcome } from '../../shared/domain/plan/step.ts';
import type { PlayedEcs } from './ecs.ts';
import type { PlayedTasks } from './ecs-tasks.ts';

/** Everything that keeps something between two looks. */
export interface Stage {
  ecs: PlayedEcs;
  tasks: PlayedTasks;
  plan: Plan;
  locks: readonly Lock[];
  /** What came of the last steps that did not just work. */
  outcomes: Readonly<Record<string, StepOutcome>>;
}

export interface Played {
  readonly at: Instant;
  readonly steps: readonly PlanStep[];
  readonly news: readonly PlanNews[];
}

/** One look and what follows from it, as the function that may change ECS does it: save, then one step after the other. */
export function playOnce(
  stage: Stage,
  given: Omit<Observed, 'services' | 'tasks' | 'outcomes'>,
  config: RunConfig,
  now: Instant,
): Played {
  const { outcomes } = stage;
  const observed = { ...given, services: stage.ecs.look(now), tasks: stage.tasks.look(now), outcomes };
  const { plan, steps, news } = nextSteps(stage.plan, observed, config, stage.locks, now);
  stage.plan = plan;
  stage.outcomes = {};
  for (const step of steps) note(stage, step, take(stage, step, now));
  return { at: now, steps, news };
}

/** Keeps for the next look what did not just work. */
export function note(stage: Stage, step: PlanStep, outcome: StepOutcome): void {
  if (outcome.status !== 'done') stage.outcomes = { ...stage.outcomes, [stepKey(step)]: outcome };
}

const DONE: StepOutcome = { status: 'done' };
const SKIPPED: StepOutcome = { status: 'skipped', because: 'A condition does not hold any more.' };

/** One step as its adapter takes it, with the conditions that the table and the lock set. */
export function take(stage: Stage, step: PlanStep, now: Instant): StepOutcome {
  if (!mayTake(stage, step, now)) return SKIPPED;
  switch (step.kind) {
    case 'lock':
      stage.locks = replaced(stage.locks, step.lock);
      return DONE;
    case 'unlock':
      stage.locks = stage.locks.map((lock) =>
        serviceArn(lock.at) === serviceArn(step.at) && lock.fence === step.fence ? { ...lock, expiresAt: now } : lock,
      );
      return DONE;
    case 'deploy':
      stage.ecs.deploy(step.at, now);
      return DONE;
    case 'roll-back':
      stage.ecs.rollBack(step.at, step.deployment, now);
      return DONE;
    case 'replace-task':
      stage.ecs.replaceTask(step.at, step.taskId, now);
      return DONE;
    case 'run-task':
      stage.tasks.run(step.launch, now);
      return DONE;
    case 'stop-task':
      stage.tasks.stop(step.taskId, now);
      return DONE;
  }
}

function mayTake(stage: Stage, step: PlanStep, now: Instant): boolean {
  switch (step.kind) {
    case 'lock':
      return mayLock(stage.locks, step.lock, now);
    case 'unlock':
      return true;
    case 'roll-back':
      return holds(stage, step, now);
    case 'deploy':
    case 'replace-task':
      return now <= step.notAfter && holds(stage, step, now);
    case 'run-task':
    case 'stop-task':
      return now <= step.notAfter;
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

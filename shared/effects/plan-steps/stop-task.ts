import { StopTaskCommand } from '@aws-sdk/client-ecs';
import { type ClusterRef, clusterArn } from '../../domain/place.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { attempt, DONE } from './attempt.ts';
import { lateness, lockLoss } from './guard.ts';
import type { StepDeps } from './step-deps.ts';
import type { StepOf } from './step-of.ts';

/** Stops one task of a service, whose scheduler starts another, if the plan still holds the lock and it is not too late. */
export async function replaceTask(
  plan: Pick<Plan, 'id'>,
  step: StepOf<'replace-task'>,
  deps: StepDeps,
): Promise<StepOutcome> {
  const obstacle = (await lockLoss(plan, step, deps)) ?? lateness(step, deps);
  return obstacle ?? stop(step, `slackwater ${plan.id}: its service starts another of the same revision`, deps);
}

/** Stops a task of no service, if it is not too late. */
export async function stopTask(
  { id }: Pick<Plan, 'id'>,
  step: StepOf<'stop-task'>,
  deps: StepDeps,
): Promise<StepOutcome> {
  return lateness(step, deps) ?? stop(step, `slackwater ${id}: a copy takes its place`, deps);
}

interface Task {
  readonly at: ClusterRef;
  readonly taskId: string;
}

/**
 * `reason` is the `stoppedReason` that everybody sees. Stopping a task twice stops it once.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
 */
function stop({ at, taskId }: Task, reason: string, { clientsAt, budget }: StepDeps): Promise<StepOutcome> {
  const command = new StopTaskCommand({ cluster: clusterArn(at), task: taskId, reason });
  const deed = { action: 'ecs:StopTask', on: `${at.cluster}/${taskId}`, shownBy: 'the tasks' };
  return attempt(deed, budget, async (abortSignal) => {
    await clientsAt(at).ecs.send(command, { abortSignal });
    return DONE;
  });
}

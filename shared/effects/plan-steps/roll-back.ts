import { StopServiceDeploymentCommand } from '@aws-sdk/client-ecs';
import { nameOf, type Plan } from '../../domain/plan/plan.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { attempt, DONE } from './attempt.ts';
import { lockLoss } from './guard.ts';
import type { StepDeps } from './step-deps.ts';
import type { StepOf } from './step-of.ts';

type RollBack = StepOf<'roll-back'>;

/** Stops a deployment of the plan's, and returns to the one before, if the plan still holds the lock. */
export async function rollBack(plan: Pick<Plan, 'id'>, step: RollBack, deps: StepDeps): Promise<StepOutcome> {
  const obstacle = await lockLoss(plan, step, deps);
  if (obstacle !== undefined) return obstacle;
  return step.through === undefined ? stopDeployment(step, deps) : stopThrough(step, deps);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html */
export function stopDeployment(
  { at, deployment }: Pick<RollBack, 'at' | 'deployment'>,
  { clientsAt, budget }: Pick<StepDeps, 'clientsAt' | 'budget'>,
): Promise<StepOutcome> {
  const command = new StopServiceDeploymentCommand({ serviceDeploymentArn: deployment, stopType: 'ROLLBACK' });
  const deed = { action: 'ecs:StopServiceDeployment', on: nameOf({ at }), shownBy: 'the deployments' };
  return attempt(deed, budget, async (abortSignal) => {
    await clientsAt(at).ecs.send(command, { abortSignal });
    return DONE;
  });
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html */
function stopThrough({ at, deployment }: RollBack, { clientsAt, budget }: StepDeps): Promise<StepOutcome> {
  const deed = { action: 'codedeploy:StopDeployment', on: nameOf({ at }), shownBy: "the group's deployments" };
  return attempt(deed, budget, async (abortSignal) => {
    const { StopDeploymentCommand } = await import('@aws-sdk/client-codedeploy');
    const command = new StopDeploymentCommand({ deploymentId: deployment, autoRollbackEnabled: true });
    await (await clientsAt(at).codeDeploy()).send(command, { abortSignal });
    return DONE;
  });
}

import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { clusterArn } from '../../domain/place.ts';
import { nameOf, type Plan } from '../../domain/plan/plan.ts';
import type { CodeDeployTarget } from '../../domain/plan/situation.ts';
import type { StepOutcome } from '../../domain/plan/step.ts';
import { attempt, DONE } from './attempt.ts';
import { lateness, lockLoss } from './guard.ts';
import type { StepDeps } from './step-deps.ts';
import type { StepOf } from './step-of.ts';

type Deploy = StepOf<'deploy'>;

/** Deploys what is deployed once more, if the plan still holds the lock and it is not too late. */
export async function deploy(plan: Pick<Plan, 'id'>, step: Deploy, deps: StepDeps): Promise<StepOutcome> {
  const obstacle = (await lockLoss(plan, step, deps)) ?? lateness(step, deps);
  if (obstacle !== undefined) return obstacle;
  return step.through === undefined ? force(step, deps) : deployThrough(step.through, plan, step, deps);
}

/**
 * These three alone: any other field would change the service. The cluster's ARN names account and Region, so that a service
 * of the same name elsewhere is never meant.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
function force({ at }: Deploy, { clientsAt, budget }: StepDeps): Promise<StepOutcome> {
  const command = new UpdateServiceCommand({
    cluster: clusterArn(at),
    service: at.service,
    forceNewDeployment: true,
  });
  const deed = { action: 'ecs:UpdateService', on: nameOf({ at }), shownBy: 'the deployments' };
  return attempt(deed, budget, async (abortSignal) => {
    await clientsAt(at).ecs.send(command, { abortSignal });
    return DONE;
  });
}

/**
 * The revision that CodeDeploy deployed last, with everything else as the deployment group says.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
 */
function deployThrough(
  { application, group, appSpec }: CodeDeployTarget,
  { id }: Pick<Plan, 'id'>,
  { at }: Deploy,
  { clientsAt, budget }: StepDeps,
): Promise<StepOutcome> {
  const deed = { action: 'codedeploy:CreateDeployment', on: nameOf({ at }), shownBy: "the group's deployments" };
  return attempt(deed, budget, async (abortSignal) => {
    const { CreateDeploymentCommand } = await import('@aws-sdk/client-codedeploy');
    const command = new CreateDeploymentCommand({
      applicationName: application,
      deploymentGroupName: group,
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec } },
      description: `slackwater ${id}: the same revision once more`,
    });
    await (await clientsAt(at).codeDeploy()).send(command, { abortSignal });
    return DONE;
  });
}

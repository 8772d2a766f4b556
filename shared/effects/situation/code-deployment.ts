import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { type Instant, minutes } from '../../domain/instant.ts';
import type { CodeDeployTarget, ServiceDeployment } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';
import type { History } from './deployment-history.ts';

/** An application of CodeDeploy and one of its groups. */
export type DeploymentGroup = Pick<CodeDeployTarget, 'application' | 'group'>;

/** Deployments of CodeDeploy in the words of ECS. */
export function codeDeployHistory(group: DeploymentGroup, infos: readonly DeploymentInfo[]): History {
  const deployments = infos.toSorted((a, b) => createdAt(b) - createdAt(a));
  const succeeded = deployments.filter(({ status }) => status === 'Succeeded');
  const wait =
    succeeded[0]?.blueGreenDeploymentConfiguration?.terminateBlueInstancesOnDeploymentSuccess
      ?.terminationWaitTimeInMinutes;
  return {
    deployments: deployments.map((deployment) => serviceDeployment(deployment, deployments)),
    past: succeeded.flatMap(durationOf),
    codeDeploy: targetOf(group, succeeded[0]),
    ...present({ bake: wait === undefined ? undefined : minutes(wait) }),
  };
}

function targetOf(group: DeploymentGroup, last: DeploymentInfo | undefined): Gathered<CodeDeployTarget> {
  if (last === undefined) return missing('not-found', 'CodeDeploy remembers no deployment of it that succeeded');
  const appSpec = appSpecOf(last);
  return appSpec === undefined
    ? missing('not-found', `CodeDeploy does not tell the AppSpec of deployment ${last.deploymentId}`)
    : found({ ...group, appSpec });
}

const createdAt = ({ createTime }: DeploymentInfo): Instant => createTime?.getTime() ?? 0;

/** One that lies in Amazon S3 is not fetched. `string` is the older name of the same. */
const appSpecOf = ({ revision }: DeploymentInfo): string | undefined =>
  revision?.appSpecContent?.content ?? revision?.string?.content;

const serviceDeployment = (deployment: DeploymentInfo, all: readonly DeploymentInfo[]): ServiceDeployment => ({
  id: deployment.deploymentId ?? '',
  createdAt: createdAt(deployment),
  status: statusOf(deployment, all),
  revision: TASK_DEFINITION.exec(appSpecOf(deployment) ?? '')?.[1] ?? '',
});

/** In an AppSpec, JSON or YAML: an ARN, or family and revision alone. */
const TASK_DEFINITION = /["']?TaskDefinition["']?\s*:\s*["']?(?:arn:[\w:-]{1,200}\/)?([\w-]{1,255}:\d{1,10})/;

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html in the words of ECS. */
const STATUSES: Readonly<Record<string, string>> = {
  Created: 'PENDING',
  Queued: 'PENDING',
  Ready: 'PENDING',
  InProgress: 'IN_PROGRESS',
  Baking: 'IN_PROGRESS',
  Succeeded: 'SUCCESSFUL',
  Failed: 'STOPPED',
  Stopped: 'STOPPED',
};

/** A rollback is a deployment of its own here, and part of the one that failed in ECS. */
function statusOf({ status, rollbackInfo }: DeploymentInfo, all: readonly DeploymentInfo[]): string {
  const own = STATUSES[status ?? ''] ?? 'UNKNOWN';
  const wayBack = rollbackInfo?.rollbackDeploymentId;
  if (own !== 'STOPPED' || wayBack === undefined) return own;
  const rollback = all.find(({ deploymentId }) => deploymentId === wayBack);
  return ROLLBACKS[STATUSES[rollback?.status ?? ''] ?? ''] ?? 'ROLLBACK_IN_PROGRESS';
}

const ROLLBACKS: Readonly<Record<string, string>> = {
  SUCCESSFUL: 'ROLLBACK_SUCCESSFUL',
  STOPPED: 'ROLLBACK_FAILED',
};

const durationOf = ({ createTime, startTime = createTime, completeTime }: DeploymentInfo): readonly number[] =>
  startTime === undefined || completeTime === undefined ? [] : [completeTime.getTime() - startTime.getTime()];

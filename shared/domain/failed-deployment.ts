import type { DeploymentFacts, ServiceFacts } from './facts.ts';
import type { Instant } from './instant.ts';
import type { ServiceRef } from './place.ts';
import { present } from './present.ts';
import type { DeploymentChanged } from './signal.ts';

/** A deployment that failed, and the one that serves instead, as far as DescribeServices still tells of them. */
export interface FailedDeployment {
  readonly service: ServiceRef;
  /** When ECS told that it failed, or that it goes back. */
  readonly at: Instant;
  readonly failed?: DeploymentFacts;
  readonly serving?: DeploymentFacts;
}

/**
 * Which deployments a signal is about. The signal of a rollback carries the id of the deployment that ECS returns to;
 * the failed one is then known by its rollout state alone, until ECS forgets it.
 */
export function failedDeploymentOf(signal: DeploymentChanged, service: ServiceFacts | undefined): FailedDeployment {
  const deployments = service?.deployments ?? [];
  const isNamed = ({ id }: DeploymentFacts) => id === signal.deploymentId;
  const named = deployments.find(isNamed);
  const failed = returnsToEarlier(signal)
    ? deployments.find((deployment) => hasFailed(deployment) && deployment !== named)
    : (named ?? (signal.deploymentId === undefined ? deployments.find(hasFailed) : undefined));
  const serving = servingBeside(failed, deployments);
  return { service: signal.service, at: signal.updatedAt, ...present({ failed, serving }) };
}

/** The deployment that the tasks of a stop belong to, while ECS still tries to roll it out. */
export function runningDeployment(
  service: ServiceRef,
  deploymentId: string,
  { deployments }: ServiceFacts,
): Omit<FailedDeployment, 'at'> {
  const failed = deployments.find(({ id }) => id === deploymentId);
  return { service, ...present({ failed, serving: servingBeside(failed, deployments) }) };
}

function servingBeside(
  failed: DeploymentFacts | undefined,
  deployments: readonly DeploymentFacts[],
): DeploymentFacts | undefined {
  const others = deployments.filter((deployment) => deployment !== failed && !hasFailed(deployment));
  return others.find(({ rolloutState }) => rolloutState === 'COMPLETED') ?? others.find(isPrimary) ?? others[0];
}

/** The start of a rollback, or its end; an ordinary end does not reach a diagnosis. */
export const returnsToEarlier = ({ isRollback, phase }: DeploymentChanged): boolean =>
  isRollback || phase === 'completed';

const hasFailed = ({ rolloutState }: DeploymentFacts): boolean => rolloutState === 'FAILED';

/** What ECS works towards. Mid-rollback that is the earlier deployment, although its rollout is in progress again. */
const isPrimary = ({ status }: DeploymentFacts): boolean => status === 'PRIMARY';

/** `checkout:58`, the last part of a task definition's ARN. */
export const revisionName = (taskDefinitionArn: string): string => taskDefinitionArn.split('/').at(-1) ?? '';

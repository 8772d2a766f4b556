import { type ECSClient, ListServiceDeploymentsCommand, type ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { clusterArn, type ServiceRef } from '../../domain/place.ts';

/** Of the last 90 days; one page says what is usual. */
const MOST_DEPLOYMENTS = 100;

/** Milliseconds that the successful deployments of a service took, from creation to end. Throws what the SDK throws. */
export async function listPastDurations(
  client: ECSClient,
  at: ServiceRef,
  abortSignal: AbortSignal,
): Promise<readonly number[]> {
  const command = new ListServiceDeploymentsCommand({
    cluster: clusterArn(at),
    service: at.service,
    status: ['SUCCESSFUL'],
    maxResults: MOST_DEPLOYMENTS,
  });
  const { serviceDeployments = [] } = await client.send(command, { abortSignal });
  return serviceDeployments.flatMap(durationOf);
}

const durationOf = ({ createdAt, finishedAt }: ServiceDeploymentBrief): readonly number[] =>
  createdAt === undefined || finishedAt === undefined ? [] : [finishedAt.getTime() - createdAt.getTime()];

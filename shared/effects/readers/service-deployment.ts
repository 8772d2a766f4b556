import {
  DescribeServiceDeploymentsCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import type { FailedDeployment } from '../../domain/failed-deployment.ts';
import { days, type Instant, seconds } from '../../domain/instant.ts';
import { clusterArn } from '../../domain/place.ts';
import { gathered, type Question } from '../gathered.ts';

/** Both APIs note the same moment, each by its own clock. */
const SAME_MOMENT = seconds(30);
/** Deployments that hang for longer are not looked for. */
const LONGEST_DEPLOYMENT = days(1);

/**
 * The service deployment behind a failed deployment. No field links the `ecs-svc/…` id of events and DescribeServices to
 * it, so it is recognised: by the moment both were created; where DescribeServices has forgotten that, it is the newest
 * of before the failure. One that succeeded never belongs. ECS has service deployments since 2024-10-25, for 90 days, and
 * only for its own deployment controller:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export async function findServiceDeployment(
  client: ECSClient,
  wanted: FailedDeployment,
  signal: AbortSignal,
): Promise<Gathered<ServiceDeployment>> {
  const notFound = `ECS has no service deployment of ${wanted.service.service} that belongs to the failure`;
  const listed = await list(client, wanted, notFound, signal);
  if (listed.status === 'missing') return listed;
  const arn = belonging(listed.value, wanted)?.serviceDeploymentArn;
  if (arn === undefined) return missing('not-found', notFound);
  const question: Question = { action: 'ecs:DescribeServiceDeployments', notFound };
  return gathered(question, signal, async (abortSignal) => {
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] });
    const [deployment] = (await client.send(command, { abortSignal })).serviceDeployments ?? [];
    return deployment === undefined ? missing('not-found', notFound) : found(deployment);
  });
}

/** One page: the order of the list is not documented, so its span is kept short instead. */
function list(
  client: ECSClient,
  { service, failed, at }: FailedDeployment,
  notFound: string,
  signal: AbortSignal,
): Promise<Gathered<readonly ServiceDeploymentBrief[]>> {
  const question: Question = { action: 'ecs:ListServiceDeployments', notFound };
  const created = failed?.createdAt;
  const [after, before] =
    created === undefined ? [at - LONGEST_DEPLOYMENT, at] : [created - SAME_MOMENT, created + SAME_MOMENT];
  return gathered(question, signal, async (abortSignal) => {
    const command = new ListServiceDeploymentsCommand({
      cluster: clusterArn(service),
      service: service.service,
      createdAt: { after: new Date(after), before: new Date(before) },
      maxResults: 100,
    });
    return found((await client.send(command, { abortSignal })).serviceDeployments ?? []);
  });
}

function belonging(
  deployments: readonly ServiceDeploymentBrief[],
  { failed, at }: FailedDeployment,
): ServiceDeploymentBrief | undefined {
  const created = failed?.createdAt;
  const distance = ({ createdAt }: ServiceDeploymentBrief): number =>
    created === undefined ? at - instantOf(createdAt) : Math.abs(created - instantOf(createdAt));
  const [nearest] = deployments
    .filter((deployment) => distance(deployment) >= 0 && (created === undefined || distance(deployment) <= SAME_MOMENT))
    .toSorted((a, b) => distance(a) - distance(b));
  return nearest?.status === 'SUCCESSFUL' ? undefined : nearest;
}

const instantOf = (date: Date | undefined): Instant => date?.getTime() ?? 0;

import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Service } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { days, type Instant } from '../../domain/instant.ts';
import type { Question } from '../gathered.ts';
import { allOf, chunks } from './answers.ts';
import type { Reading } from './ask.ts';
import { codeDeployHistory, type DeploymentGroup } from './code-deployment.ts';
import type { History } from './deployment-history.ts';
import { primaryOf } from './service-settings.ts';

/** As long as ECS remembers its own deployments. */
const REMEMBERED = days(90);
/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetDeployments.html */
const DEPLOYMENTS_AT_ONCE = 25;
const MOST_DEPLOYMENTS = 100;

/**
 * What CodeDeploy did with a service. The task set that serves names the deployment that made it, and that names the
 * application and the group. Where CodeDeploy may not be asked, or knows nothing, the service is known without it and
 * cannot be deployed; a read that failed otherwise is missing as a whole, because what runs would be overlooked.
 */
export async function readCodeDeployHistory(
  service: Service,
  now: Instant,
  reading: Reading,
): Promise<Gathered<History>> {
  const last = primaryOf(service)?.externalId;
  if (last === undefined) return found(unknown(missing('not-found', 'no deployment of CodeDeploy made its task set')));
  const made = await readLast(last, reading);
  if (made.status === 'missing') return without(made);
  const deployments = await readDeployments(made.value.group, now, reading);
  if (deployments.status === 'missing') return without(deployments);
  // What serves may have been deployed longer ago than is looked back.
  const all = new Map([made.value.deployment, ...deployments.value].map((one) => [one.deploymentId, one]));
  return found(codeDeployHistory(made.value.group, [...all.values()]));
}

const unknown = (codeDeploy: Gathered<never>): History => ({ deployments: [], past: [], codeDeploy });

const without = (answer: Gathered<never> & { readonly status: 'missing' }): Gathered<History> =>
  answer.reason === 'denied' || answer.reason === 'not-found' ? found(unknown(answer)) : answer;

interface LastDeployment {
  readonly deployment: DeploymentInfo;
  readonly group: DeploymentGroup;
}

function readLast(deploymentId: string, { clients, ask }: Reading): Promise<Gathered<LastDeployment>> {
  const notFound = `CodeDeploy has no deployment ${deploymentId}`;
  return ask({ action: 'codedeploy:GetDeployment', notFound }, async (abortSignal) => {
    const { GetDeploymentCommand } = await import('@aws-sdk/client-codedeploy');
    const client = await clients.codeDeploy();
    const { deploymentInfo: deployment } = await client.send(new GetDeploymentCommand({ deploymentId }), {
      abortSignal,
    });
    const { applicationName: application, deploymentGroupName: group } = deployment ?? {};
    return deployment && application && group
      ? found({ deployment, group: { application, group } })
      : missing('not-found', notFound);
  });
}

async function readDeployments(
  group: DeploymentGroup,
  now: Instant,
  reading: Reading,
): Promise<Gathered<readonly DeploymentInfo[]>> {
  const ids = await listIds(group, now, reading);
  if (ids.status === 'missing') return ids;
  const answers = await Promise.all(chunks(ids.value, DEPLOYMENTS_AT_ONCE).map((batch) => getAll(batch, reading)));
  const all = allOf(answers);
  return all.status === 'missing' ? all : found(all.value.flat());
}

/** The order is not documented; in practice the newest come first. */
function listIds(
  { application, group }: DeploymentGroup,
  now: Instant,
  { clients, ask }: Reading,
): Promise<Gathered<readonly string[]>> {
  const question: Question = {
    action: 'codedeploy:ListDeployments',
    notFound: `CodeDeploy has no deployment group ${group}`,
  };
  return ask(question, async (abortSignal) => {
    const { ListDeploymentsCommand } = await import('@aws-sdk/client-codedeploy');
    const client = await clients.codeDeploy();
    const ids: string[] = [];
    let nextToken: string | undefined;
    do {
      const command = new ListDeploymentsCommand({
        applicationName: application,
        deploymentGroupName: group,
        createTimeRange: { start: new Date(now - REMEMBERED) },
        ...(nextToken !== undefined && { nextToken }),
      });
      const answer = await client.send(command, { abortSignal });
      ids.push(...(answer.deployments ?? []));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined && ids.length < MOST_DEPLOYMENTS);
    return found(ids.slice(0, MOST_DEPLOYMENTS));
  });
}

function getAll(ids: readonly string[], { clients, ask }: Reading): Promise<Gathered<readonly DeploymentInfo[]>> {
  const question: Question = {
    action: 'codedeploy:BatchGetDeployments',
    notFound: 'CodeDeploy has forgotten the deployments',
  };
  return ask(question, async (abortSignal) => {
    const { BatchGetDeploymentsCommand } = await import('@aws-sdk/client-codedeploy');
    const client = await clients.codeDeploy();
    const command = new BatchGetDeploymentsCommand({ deploymentIds: [...ids] });
    return found((await client.send(command, { abortSignal })).deploymentsInfo ?? []);
  });
}

import { ListServiceDeploymentsCommand, type ServiceDeploymentBrief, type ServiceRevision } from '@aws-sdk/client-ecs';
import { found, type Gathered } from '../../domain/facts.ts';
import { revisionName } from '../../domain/failed-deployment.ts';
import { clusterArn, type ServiceRef, serviceArn } from '../../domain/place.ts';
import type { CodeDeployTarget, ServiceDeployment } from '../../domain/plan/situation.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askForEach } from './answers.ts';
import type { Reading } from './ask.ts';

/** What was deployed lately, by ECS or by CodeDeploy. */
export interface History {
  /** The newest first. */
  readonly deployments: readonly ServiceDeployment[];
  /** Milliseconds that those that succeeded took, the newest first. */
  readonly past: readonly number[];
  readonly codeDeploy: Gathered<CodeDeployTarget>;
  /** Milliseconds after the traffic has moved, where CodeDeploy says so. */
  readonly bake?: number;
}

const DEPLOYMENTS_A_PAGE = 100;
/** Five a day for the ninety days that ECS remembers. The order is not documented; in practice the newest come first. */
const MOST_PAGES = 5;

/** The service deployments of each service, the newest first, by its ARN. */
export const listDeployments = (
  services: readonly ServiceRef[],
  reading: Reading,
): Promise<Answers<readonly ServiceDeploymentBrief[]>> => askForEach(services, serviceArn, (at) => listOf(at, reading));

function listOf(at: ServiceRef, { clients, ask }: Reading): Promise<Gathered<readonly ServiceDeploymentBrief[]>> {
  const question: Question = {
    action: 'ecs:ListServiceDeployments',
    notFound: `ECS has no service ${at.service} in cluster ${at.cluster}`,
  };
  return ask(question, async (abortSignal) => {
    const deployments: ServiceDeploymentBrief[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const command = new ListServiceDeploymentsCommand({
        cluster: clusterArn(at),
        service: at.service,
        maxResults: DEPLOYMENTS_A_PAGE,
        ...(nextToken !== undefined && { nextToken }),
      });
      const answer = await clients.ecs.send(command, { abortSignal });
      deployments.push(...(answer.serviceDeployments ?? []));
      nextToken = answer.nextToken;
      if (nextToken === undefined) break;
    }
    return found(deployments.toSorted((a, b) => createdAt(b) - createdAt(a)));
  });
}

const createdAt = (deployment: ServiceDeploymentBrief): number => deployment.createdAt?.getTime() ?? 0;

/** Somebody's own and the last that ended are among them; what older ones rolled out is asked by nobody. */
const REVISIONS_KNOWN = 5;

/** ARNs of the service revisions that the newest deployments bring. */
export const targetsOf = (deployments: readonly ServiceDeploymentBrief[]): readonly string[] =>
  deployments.slice(0, REVISIONS_KNOWN).flatMap(({ targetServiceRevisionArn }) => targetServiceRevisionArn ?? []);

/** Missing if one of the newest revisions could not be read: a deployment of ours could be taken for somebody else's. */
export function historyOf(
  deployments: readonly ServiceDeploymentBrief[],
  revisions: Answers<ServiceRevision>,
  codeDeploy: Gathered<CodeDeployTarget>,
): Gathered<History> {
  const targets = new Map(targetsOf(deployments).map((arn) => [arn, revisions(arn)]));
  for (const answer of targets.values()) {
    if (answer.status === 'missing' && answer.reason !== 'not-found') return answer;
  }
  const nameOf = (arn = ''): string => {
    const answer = targets.get(arn);
    return answer?.status === 'found' ? revisionName(answer.value.taskDefinition ?? '') : '';
  };
  return found({
    deployments: deployments.map((deployment) => ({
      id: deployment.serviceDeploymentArn ?? '',
      createdAt: createdAt(deployment),
      status: deployment.status ?? 'UNKNOWN',
      revision: nameOf(deployment.targetServiceRevisionArn),
    })),
    past: deployments.filter(({ status }) => status === 'SUCCESSFUL').flatMap(durationOf),
    codeDeploy,
  });
}

function durationOf({
  createdAt: created,
  startedAt = created,
  finishedAt,
}: ServiceDeploymentBrief): readonly number[] {
  return startedAt === undefined || finishedAt === undefined ? [] : [finishedAt.getTime() - startedAt.getTime()];
}

import {
  DescribeServiceRevisionsCommand,
  type ECSClient,
  type ServiceDeployment,
  type ServiceRevision,
} from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { gathered, type Question } from '../gathered.ts';

/** What a service deployment started from and what it was to bring. */
export interface ServiceRevisions {
  readonly from: ServiceRevision;
  readonly to: ServiceRevision;
}

/** The revision that worked before and the one that the deployment brought, asked for together. */
export async function readServiceRevisions(
  client: ECSClient,
  deployment: ServiceDeployment,
  signal: AbortSignal,
): Promise<Gathered<ServiceRevisions>> {
  const [source, target] = [sourceArn(deployment), deployment.targetServiceRevision?.arn];
  if (source === undefined || target === undefined)
    return missing(
      'not-applicable',
      'the deployment is the first of the service, so there is nothing to compare it with',
    );
  const question: Question = {
    action: 'ecs:DescribeServiceRevisions',
    notFound: 'ECS has forgotten the revisions of the service',
  };
  return gathered(question, signal, async (abortSignal) => {
    const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns: [...new Set([source, target])] });
    const { serviceRevisions = [] } = await client.send(command, { abortSignal });
    const revision = (arn: string) => serviceRevisions.find(({ serviceRevisionArn }) => serviceRevisionArn === arn);
    const [from, to] = [revision(source), revision(target)];
    return from && to ? found({ from, to }) : missing('not-found', question.notFound);
  });
}

/** What ECS returns to; without a rollback, of the revisions that ran at the start the one that runs most tasks. */
function sourceArn({ rollback, sourceServiceRevisions = [] }: ServiceDeployment): string | undefined {
  const [busiest] = sourceServiceRevisions.toSorted((a, b) => (b.runningTaskCount ?? 0) - (a.runningTaskCount ?? 0));
  return rollback?.serviceRevisionArn ?? busiest?.arn;
}

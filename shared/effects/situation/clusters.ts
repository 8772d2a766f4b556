import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { found, type Gathered } from '../../domain/facts.ts';
import type { Reading } from './ask.ts';

const CLUSTERS_A_PAGE = 100;

/** ARNs of all clusters of the account and Region. */
export function listClusters({ clients, ask }: Reading): Promise<Gathered<readonly string[]>> {
  const question = { action: 'ecs:ListClusters', notFound: 'ECS has no clusters' };
  return ask(question, async (abortSignal) => {
    const arns: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = { maxResults: CLUSTERS_A_PAGE, ...(nextToken !== undefined && { nextToken }) };
      const answer = await clients.ecs.send(new ListClustersCommand(page), { abortSignal });
      arns.push(...(answer.clusterArns ?? []));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return found(arns);
  });
}

import { DescribeTaskDefinitionCommand, type ECSClient, type TaskDefinition } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { revisionName } from '../../domain/failed-deployment.ts';
import { gathered, type Question } from '../gathered.ts';

/** A task definition as ECS tells it, with the values of its variables: what leaves the adapters is made from it. */
export function readTaskDefinition(
  client: ECSClient,
  arn: string,
  signal: AbortSignal,
): Promise<Gathered<TaskDefinition>> {
  const question: Question = {
    action: 'ecs:DescribeTaskDefinition',
    notFound: `the task definition ${revisionName(arn)} does not exist any more`,
  };
  return gathered(question, signal, async (abortSignal) => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn });
    const { taskDefinition } = await client.send(command, { abortSignal });
    return taskDefinition ? found(taskDefinition) : missing('not-found', question.notFound);
  });
}

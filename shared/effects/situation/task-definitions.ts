import { DescribeTaskDefinitionCommand, type TaskDefinition } from '@aws-sdk/client-ecs';
import { found, missing } from '../../domain/facts.ts';
import { revisionName } from '../../domain/failed-deployment.ts';
import { seconds } from '../../domain/instant.ts';
import type { Question } from '../gathered.ts';
import { type Answers, askForEach } from './answers.ts';
import type { Reading } from './ask.ts';

/**
 * Task definitions by ARN, those that are not ACTIVE any more too. Not remembered, because it is the status that is
 * asked for, and that changes. They hold the values of variables: what leaves the adapters is made from them.
 */
export const describeTaskDefinitions = (
  arns: readonly string[],
  { clients, ask }: Reading,
): Promise<Answers<TaskDefinition>> =>
  askForEach(
    arns,
    (arn) => arn,
    (arn) => {
      const question: Question = {
        action: 'ecs:DescribeTaskDefinition',
        notFound: `the task definition ${revisionName(arn)} does not exist any more`,
      };
      return ask(question, async (abortSignal) => {
        const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn });
        const { taskDefinition } = await clients.ecs.send(command, { abortSignal });
        return taskDefinition ? found(taskDefinition) : missing('not-found', question.notFound);
      });
    },
  );

/** Of a container that does not say: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const STOP_TIMEOUT = 30;

/** Milliseconds, of the container that may take longest. */
export const stopTimeoutOf = ({ containerDefinitions = [] }: TaskDefinition): number =>
  seconds(Math.max(0, ...containerDefinitions.map(({ stopTimeout = STOP_TIMEOUT }) => stopTimeout)));

/** Of a whole task of Fargate, for which it has to be said; ECS counts 1024 units a vCPU. */
export function vcpuOf({ cpu }: TaskDefinition): number | undefined {
  return cpu !== undefined && /^\d+$/.test(cpu) ? Number(cpu) / 1_024 : undefined;
}

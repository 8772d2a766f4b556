import { GetTaskProtectionCommand } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Question } from '../gathered.ts';
import { type Answers, allOf, askInBatches } from './answers.ts';
import type { Reading } from './ask.ts';
import { type NamedTask, taskKey } from './running-tasks.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_GetTaskProtection.html */
const TASKS_AT_ONCE = 100;
const ACTION = 'ecs:GetTaskProtection';

/** Until when each task is protected, by its key; `undefined` where it is not. */
export const readProtection = (
  tasks: readonly NamedTask[],
  { clients, ask }: Reading,
): Promise<Answers<Instant | undefined>> =>
  askInBatches(tasks, { keyOf: taskKey, groupOf: ({ cluster }) => cluster, size: TASKS_AT_ONCE }, (batch, cluster) => {
    const question: Question = { action: ACTION, notFound: 'ECS does not know the cluster of the tasks' };
    return ask(question, async (abortSignal) => {
      const command = new GetTaskProtectionCommand({ cluster, tasks: batch.map(({ task }) => task) });
      const { protectedTasks = [], failures = [] } = await clients.ecs.send(command, { abortSignal });
      const refused = failures.find(({ reason }) => reason !== 'MISSING');
      if (refused !== undefined) return missing('failed', `${ACTION} failed (${refused.reason ?? 'UNKNOWN'})`);
      const ends = new Map(
        protectedTasks
          .filter(({ protectionEnabled }) => protectionEnabled)
          .map(({ taskArn = '', expirationDate }) => [taskKey({ cluster, task: taskArn }), expirationDate?.getTime()]),
      );
      return found(new Map(batch.map((task) => [taskKey(task), found(ends.get(taskKey(task)))])));
    });
  });

/** The longest. */
export function longestProtection(
  tasks: readonly NamedTask[],
  protection: Answers<Instant | undefined>,
): Gathered<Instant> {
  const answers = allOf(tasks.map((task) => protection(taskKey(task))));
  if (answers.status === 'missing') return answers;
  const ends = answers.value.flatMap((end) => end ?? []);
  return ends.length === 0 ? missing('not-applicable', 'no task is protected') : found(Math.max(...ends));
}

import type { Task } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import type { StandaloneTask } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';
import { type Answers, askForEach } from './answers.ts';
import type { Reading } from './ask.ts';
import { describedOf, describeTasks, idOf, listTasks } from './running-tasks.ts';
import { describeTaskDefinitions } from './task-definitions.ts';

/** What started a copy, and the ARN of the cluster that it is in. */
export interface CopyToken {
  readonly cluster: string;
  readonly token: string;
}

type Copy = NonNullable<StandaloneTask['copy']>;

/** The copies that were started, by their token; `not-applicable` where none was. One that has ended is a copy too. */
export const readCopies = (tokens: readonly CopyToken[], reading: Reading): Promise<Answers<Copy>> =>
  askForEach(
    tokens,
    ({ token }) => token,
    async (token) => {
      const task = await readCopy(token, reading);
      return task.status === 'missing' ? task : found(await copyOf(task.value, reading));
    },
  );

async function readCopy({ cluster, token }: CopyToken, reading: Reading): Promise<Gathered<Task>> {
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const listed = await listTasks({ cluster, startedBy: token, desiredStatus }, reading);
    if (listed.status === 'missing') return listed;
    const named = listed.value.map((task) => ({ cluster, task }));
    const tasks = describedOf(named, await describeTasks(named, reading));
    if (tasks.status === 'missing') return tasks;
    const [newest] = tasks.value.toSorted((a, b) => createdAt(b) - createdAt(a));
    if (newest !== undefined) return found(newest);
  }
  return missing('not-applicable', 'no copy was started');
}

const createdAt = (task: Task): number => task.createdAt?.getTime() ?? 0;

/**
 * Without health checks ECS says UNKNOWN for ever, and with them until the first has passed; the task definition tells
 * the two apart. Where it cannot be read, UNKNOWN stays, and the copy is waited for.
 */
async function copyOf(task: Task, reading: Reading): Promise<Copy> {
  const { taskArn = '', taskDefinitionArn = '', lastStatus = 'UNKNOWN', healthStatus } = task;
  const copy = { taskId: idOf(taskArn), lastStatus };
  if (healthStatus !== 'UNKNOWN') return { ...copy, ...present({ healthStatus }) };
  const definition = (await describeTaskDefinitions([taskDefinitionArn], reading))(taskDefinitionArn);
  const isUnchecked =
    definition.status === 'found' &&
    (definition.value.containerDefinitions ?? []).every(({ healthCheck }) => healthCheck === undefined);
  return isUnchecked ? copy : { ...copy, healthStatus };
}

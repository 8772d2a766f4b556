import { DescribeTasksCommand, type ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { found, type Gathered, type StoppedTaskFacts } from '../../domain/facts.ts';
import type { Instant } from '../../domain/instant.ts';
import { clusterArn, type ServiceRef } from '../../domain/place.ts';
import { present } from '../../domain/present.ts';
import { gathered, type Question } from '../gathered.ts';

const TASKS_KEPT = 20;
/** Of ListTasks, and all that one DescribeTasks takes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
const TASKS_PER_PAGE = 100;
/** Three hundred stopped tasks of the last hour are enough to find those of one deployment. */
const MOST_PAGES = 3;

interface Wanted {
  readonly service: ServiceRef;
  readonly deploymentId: string | undefined;
}

/** What a diagnosis reads of the stopped tasks that `listStoppedTasks` finds. */
export async function readStoppedTasks(
  client: ECSClient,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Gathered<readonly StoppedTaskFacts[]>> {
  const listed = await listStoppedTasks(client, wanted, signal);
  return listed.status === 'found' ? found(listed.value.map(stoppedTaskFacts)) : listed;
}

/**
 * The stopped tasks of a service, newest first and at most 20; ECS remembers them for about an hour. With a deployment
 * id only those that it started. A later page that cannot be read does not take away what the earlier ones gave.
 */
export async function listStoppedTasks(
  client: ECSClient,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Gathered<readonly Task[]>> {
  const tasks: Task[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES && tasks.length < TASKS_KEPT; page++) {
    const answer = await readPage(client, wanted.service, nextToken, signal);
    if (answer.status === 'missing' && tasks.length === 0) return answer;
    if (answer.status === 'missing') break;
    const isWanted = (task: Task) => wanted.deploymentId === undefined || task.startedBy === wanted.deploymentId;
    tasks.push(...answer.value.tasks.filter(isWanted));
    nextToken = answer.value.nextToken;
    if (nextToken === undefined) break;
  }
  return found(tasks.sort((a, b) => stoppedAt(b) - stoppedAt(a)).slice(0, TASKS_KEPT));
}

interface Page {
  readonly tasks: readonly Task[];
  readonly nextToken: string | undefined;
}

async function readPage(
  client: ECSClient,
  service: ServiceRef,
  nextToken: string | undefined,
  signal: AbortSignal,
): Promise<Gathered<Page>> {
  const cluster = clusterArn(service);
  const notFound = `ECS does not know the service ${service.service} any more`;
  const list: Question = { action: 'ecs:ListTasks', notFound };
  const listed = await gathered(list, signal, async (abortSignal) => {
    const page = {
      desiredStatus: 'STOPPED',
      maxResults: TASKS_PER_PAGE,
      ...(nextToken !== undefined && { nextToken }),
    } as const;
    const command = new ListTasksCommand({ cluster, serviceName: service.service, ...page });
    return found(await client.send(command, { abortSignal }));
  });
  if (listed.status === 'missing') return listed;
  const { taskArns = [], nextToken: following } = listed.value;
  if (taskArns.length === 0) return found({ tasks: [], nextToken: following });
  const describe: Question = { action: 'ecs:DescribeTasks', notFound };
  return gathered(describe, signal, async (abortSignal) => {
    // Tasks that ECS forgot in between are in `failures`, and no loss.
    const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), { abortSignal });
    return found({ tasks, nextToken: following });
  });
}

const stoppedAt = (task: Task): Instant => task.stoppedAt?.getTime() ?? 0;

/** A task's id is the last part of its ARN, in both ARN formats. */
const stoppedTaskFacts = (task: Task): StoppedTaskFacts =>
  present({
    taskId: task.taskArn?.split('/').at(-1) ?? '',
    startedBy: task.startedBy,
    taskDefinitionArn: task.taskDefinitionArn,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    stoppedAt: task.stoppedAt?.getTime(),
    containers: (task.containers ?? []).map(({ name, exitCode, reason }) =>
      present({ name: name ?? '', exitCode, reason }),
    ),
  });

import { DescribeTasksCommand, ListTasksCommand, type ListTasksCommandInput, type Task } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { clusterArn, type ServiceRef, serviceArn } from '../../domain/place.ts';
import type { ServiceTask } from '../../domain/plan/situation.ts';
import { present } from '../../domain/present.ts';
import type { Question } from '../gathered.ts';
import { type Answers, allOf, askForEach, askInBatches } from './answers.ts';
import type { Reading } from './ask.ts';

/** Of ListTasks and of DescribeTasks: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const TASKS_AT_ONCE = 100;

/** A task by its ARN or its id; `cluster` is an ARN. */
export interface NamedTask {
  readonly cluster: string;
  readonly task: string;
}

/** The ARNs of the tasks that a service wants to run, by the service's ARN. */
export const listServiceTasks = (
  services: readonly ServiceRef[],
  reading: Reading,
): Promise<Answers<readonly string[]>> =>
  askForEach(services, serviceArn, (at) =>
    listTasks({ cluster: clusterArn(at), serviceName: at.service, desiredStatus: 'RUNNING' }, reading),
  );

/** ARNs, of all pages. */
export function listTasks(
  filter: ListTasksCommandInput,
  { clients, ask }: Reading,
): Promise<Gathered<readonly string[]>> {
  const question: Question = { action: 'ecs:ListTasks', notFound: 'ECS does not know whose tasks were asked for' };
  return ask(question, async (abortSignal) => {
    const arns: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = { maxResults: TASKS_AT_ONCE, ...(nextToken !== undefined && { nextToken }) };
      const answer = await clients.ecs.send(new ListTasksCommand({ ...filter, ...page }), { abortSignal });
      arns.push(...(answer.taskArns ?? []));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return found(arns);
  });
}

export const taskKey = ({ cluster, task }: NamedTask): string => `${cluster} ${idOf(task)}`;

/** Tasks with their tags, by {@link taskKey}. One that stopped an hour ago or more is `not-found`. */
export const describeTasks = (tasks: readonly NamedTask[], { clients, ask }: Reading): Promise<Answers<Task>> =>
  askInBatches(tasks, { keyOf: taskKey, groupOf: ({ cluster }) => cluster, size: TASKS_AT_ONCE }, (batch, cluster) => {
    const question: Question = { action: 'ecs:DescribeTasks', notFound: 'ECS does not know the cluster of the task' };
    return ask(question, async (abortSignal) => {
      const named = batch.map(({ task }) => task);
      const command = new DescribeTasksCommand({ cluster, tasks: named, include: ['TAGS'] });
      const { tasks: described = [], failures = [] } = await clients.ecs.send(command, { abortSignal });
      const refused = failures.filter(({ reason }) => reason !== 'MISSING');
      return found(
        new Map([
          ...refused.map(
            ({ arn = '', reason = 'UNKNOWN' }) => [taskKey({ cluster, task: arn }), failed(reason)] as const,
          ),
          ...described.map((task) => [taskKey({ cluster, task: task.taskArn ?? '' }), found(task)] as const),
        ]),
      );
    });
  });

const failed = (reason: string): Gathered<never> => missing('failed', `ecs:DescribeTasks failed (${reason})`);

/** All of them, but for those that have gone since they were listed. */
export function describedOf(named: readonly NamedTask[], tasks: Answers<Task>): Gathered<readonly Task[]> {
  const answers = named.map((task) => tasks(taskKey(task)));
  return allOf(answers.filter((answer) => answer.status === 'found' || answer.reason !== 'not-found'));
}

/** The last part of an ARN, in both of its formats. */
export const idOf = (arn: string): string => arn.split('/').at(-1) ?? arn;

export const serviceTask = (task: Task): ServiceTask =>
  present({
    taskId: idOf(task.taskArn ?? ''),
    lastStatus: task.lastStatus ?? 'UNKNOWN',
    launchType: launchTypeOf(task),
    createdAt: task.createdAt?.getTime(),
  });

/** A task of the capacity providers FARGATE and FARGATE_SPOT is one of Fargate, whatever its launch type says. */
const launchTypeOf = ({ capacityProviderName, launchType }: Task): string =>
  capacityProviderName === 'FARGATE' || capacityProviderName === 'FARGATE_SPOT' ? 'FARGATE' : (launchType ?? 'UNKNOWN');

import { DescribeTasksCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { found, type Gathered, missing } from '../../domain/facts.ts';
import { seconds } from '../../domain/instant.ts';
import { clusterArn, type ServiceRef, type TaskRef } from '../../domain/place.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { gathered, type Question } from '../gathered.ts';
import type { At } from '../places/clients-at.ts';
import type { ReadClients } from '../read-clients.ts';
import { listStoppedTasks } from './stopped-tasks.ts';
import { type TaskDetail, taskDetail } from './task-detail.ts';

/** Reads tasks as their events would tell of them. Nothing throws: what could not be read is missing, with its reason. */
export interface TaskReader {
  readonly describeTask: (ref: TaskRef) => Promise<Gathered<TaskDetail>>;
  /** Newest first, at most 20; ECS remembers them for about an hour. */
  readonly stoppedTasks: (service: ServiceRef) => Promise<Gathered<readonly TaskDetail[]>>;
}

const TIMEOUT = seconds(3);

/** `budget` is the time of one call of the reader, however many requests it makes; 3 seconds unless given. */
export function createTaskReader(deps: {
  readonly clientsAt: At<Pick<ReadClients, 'ecs'>>;
  readonly budget?: Budget;
}): TaskReader {
  const { clientsAt, budget = budgetOf(TIMEOUT) } = deps;
  return {
    describeTask: (ref) => describeTask(clientsAt(ref).ecs, ref, budget()),
    stoppedTasks: async (service) => {
      const listed = await listStoppedTasks(clientsAt(service).ecs, { service, deploymentId: undefined }, budget());
      return listed.status === 'found' ? found(listed.value.map(taskDetail)) : listed;
    },
  };
}

function describeTask(client: ECSClient, ref: TaskRef, signal: AbortSignal): Promise<Gathered<TaskDetail>> {
  const question: Question = {
    action: 'ecs:DescribeTasks',
    notFound: `ECS does not know task ${ref.taskId} in cluster ${ref.cluster}`,
  };
  return gathered(question, signal, async (abortSignal) => {
    const command = new DescribeTasksCommand({ cluster: clusterArn(ref), tasks: [ref.taskId] });
    const { tasks, failures } = await client.send(command, { abortSignal });
    const [task] = tasks ?? [];
    if (task !== undefined) return found(taskDetail(task));
    // What does not exist is no exception here: the answer is a 200 with this reason.
    const reason = failures?.[0]?.reason ?? 'MISSING';
    return reason === 'MISSING'
      ? missing('not-found', question.notFound)
      : missing('failed', `${question.action} failed (${reason})`);
  });
}

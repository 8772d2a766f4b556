import { COMPANY, FAMILIES } from './company.ts';
import type { TaskDefinition } from './family.ts';
import { type RunningTask, runningTasks } from './running-tasks.ts';
import { SERVICES, type ServiceDescription } from './services.ts';
import { readStoppedTask, type StoppedTask } from './stopped-task.ts';

/** What runs in the fictional company's account, as the AWS APIs tell it. */
export interface Estate {
  /** By ARN or `family:revision`; any revision of a known family exists. */
  readonly taskDefinition: (reference: string) => TaskDefinition | undefined;
  /** ARNs of all clusters. */
  readonly clusters: () => readonly string[];
  /** ARNs of all services of a cluster. */
  readonly services: (cluster: string) => readonly string[];
  readonly service: (cluster: string, name: string) => ServiceDescription | undefined;
  /** Running tasks of a service. */
  readonly runningTasks: (cluster: string, service: string) => readonly RunningTask[];
  /** Stopped tasks of a service, the latest first. */
  readonly stoppedTasks: (cluster: string, service: string) => readonly StoppedTask[];
  readonly task: (cluster: string, taskId: string) => StoppedTask | RunningTask | undefined;
  /** The lines of the stream `prefix/container/task`, the oldest first. A container that never ran has no stream. */
  readonly logLines: (group: string, stream: string) => readonly string[] | undefined;
  /** Takes in the task that an event is about, so that the APIs tell the same story as the events. */
  readonly learn: (event: unknown) => void;
}

export function createEstate(): Estate {
  const tasks = new Map<string, StoppedTask>();
  return {
    taskDefinition: (reference) => {
      const [, base = '', name = '', revision = ''] = /^(.*?)([^/:]+):(\d+)$/.exec(reference) ?? [];
      return FAMILIES[name]?.describe(base === '' ? `${HOME}${name}` : `${base}${name}`, Number(revision));
    },
    clusters: () => [...new Set(SERVICES.map(({ clusterArn }) => clusterArn))],
    services: (cluster) => SERVICES.filter((it) => isIn(it, cluster)).map(({ serviceArn }) => serviceArn),
    service: (cluster, name) => SERVICES.find((it) => isIn(it, cluster) && it.serviceName === name),
    runningTasks: (cluster, service) => serviceIn(cluster, service).flatMap(runningTasks),
    stoppedTasks: (cluster, service) =>
      [...tasks.values()].filter((task) => isIn(task, cluster) && task.group === `service:${service}`).toReversed(),
    task: (cluster, taskId) => {
      const stopped = tasks.get(taskId);
      if (stopped !== undefined) return isIn(stopped, cluster) ? stopped : undefined;
      return SERVICES.filter((it) => isIn(it, cluster))
        .flatMap(runningTasks)
        .find((task) => task.taskId === taskId);
    },
    logLines: (group, stream) => {
      const [, container = '', taskId = ''] = stream.split('/');
      const task = tasks.get(taskId);
      if (task !== undefined && task['startedAt'] === undefined) return undefined;
      return Object.values(FAMILIES).find((family) => family.logGroup === group)?.logs[container];
    },
    learn: (event) => {
      const task = readStoppedTask(event);
      if (task !== undefined) tasks.set(task.taskId, task);
    },
  };
}

const serviceIn = (cluster: string, name: string): readonly ServiceDescription[] =>
  SERVICES.filter((it) => isIn(it, cluster) && it.serviceName === name);

const HOME = `arn:${COMPANY.partition}:ecs:${COMPANY.region}:${COMPANY.account}:task-definition/`;

const isIn = ({ clusterArn }: { readonly clusterArn: string }, cluster: string): boolean =>
  clusterArn.endsWith(`:cluster/${cluster}`);

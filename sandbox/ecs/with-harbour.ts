import type { Estate } from '../estate/estate.ts';
import { definitionOf, definitionOfTask } from './describe-definition.ts';
import { describeService } from './describe-service.ts';
import { describeTask } from './describe-task.ts';
import type { Harbour } from './harbour.ts';
import { clusterArn } from './names.ts';
import { type ServiceState, serviceArn } from './service-state.ts';
import { familyIn } from './standalone-task.ts';
import { isLive, type Task } from './task.ts';

/** The same account with the harbour in it: its services before the estate's of the same name. */
export function withHarbour(estate: Estate, harbour: Harbour): Estate {
  const servicesIn = (cluster: string): readonly ServiceState[] =>
    harbour.services().filter((it) => it.cluster === cluster);
  const described = (task: Task) => describeTask(task, harbour.seenAt());
  return {
    ...estate,
    taskDefinition: (reference) => harbourDefinition(harbour, reference) ?? estate.taskDefinition(reference),
    clusters: () => [...new Set([...estate.clusters(), ...harbour.clusters().map(clusterArn)])],
    services: (cluster) => {
      const own = servicesIn(cluster).filter(({ settings }) => settings.status !== 'INACTIVE');
      return [...new Set([...own.map(serviceArn), ...estate.services(cluster)])];
    },
    service: (cluster, name) => {
      const own = servicesIn(cluster).find(({ service }) => service === name);
      return own === undefined ? estate.service(cluster, name) : describeService(own, harbour.seenAt());
    },
    stoppedTasks: (cluster, service) => {
      const t = harbour.seenAt();
      const own = tasksOf(harbour).filter((it) => it.cluster === cluster && it.group === `service:${service}`);
      const ended = own.filter((task) => !isLive(task, t)).toSorted((a, b) => b.createdAt - a.createdAt);
      return [...ended.map(described), ...estate.stoppedTasks(cluster, service)];
    },
    task: (cluster, taskId) => {
      const own = tasksOf(harbour).find((it) => it.cluster === cluster && it.id === taskId);
      return own === undefined ? estate.task(cluster, taskId) : described(own);
    },
    logLines: (group, stream) =>
      group.startsWith('/ecs/harbour/') ? ['pier starting', 'ready'] : estate.logLines(group, stream),
  };
}

/** Of services and of none, as a read sees them. A task that has not been created yet then is not there. */
export const tasksOf = (harbour: Harbour): readonly Task[] => {
  const t = harbour.seenAt();
  return [...harbour.services().flatMap(({ tasks }) => tasks), ...harbour.standalone()].filter(
    (it) => it.createdAt <= t,
  );
};

function harbourDefinition(harbour: Harbour, reference: string) {
  const [family, revision] = familyIn(reference) ?? [];
  if (family === undefined || revision === undefined) return undefined;
  const state = harbour.services().find(({ service }) => service === family);
  if (state !== undefined) return definitionOf(state, revision);
  const task = harbour.standalone().find(({ taskDefinition }) => taskDefinition === `${family}:${revision}`);
  return task && definitionOfTask(task);
}

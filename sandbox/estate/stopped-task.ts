import { isObject, wordOf } from '../json-object.ts';

/** A task as `DescribeTasks` answers it: times in epoch seconds. */
export interface StoppedTask {
  readonly taskId: string;
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly group: string;
  readonly [field: string]: unknown;
}

const TIMES = [
  'createdAt',
  'startedAt',
  'stoppingAt',
  'stoppedAt',
  'executionStoppedAt',
  'pullStartedAt',
  'pullStoppedAt',
  'connectivityAt',
];

/** The task of an `ECS Task State Change` that reached STOPPED; anything else teaches nothing. */
export function readStoppedTask(event: unknown): StoppedTask | undefined {
  const detail = isObject(event) ? event['detail'] : undefined;
  if (!isObject(detail) || detail['lastStatus'] !== 'STOPPED') return undefined;
  const { taskArn, clusterArn, group } = detail;
  if (typeof taskArn !== 'string' || typeof clusterArn !== 'string') return undefined;
  // `updatedAt` is a field of the event only.
  const { updatedAt: _, ...task } = detail;
  return {
    ...task,
    ...Object.fromEntries(TIMES.flatMap((name) => secondsOf(name, detail[name]))),
    taskArn,
    clusterArn,
    taskId: taskArn.split('/').at(-1) ?? '',
    group: wordOf(group),
  };
}

const secondsOf = (name: string, time: unknown): [string, number][] =>
  typeof time === 'string' ? [[name, Date.parse(time) / 1_000]] : [];

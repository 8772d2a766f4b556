import type { Random } from '../random.ts';

/** A Fargate task, of a service or of none. Its state follows from its instants, all in milliseconds. */
export interface Task {
  readonly id: string;
  readonly cluster: string;
  /** `service:NAME`, `family:NAME`, or whatever RunTask was told. */
  readonly group: string;
  /** Of a task of a service the deployment that started it: `ecs-svc/…`. */
  readonly startedBy?: string | undefined;
  /** `family:revision`. */
  readonly taskDefinition: string;
  readonly container: { readonly name: string; readonly image: string; readonly digest: string | undefined };
  /** vCPU units. */
  readonly cpu: number;
  /** What its container health checks say once it runs; `UNKNOWN` where it has none. */
  readonly health: Health;
  readonly createdAt: number;
  /** `Infinity` for one that never comes to run. */
  readonly runningAt: number;
  /** Decided, and perhaps still to come. */
  readonly stop?: TaskStop | undefined;
  /** Its STOPPED event was put on the bus. */
  readonly isTold: boolean;
  readonly protectedUntil?: number | undefined;
  readonly network: TaskNetwork;
  readonly isSpot: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  readonly enableExecuteCommand: boolean;
}

export type Health = 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';

export interface TaskStop {
  /** When it begins to stop, and when it has STOPPED. */
  readonly from: number;
  readonly at: number;
  /** AWS's own maintenance comes without one. */
  readonly code?: string | undefined;
  readonly reason: string;
  readonly exitCode?: number | undefined;
  readonly containerReason?: string | undefined;
  /** The task failed; nobody asked for the stop. */
  readonly isFailure: boolean;
}

export interface TaskNetwork {
  readonly attachment: string;
  readonly interfaceId: string;
  readonly subnet: string;
  readonly address: string;
  readonly securityGroups: readonly string[];
  readonly publicAddress?: string | undefined;
}

/** ECS wants it to go on. */
export const isLive = ({ stop }: Task, t: number): boolean => stop === undefined || t < stop.from;

export const isRunning = (task: Task, t: number): boolean => isLive(task, t) && task.runningAt <= t;

export const isPending = (task: Task, t: number): boolean => isLive(task, t) && t < task.runningAt;

export const hasStopped = ({ stop }: Task, t: number): boolean => stop !== undefined && stop.at <= t;

export const isProtected = ({ protectedUntil }: Task, t: number): boolean =>
  protectedUntil !== undefined && t < protectedUntil;

/** `lastStatus` as DescribeTasks tells it, without the steps that last a second or two. */
export function lastStatusOf(task: Task, t: number): 'PENDING' | 'RUNNING' | 'STOPPING' | 'STOPPED' {
  if (hasStopped(task, t)) return 'STOPPED';
  if (!isLive(task, t)) return 'STOPPING';
  return task.runningAt <= t ? 'RUNNING' : 'PENDING';
}

/** A stop that was decided before stands, unless it is still to come. */
export const stopped = (task: Task, stop: TaskStop): Task =>
  task.stop !== undefined && task.stop.from <= stop.from ? task : { ...task, stop };

/** When something about the task changes. */
export const instantsOf = ({ runningAt, stop, protectedUntil }: Task): readonly number[] => [
  runningAt,
  ...(stop === undefined ? [] : [stop.from, stop.at]),
  ...(protectedUntil === undefined ? [] : [protectedUntil]),
];

export const networkIn = (
  subnet: string,
  securityGroups: readonly string[],
  random: Random,
  hasPublicAddress = false,
): TaskNetwork => ({
  attachment: random.uuid(),
  interfaceId: `eni-0${random.hex(16)}`,
  subnet,
  address: `10.60.${random.below(256)}.${4 + random.below(250)}`,
  securityGroups,
  ...(hasPublicAddress && { publicAddress: `198.51.100.${1 + random.below(250)}` }),
});

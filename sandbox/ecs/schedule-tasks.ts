import { STOP_CAUSES, type StopCause } from '../scenario/task-stop.ts';
import { copies, type Deployment, hasReached, isReturning, type Serving } from './deployment.ts';
import { type Context, currentOf, LONGEST_PAUSE, type ServiceState, startedTask } from './service-state.ts';
import { hasStopped, isLive, isPending, isProtected, isRunning, stopped, type Task } from './task.ts';

/**
 * What ECS's scheduler does at one instant: starts what is missing of what is to run, and stops what is not to run any
 * more, as far as the deployment settings let it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function scheduleTasks(state: ServiceState, context: Context): ServiceState {
  const fleet = fleetOf(state, context);
  const { start, stop } = movesOf(state, fleet, context);
  const count = isPausing(state, fleet.target, context.t) ? 0 : start;
  if (count + stop.length === 0) return state;
  const ended = state.tasks.map((task) => (stop.includes(task) ? stoppedBy(state, task, fleet, context) : task));
  const started = Array.from({ length: count }, () => startedOf(state, fleet.target, context));
  return { ...state, tasks: [...ended, ...started], isSteady: false };
}

interface Moves {
  readonly start: number;
  readonly stop: readonly Task[];
}

function movesOf(state: ServiceState, fleet: Fleet, context: Context): Moves {
  const deployment = currentOf(state);
  if (state.settings.status !== 'ACTIVE') return { start: 0, stop: fleet.live };
  if (state.isStalled) return { start: 0, stop: fleet.old.filter((task) => isForced(task, context)) };
  // Between two deployments nothing is begun that the next would undo, nor before the stage in which tasks start.
  const isReady = deployment?.status !== 'PENDING' && hasBegun(deployment, state);
  if (!isReady) return { start: 0, stop: [] };
  return deployment !== undefined && copies(state.settings) && !isReturning(deployment)
    ? whileCopying(state, fleet, { deployment, t: context.t })
    : whileRolling(state, fleet, context);
}

const hasBegun = (deployment: Deployment | undefined, { settings }: ServiceState): boolean =>
  deployment === undefined || isReturning(deployment) || hasReached(deployment, 'SCALE_UP', settings);

interface Fleet {
  readonly target: Serving;
  /** What AWS replaces, and nothing else is going on. */
  readonly isRetiring: boolean;
  readonly live: readonly Task[];
  readonly fresh: readonly Task[];
  readonly old: readonly Task[];
}

/** A deployment that returns, or has not begun, is not what is to run. */
export function targetOf(state: ServiceState): Serving {
  const deployment = currentOf(state);
  return deployment === undefined || deployment.status === 'PENDING' || isReturning(deployment)
    ? state.serving
    : { id: deployment.id, revision: deployment.revision };
}

function fleetOf(state: ServiceState, context: Context): Fleet {
  const target = targetOf(state);
  const live = state.tasks.filter((task) => isLive(task, context.t));
  const isFresh = (task: Task): boolean => task.startedBy === target.id && !isRetired(task, context);
  const old = live.filter((task) => !isFresh(task));
  const isRetiring = currentOf(state) === undefined && old.some((task) => isRetired(task, context));
  return { target, isRetiring, live, fresh: live.filter(isFresh), old };
}

export const isRetired = ({ createdAt }: Task, { retirements, t }: Pick<Context, 'retirements' | 't'>): boolean =>
  retirements.some(({ boundary, from }) => createdAt < boundary && from <= t);

const isForced = ({ createdAt }: Task, { retirements, t }: Context): boolean =>
  retirements.some(({ boundary, forcedAt }) => createdAt < boundary && forcedAt <= t);

function whileCopying(
  { settings }: ServiceState,
  { fresh, old }: Fleet,
  { deployment, t }: { readonly deployment: Deployment; readonly t: number },
): Moves {
  const start = Math.max(0, settings.desired - fresh.length);
  const isOver = hasReached(deployment, 'CLEAN_UP', settings);
  return { start, stop: isOver ? old.filter((task) => !isProtected(task, t)) : [] };
}

function whileRolling(state: ServiceState, fleet: Fleet, context: Context): Moves {
  const { t } = context;
  const { desired } = state.settings;
  const { live, fresh, old, isRetiring } = fleet;
  const { most, least } = limitsOf(state, isRetiring);
  const running = live.filter((task) => isRunning(task, t)).length;
  const surplus = fresh.slice(desired);
  const stoppable = isCleanupDeferred(state, t) ? [] : old.filter((task) => !isProtected(task, t));
  const unready = stoppable.filter((task) => isPending(task, t));
  const ready = stoppable.filter((task) => !isPending(task, t));
  const spare = Math.max(0, running - surplus.length - least);
  const forced = old.filter((task) => isForced(task, context));
  const stop = [...surplus, ...unready, ...ready.slice(0, isRetiring ? Math.min(1, spare) : spare), ...forced];
  // A stopping task still counts, as its lastStatus is RUNNING until it has stopped.
  const occupied = state.tasks.filter((task) => !hasStopped(task, t)).length;
  const room = Math.max(0, most - occupied);
  const missing = Math.max(0, desired - fresh.length);
  const atOnce = isRetiring ? Math.max(0, 1 - fresh.filter((task) => isPending(task, t)).length) : missing;
  return { start: Math.min(missing, room, atOnce), stop: [...new Set(stop)] };
}

/** With no room at all AWS stops first: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-maintenance.html */
function limitsOf({ settings }: ServiceState, isRetiring: boolean) {
  const { desired, minimumHealthyPercent, maximumPercent } = settings;
  const most = Math.max(desired, Math.floor((desired * maximumPercent) / 100));
  const least = Math.ceil((desired * minimumHealthyPercent) / 100);
  return { most, least: isRetiring && most === desired ? Math.min(least, desired - 1) : least };
}

/**
 * What is old stays until the deployment has succeeded, and for a while after it. Only where there is room for both.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
 */
function isCleanupDeferred({ settings, deployments }: ServiceState, t: number): boolean {
  const [newest] = deployments;
  if (settings.deferredCleanup === undefined || newest === undefined) return false;
  if (newest.status === 'IN_PROGRESS') return true;
  return newest.status === 'SUCCESSFUL' && t < (newest.finishedAt ?? 0) + settings.deferredCleanup;
}

/** After ten tasks of a deployment that failed ECS waits a quarter of an hour between two. */
function isPausing({ tasks }: ServiceState, target: Serving, t: number): boolean {
  const failures = tasks.filter(({ startedBy, stop }) => startedBy === target.id && stop?.isFailure && stop.from <= t);
  return failures.length >= 10 && failures.some(({ stop }) => stop !== undefined && t < stop.from + LONGEST_PAUSE);
}

function stoppedBy(state: ServiceState, task: Task, { target }: Fleet, context: Context): Task {
  const { t } = context;
  const at = t + state.settings.stopTime;
  const isMaintenance = currentOf(state) === undefined && isRetired(task, context);
  return stopped(
    task,
    isMaintenance
      ? {
          from: t,
          at,
          reason: 'ECS is performing maintenance on the underlying infrastructure hosting the task',
          exitCode: 143,
          isFailure: false,
        }
      : {
          from: t,
          at,
          code: 'ServiceSchedulerInitiated',
          reason: `Scaling activity initiated by (deployment ${target.id})`,
          exitCode: 143,
          isFailure: false,
        },
  );
}

/** A task of a deployment that is told to fail, or whose image is gone from the registry, stops when it would have run. */
function startedOf(state: ServiceState, target: Serving, context: Context): Task {
  const task = startedTask(state, context, target);
  const { image, digest } = task.container;
  const isGone = digest !== undefined && !context.registry.has(state.service, digest);
  const { fails } = state.settings;
  const isTold = fails !== undefined && target.id !== state.serving.id;
  if (!isGone && !isTold) return task;
  const cause: StopCause = isGone ? STOP_CAUSES.image : STOP_CAUSES[fails ?? 'exit'];
  return {
    ...task,
    runningAt: Number.POSITIVE_INFINITY,
    stop: {
      from: task.runningAt,
      at: task.runningAt + 10_000,
      code: cause.stopCode,
      reason: cause.stoppedReason(image),
      exitCode: cause.exitCode,
      containerReason: cause.containerReason,
      isFailure: true,
    },
  };
}

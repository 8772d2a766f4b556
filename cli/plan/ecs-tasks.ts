import { type Instant, minutes } from '../../shared/domain/instant.ts';
import type { Launch, StandaloneTask } from '../../shared/domain/plan/situation.ts';
import { AWS_BEGINS_AFTER } from './ecs.ts';

/** The tasks of no service of an ECS that is played. */
export interface PlayedTasks {
  readonly look: (now: Instant) => readonly StandaloneTask[];
  /** RunTask, always with the same token for the same task, so that one copy is started however often it is called. */
  readonly run: (launch: Pick<Launch, 'taskId'>, now: Instant) => void;
  /** StopTask. */
  readonly stop: (taskId: string, now: Instant) => void;
}

/** Until a copy runs. */
const STARTS_IN = minutes(2);

/** AWS stops them after the deadline, and nothing starts them again. */
export function playTasks(tasks: readonly StandaloneTask[], deadline: Instant): PlayedTasks {
  const stopped = new Map<string, Instant>();
  const copies = new Map<string, Instant>();
  const isStopped = (taskId: string, now: Instant): boolean =>
    now >= Math.min(stopped.get(taskId) ?? deadline + AWS_BEGINS_AFTER, deadline + AWS_BEGINS_AFTER);
  return {
    look: (now) =>
      tasks.map((one) => {
        const copy = copies.get(one.taskId);
        const lastStatus = copy !== undefined && now >= copy + STARTS_IN ? 'RUNNING' : 'PENDING';
        return {
          ...one,
          ...(one.task && isStopped(one.taskId, now) && { task: { ...one.task, lastStatus: 'STOPPED' } }),
          ...(copy !== undefined && { copy: { taskId: `${one.taskId}-copy`, lastStatus } }),
        };
      }),
    run({ taskId }, now) {
      if (!copies.has(taskId)) copies.set(taskId, now);
    },
    stop(taskId, now) {
      if (!stopped.has(taskId)) stopped.set(taskId, now);
    },
  };
}

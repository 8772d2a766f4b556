import type { Instant } from '../../instant.ts';
import type { Plan } from '../plan.ts';
import type { StandaloneTask } from '../situation.ts';
import type { NewsKind, PlanNews, PlanStep, RunConfig, StepOutcome } from '../step.ts';
import type { PlannedTask } from './standalone.ts';
import type { TaskEnd, TaskRun } from './task-run.ts';

/** One look at one task of no service. */
export interface TaskLook {
  readonly plan: Plan;
  readonly task: PlannedTask;
  readonly situation: StandaloneTask;
  readonly config: RunConfig;
  /** What came of the last step for it; absent where it just worked. */
  readonly outcome: StepOutcome | undefined;
  readonly now: Instant;
}

/** What follows from it. */
export interface TaskMove {
  readonly run: TaskRun;
  readonly steps: readonly PlanStep[];
  readonly news: readonly PlanNews[];
}

export const stayTask = ({ task }: Pick<TaskLook, 'task'>): TaskMove => ({ run: task.run, steps: [], news: [] });

export const toRun = (run: TaskRun, { steps = [], news = [] }: Partial<Omit<TaskMove, 'run'>> = {}): TaskMove => ({
  run,
  steps,
  news,
});

/** `harbor-batch/6f530510f3fb67e2c5bf2050dc9453a2`. */
export const taskName = ({ cluster, taskId }: Pick<PlannedTask, 'cluster' | 'taskId'>): string =>
  cluster === undefined ? taskId : `${cluster.cluster}/${taskId}`;

/** A sentence about the task. */
export const tellOf = (
  task: PlannedTask,
  kind: NewsKind,
  text: string,
  audience: PlanNews['audience'] = 'thread',
): PlanNews => ({ kind, text: `${taskName(task)}: ${text}`, audience });

export const endedTask = (
  { task, now }: Pick<TaskLook, 'task' | 'now'>,
  end: TaskEnd,
  because: string,
  audience: PlanNews['audience'] = 'thread',
): TaskMove =>
  toRun({ kind: 'ended', end, at: now, because }, { news: [tellOf(task, 'ended', `${end}. ${because}`, audience)] });

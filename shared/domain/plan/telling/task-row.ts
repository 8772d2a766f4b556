import { assertNever } from '../../assert-never.ts';
import type { PlannedTask } from '../tasks/standalone.ts';
import { clip } from './clip.ts';

/** One task of no service as its message shows it. */
export interface TaskRow {
  /** `batch/68f1c007e6178d3457a5b3d7f4699686`. */
  readonly name: string;
  readonly status: TaskStatus;
  readonly because: string;
}

/** In the order in which somebody has to look at them. */
export const TASK_STATUSES = [
  'failed',
  /** Somebody counts on its being started again, and it is not. */
  'pressing',
  /** AWS stops it, and somebody may mind. */
  'notify',
  'unread',
  'running',
  'relaunch',
  'done',
  /** AWS stops it, and nobody has to mind. */
  'owned',
  'gone',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const taskRow = (task: PlannedTask): TaskRow => ({
  name: task.cluster === undefined ? task.taskId : `${task.cluster.cluster}/${task.taskId}`,
  status: statusOf(task),
  because: clip(becauseOf(task)),
});

function becauseOf({ run, verdict }: PlannedTask): string {
  if (run.kind === 'ended') return run.because;
  return (run.kind === 'waiting' ? undefined : run.trouble) ?? verdict.because;
}

function statusOf({ run, verdict }: PlannedTask): TaskStatus {
  switch (run.kind) {
    case 'waiting':
      return verdict.kind === 'notify' ? NEEDS[verdict.need] : verdict.kind;
    case 'started':
    case 'stopping':
      return 'running';
    case 'ended':
      return ENDS[run.end];
    default:
      return assertNever(run);
  }
}

const NEEDS = { pressing: 'pressing', told: 'notify', none: 'owned' } as const;

/** What AWS has stopped, as people were told, is gone like what stopped by itself. */
const ENDS = {
  done: 'done',
  skipped: 'gone',
  'handed-over': 'gone',
  failed: 'failed',
  escalated: 'failed',
} as const;

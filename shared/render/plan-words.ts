import type { PlanSummary } from '../domain/plan/telling/summary.ts';
import type { RowStatus } from '../domain/plan/telling/summary-status.ts';
import type { TaskStatus } from '../domain/plan/telling/task-row.ts';

/** Where a service of a plan stands. The icon repeats what the word says. */
interface Standing {
  readonly icon: string;
  readonly word: string;
}

const STANDINGS: Readonly<Record<RowStatus, Standing>> = {
  escalated: { icon: '🚨', word: 'needs a decision' },
  failed: { icon: '🔴', word: 'failed' },
  'rolled-back': { icon: '↩️', word: 'rolled back' },
  superseded: { icon: '⏭️', word: 'deployed by somebody else' },
  blocked: { icon: '⛔', word: 'blocked' },
  ask: { icon: '🟡', word: 'to be approved' },
  running: { icon: '▶️', word: 'running' },
  verifying: { icon: '🔎', word: 'being verified' },
  ready: { icon: '🟢', word: 'ready' },
  'handing-over': { icon: '⏳', word: 'left to AWS' },
  'handed-over': { icon: '☁️', word: 'replaced by AWS' },
  done: { icon: '✅', word: 'done' },
  skipped: { icon: '⏩', word: 'nothing to do' },
  gone: { icon: '➖', word: 'no longer there' },
};

/** AWS does nothing about what somebody asked for. */
const OF_REQUESTS: Readonly<Partial<Record<RowStatus, Standing>>> = {
  'handing-over': { icon: '⏳', word: 'left alone' },
  'handed-over': { icon: '☁️', word: 'replaced by something else' },
};

/** Once everything is over there is nothing to decide any more. */
const UNREPLACED: Standing = { icon: '🔴', word: 'not replaced' };

export function standing(status: RowStatus, { occasion, phase }: Pick<PlanSummary, 'occasion' | 'phase'>): Standing {
  if (status === 'escalated' && phase === 'over') return UNREPLACED;
  return (occasion === 'request' ? OF_REQUESTS[status] : undefined) ?? STANDINGS[status];
}

/** What becomes of tasks that belong to no service. */
export const TASK_WORDS: Readonly<Record<TaskStatus, string>> = {
  failed: 'failed',
  pressing: 'needs somebody',
  notify: 'left to AWS',
  unread: 'not known yet',
  running: 'being replaced',
  relaunch: 'to be started again',
  done: 'replaced',
  owned: 'nothing to do',
  gone: 'no longer there',
};

/** How many services stand at any of these. */
export const countOf = ({ counts }: Pick<PlanSummary, 'counts'>, ...statuses: readonly RowStatus[]): number =>
  statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);

/** All services that have something to be replaced, or had. */
export const countToDo = ({ counts }: Pick<PlanSummary, 'counts'>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0) - (counts.skipped ?? 0) - (counts.gone ?? 0);

/** Nothing is left that somebody has to look at. */
export const isWell = (plan: PlanSummary): boolean =>
  countOf(plan, 'escalated', 'failed') === 0 && plan.old === 0 && tasksAt(plan, 'failed') === 0;

/** Something is in flight, so the opening of the summary is the one that is used now. */
export const isMoving = (plan: PlanSummary): boolean =>
  countOf(plan, 'running', 'verifying') + tasksAt(plan, 'running') > 0;

/** Services and tasks about which nothing happens in time unless somebody decides something. */
export const countUndecided = (plan: PlanSummary): number => countOf(plan, 'escalated') + tasksAt(plan, 'pressing');

export const tasksAt = ({ tasks }: Pick<PlanSummary, 'tasks'>, wanted: TaskStatus): number =>
  tasks.filter(({ status }) => status === wanted).length;

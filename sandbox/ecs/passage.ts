import { isUnderWay } from './deployment.ts';
import { taskStopped } from './events.ts';
import { progress, steadied } from './progress.ts';
import { scheduleTasks } from './schedule-tasks.ts';
import type { Context, ServiceState } from './service-state.ts';
import { hasStopped, type Task } from './task.ts';

/** What becomes of a service at one instant, where something changes by itself or was changed. */
export const step = (state: ServiceState, context: Context): ServiceState =>
  forgotten(steadied(scheduleTasks(progress(toldOf(state, context), context), context), context), context.t);

function toldOf(state: ServiceState, context: Context): ServiceState {
  const { t, tell } = context;
  const isNews = (task: Task): boolean => !task.isTold && hasStopped(task, t);
  if (!state.tasks.some(isNews)) return state;
  for (const task of state.tasks.filter(isNews)) tell(taskStopped(task, context));
  return { ...state, tasks: state.tasks.map((task) => (isNews(task) ? { ...task, isTold: true } : task)) };
}

/** ECS tells of stopped tasks for an hour at least. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const REMEMBERED = 3_600_000;

/** Those of a deployment that is under way stay, because they are counted. */
function forgotten(state: ServiceState, t: number): ServiceState {
  const counted = new Set(state.deployments.filter(isUnderWay).map(({ id }) => id));
  const isOld = ({ stop, startedBy }: Task): boolean =>
    stop !== undefined && stop.at + REMEMBERED < t && !counted.has(startedBy ?? '');
  return state.tasks.some(isOld) ? { ...state, tasks: state.tasks.filter((task) => !isOld(task)) } : state;
}

import type { Instant } from '../../instant.ts';
import { utcMinute } from '../../utc.ts';
import { isOpen } from '../candidates.ts';
import type { Plan } from '../plan.ts';
import { AWS_TAKES } from '../run/handing-over.ts';
import type { Observed } from '../run/next-steps.ts';
import type { PlanNews, RunConfig } from '../step.ts';
import { awaitCopy, beginRelaunch, stopOld } from './relaunching.ts';
import type { PlannedTask } from './standalone.ts';
import { endedTask, stayTask, type TaskLook, type TaskMove, tellOf } from './task-look.ts';

interface Looking {
  readonly before: Plan;
  readonly observed: Observed;
  readonly config: RunConfig;
  readonly now: Instant;
}

interface Moved {
  readonly tasks: readonly PlannedTask[];
  readonly steps: TaskMove['steps'];
  readonly news: readonly PlanNews[];
}

/** The next steps of every task of no service. They share no limits, so each is decided by itself. */
export function moveTasks(plan: Plan, { before, observed, config, now }: Looking): Moved {
  const moves = plan.tasks.map((task) => {
    const situation = observed.tasks.find(({ taskId }) => taskId === task.taskId);
    const known = before.tasks.find(({ taskId }) => taskId === task.taskId);
    const look = { plan, task, config, outcome: observed.outcomes?.[task.taskId], now };
    const { run, steps, news } = situation === undefined ? stayTask(look) : move({ ...look, situation });
    return { task: { ...task, run }, steps, news: [...changesOf(task, known), ...news] };
  });
  return {
    tasks: moves.map(({ task }) => task),
    steps: moves.flatMap(({ steps }) => steps),
    news: moves.flatMap(({ news }) => news),
  };
}

const isPressing = ({ verdict }: PlannedTask): boolean => verdict.kind === 'notify' && verdict.need === 'pressing';

/** That nothing will be done about a task whose owner counts on it. */
function changesOf(task: PlannedTask, known: PlannedTask | undefined): readonly PlanNews[] {
  if (isPressing(task))
    return known !== undefined && isPressing(known) ? [] : [tellOf(task, 'verdict', task.verdict.because, 'owners')];
  return known === undefined ? [tellOf(task, 'verdict', task.verdict.because)] : [];
}

function move(look: TaskLook): TaskMove {
  const { run } = look.task;
  switch (run.kind) {
    case 'waiting':
      return waitTask(look);
    case 'started':
      return awaitCopy(look, run);
    case 'stopping':
      return stopOld(look, run);
    case 'ended':
      return stayTask(look);
  }
}

function waitTask(look: TaskLook): TaskMove {
  const { task, plan, situation, now } = look;
  const { verdict } = task;
  const begins = utcMinute(plan.deadline);
  if (verdict.kind === 'gone')
    return now < plan.deadline
      ? endedTask(look, 'skipped', 'It stopped before AWS began.')
      : endedTask(look, 'handed-over', `It does not run any more; AWS stops such tasks since ${begins}.`);
  if (now > plan.deadline + AWS_TAKES) {
    const because =
      situation.unread === undefined
        ? `It still runs two days after ${begins}.`
        : `What became of it is not known: ${situation.unread}`;
    return endedTask(look, 'escalated', because, 'owners');
  }
  const launch = situation.task?.launch;
  const mayBegin = verdict.kind === 'relaunch' && isOpen(verdict.slot, now) && plan.vetoes.length === 0;
  return mayBegin && launch?.status === 'found' ? beginRelaunch(look, verdict, launch.value) : stayTask(look);
}

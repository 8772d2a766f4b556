import { hours, type Instant } from '../../instant.ts';
import { isOpen } from '../candidates.ts';
import { ANSWERED_WITHIN, isRefused } from '../run/starting.ts';
import type { Launch, StandaloneTask } from '../situation.ts';
import type { PlanStep } from '../step.ts';
import { relaunchToken, type TaskVerdict } from './standalone.ts';
import { endedTask, stayTask, type TaskLook, type TaskMove, tellOf, toRun } from './task-look.ts';
import type { Relaunch, TaskInFlight } from './task-run.ts';

type Started = Extract<TaskInFlight, { readonly kind: 'started' }>;
type Stopping = Extract<TaskInFlight, { readonly kind: 'stopping' }>;

/** What was not seen by then was not heard, or was refused. */
const SHOWN_WITHIN = 2 * ANSWERED_WITHIN;
/** A copy that is not well, or an old task that does not stop, by then never is. */
const PATIENCE = hours(1);
const MOST_TRIES = 5;

/** The launch is kept with the plan before anything is stopped, because a stopped task tells it no more. */
export function beginRelaunch(
  look: TaskLook,
  verdict: Extract<TaskVerdict, { kind: 'relaunch' }>,
  launch: Launch,
): TaskMove {
  const { task, now } = look;
  const { order, slot } = verdict;
  const relaunch: Relaunch = { order, launch, slot, startedAt: now, askedAt: now, tries: 1 };
  const until = Math.min(now + ANSWERED_WITHIN, slot.cutoff);
  return order === 'start-then-stop'
    ? toRun(
        { kind: 'started', ...relaunch },
        {
          steps: [runStep(look, launch, until)],
          news: [tellOf(task, 'started', 'A copy of it is started; when that runs, it is stopped.')],
        },
      )
    : toRun(
        { kind: 'stopping', ...relaunch },
        {
          steps: [stopStep(look, launch, until)],
          news: [tellOf(task, 'started', 'It is stopped; then a copy of it is started.')],
        },
      );
}

const runStep = ({ plan, task }: TaskLook, launch: Launch, notAfter: Instant): PlanStep => ({
  kind: 'run-task',
  launch,
  token: relaunchToken(plan.id, task.taskId),
  notAfter,
});

const stopStep = ({ task }: TaskLook, { cluster }: Launch, notAfter: Instant): PlanStep => ({
  kind: 'stop-task',
  at: cluster,
  taskId: task.taskId,
  notAfter,
});

/** The copy that was asked for has to run, and be healthy where something tells, before anything else happens. */
export function awaitCopy(look: TaskLook, run: Started): TaskMove {
  const { situation, now } = look;
  if (situation.unread !== undefined) return stayTask(look);
  const { copy } = situation;
  if (copy === undefined) return askAgain(look, run);
  if (copy.lastStatus === 'RUNNING' && (copy.healthStatus ?? 'HEALTHY') === 'HEALTHY')
    return copyRuns(look, run, copy.taskId);
  if (copy.lastStatus !== 'RUNNING' && !COMING.has(copy.lastStatus))
    return failed(look, run, `Its copy ${copy.taskId} has stopped.`);
  return now - run.startedAt > PATIENCE
    ? failed(look, run, `Its copy ${copy.taskId} does not become well.`)
    : stayTask(look);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
const COMING: ReadonlySet<string> = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING']);

function copyRuns(look: TaskLook, run: Started, copy: string): TaskMove {
  const { now } = look;
  if (run.order === 'stop-then-start' || !isThere(look.situation))
    return endedTask(look, 'done', `${copy} runs in its place.`);
  const { trouble: _, ...relaunch } = run;
  const steps = [stopStep(look, run.launch, now + ANSWERED_WITHIN)];
  return toRun({ ...relaunch, kind: 'stopping', startedAt: now, askedAt: now, tries: 1 }, { steps });
}

/** No copy is seen. Asking again starts no second one; where the old task is gone already, its copy is needed all the more. */
function askAgain(look: TaskLook, run: Started): TaskMove {
  const { outcome, plan, situation, now } = look;
  const isNeeded = run.order === 'stop-then-start' || !isThere(situation);
  if (isRefused(outcome)) return failed(look, run, outcome.because);
  if (outcome?.status === 'skipped' && run.tries === 1 && !isNeeded) return toRun({ kind: 'waiting' });
  const heard: Started = outcome?.status === 'failed' ? { ...run, trouble: outcome.because } : run;
  if (now - run.askedAt < SHOWN_WITHIN) return toRun(heard);
  if (!isNeeded && (!isOpen(run.slot, now) || plan.vetoes.length > 0)) return toRun({ kind: 'waiting' });
  if (run.tries >= MOST_TRIES) return failed(look, heard, `ECS was asked ${run.tries} times and started no copy.`);
  const steps = [runStep(look, run.launch, now + ANSWERED_WITHIN)];
  return toRun({ ...heard, askedAt: now, tries: run.tries + 1 }, { steps });
}

/** The old task is to be gone; StopTask may be repeated. */
export function stopOld(look: TaskLook, run: Stopping): TaskMove {
  const { situation, outcome, plan, now } = look;
  if (situation.unread !== undefined) return stayTask(look);
  if (!isThere(situation)) return oldIsGone(look, run);
  // On its way already, which takes as long as its containers do.
  if (situation.task?.lastStatus !== 'RUNNING') return stayTask(look);
  if (isRefused(outcome)) return failed(look, run, outcome.because);
  const heard: Stopping = outcome?.status === 'failed' ? { ...run, trouble: outcome.because } : run;
  if (now - run.askedAt < SHOWN_WITHIN) return toRun(heard);
  const isBeginning = run.order === 'stop-then-start';
  if (isBeginning && (!isOpen(run.slot, now) || plan.vetoes.length > 0)) return toRun({ kind: 'waiting' });
  if (run.tries >= MOST_TRIES) return failed(look, heard, `ECS was asked ${run.tries} times and did not stop it.`);
  const until = isBeginning ? Math.min(now + ANSWERED_WITHIN, run.slot.cutoff) : now + ANSWERED_WITHIN;
  return toRun({ ...heard, askedAt: now, tries: run.tries + 1 }, { steps: [stopStep(look, run.launch, until)] });
}

const isThere = ({ task }: StandaloneTask): boolean => task !== undefined && task.lastStatus !== 'STOPPED';

function oldIsGone(look: TaskLook, run: Stopping): TaskMove {
  const { now, situation } = look;
  if (run.order === 'start-then-stop')
    return endedTask(look, 'done', `${situation.copy?.taskId ?? 'Its copy'} runs in its place.`);
  const { trouble: _, ...relaunch } = run;
  const steps = [runStep(look, run.launch, now + ANSWERED_WITHIN)];
  return toRun({ ...relaunch, kind: 'started', startedAt: now, askedAt: now, tries: 1 }, { steps });
}

/** Whoever counts on the task has to act; at once where it does not run any more. */
function failed(look: TaskLook, { trouble }: Relaunch, because: string): TaskMove {
  const isDown = !isThere(look.situation) && look.situation.copy?.lastStatus !== 'RUNNING';
  const what = isDown ? 'It does not run any more, and nothing runs in its place.' : 'Nothing more is done about it.';
  const sentence = [because, trouble === undefined || trouble === because ? [] : trouble, what].flat().join(' ');
  return endedTask(look, 'failed', sentence, isDown ? 'page' : 'owners');
}

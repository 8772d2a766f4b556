import { hours, minutes } from '../../instant.ts';
import { isOld } from '../boundary.ts';
import { sentences } from '../checks/check.ts';
import { newestFirst } from '../deployments.ts';
import { keepLock, releaseLock } from '../lock.ts';
import { leftAloneBy } from '../people/ordered.ts';
import { fargateTasks } from '../running.ts';
import { type Flight, flightOf, type StageOf } from '../stage.ts';
import { type Look, type Move, tell, to } from './look.ts';
import { oldTasks } from './occasion.ts';
import { over } from './over.ts';
import { blocksNow } from './readiness.ts';
import { ANSWERED_WITHIN, isRefused, lastMoment, outcomeOf, ownLock } from './starting.ts';

type Replacing = StageOf<'replacing'>;

/** A task that has not gone, or a service that is not well again, by then is left alone. */
const PATIENCE = hours(1);

/** Only while everything that a start needs is so, which was just checked. */
export function beginOneByOne(look: Look, flight: Flight): Move {
  const { move, task } = stopNext(look, flight) ?? {};
  if (move === undefined) return to(look, { kind: 'waiting' });
  const text = `${look.work.old} of ${look.work.of} tasks are replaced one after the other, by successors of the same image; ${task} is the first.`;
  return { ...move, news: [tell(look, 'started', text)] };
}

/**
 * StopTask of the same task may be repeated, so a step whose answer was lost is simply taken again. The next task follows
 * when as many tasks run as are wanted and nothing else speaks against a start; where the opening is over before, what is
 * left waits for the next one.
 */
export function replaceOneByOne(look: Look, stage: Replacing): Move {
  const { plan, service, situation, work, locks, now } = look;
  const fresh = newestFirst(situation.deployments).find(({ id }) => !stage.known.includes(id));
  if (fresh !== undefined) return over(look, stage, 'superseded', `Somebody deploys ${fresh.revision}.`);
  const keep = { steps: keepLock(locks, plan, service.at, now) };
  const isThere = situation.tasks.some(({ taskId, lastStatus }) => taskId === stage.taskId && lastStatus === 'RUNNING');
  const answer = outcomeOf(look);
  if (isThere && isRefused(answer)) return over(look, stage, 'failed', answer.because);
  const heard: Replacing = answer?.status === 'failed' ? { ...stage, trouble: answer.because } : stage;
  if (isThere && now - stage.askedAt < ANSWERED_WITHIN) return to(look, heard, keep);
  const isFull = fargateTasks(situation).length >= situation.desired && situation.running >= situation.desired;
  if (work.old === 0 && isFull && situation.pending === 0)
    return to(look, { ...flightOf(stage), kind: 'verifying', since: now }, keep);
  if (now - stage.since > PATIENCE) return over(look, stage, 'failed', stuck(look, heard, isThere));
  const blocks = work.slot === undefined ? undefined : blocksNow(look, work.slot);
  const isOver = blocks === undefined || blocks.some(({ id }) => ENDING.has(id)) || !mayGoOn(look, stage);
  // Who was stopped must come back, or stay, before anything else happens to the service.
  if (!isThere && !isFull) return to(look, heard, keep);
  if (isOver) return pause(look, sentences(blocks ?? []));
  if (blocks.length > 0) return to(look, heard, keep);
  return (isThere ? stop(look, heard, heard.taskId) : stopNext(look, heard)?.move) ?? to(look, heard, keep);
}

/** What ends the use of this opening; what else blocks is waited for. */
const ENDING: ReadonlySet<string> = new Set([
  'plan',
  'approval',
  'window',
  'duration',
  'lock',
  'desired',
  'controller',
]);

const mayGoOn = (look: Look, flight: Flight): boolean =>
  ownLock(look, flight) !== undefined && leftAloneBy(look.plan.orders, look.service.at) === undefined;

interface Next {
  readonly move: Move;
  readonly task: string;
}

/** The oldest of all that are old, so that two looks name the same. */
function stopNext(look: Look, flight: Flight): Next | undefined {
  const [next] = fargateTasks(look.situation)
    .filter((task) => isOld(task, look.plan.boundary))
    .toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.taskId < b.taskId ? -1 : 1));
  const stage: Replacing | undefined = next && {
    ...flightOf(flight),
    kind: 'replacing',
    taskId: next.taskId,
    since: look.now,
    askedAt: look.now,
  };
  const move = stage && stop(look, stage, stage.taskId);
  return move && { move, task: stage.taskId };
}

function stop(look: Look, stage: Replacing, taskId: string): Move | undefined {
  const { service, work, now } = look;
  const lock = ownLock(look, stage);
  if (lock === undefined || work.slot === undefined) return undefined;
  const notAfter = lastMoment(work.slot.cutoff, lock, now);
  return to(
    look,
    { ...stage, askedAt: now },
    {
      steps: [
        ...keepLock(look.locks, look.plan, service.at, now),
        { kind: 'replace-task', at: service.at, fence: stage.fence, notAfter, taskId },
      ],
    },
  );
}

/** It stops in between, which is no failure. */
function pause(look: Look, because: string): Move {
  const { plan, service, work, locks, now } = look;
  const left = `${oldTasks(plan, work.old, work.of)} and wait for the next opening.`;
  const text = ['It stops in between.', because, left].filter((sentence) => sentence !== '').join(' ');
  return to(
    look,
    { kind: 'waiting' },
    {
      steps: releaseLock(locks, plan, service.at, now),
      news: [tell(look, 'held', text)],
    },
  );
}

function stuck({ situation }: Look, { taskId, trouble }: Replacing, isThere: boolean): string {
  const waited = `${Math.round(PATIENCE / minutes(1))} min`;
  const what = isThere
    ? `Task ${taskId} still runs ${waited} after ECS was asked to stop it.`
    : `${waited} after task ${taskId} was stopped ${situation.running} of ${situation.desired} tasks run, and the next one was not touched.`;
  return trouble === undefined ? what : `${what} ${trouble}`;
}

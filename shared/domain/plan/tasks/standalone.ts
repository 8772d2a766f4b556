import { type Instant, minutes } from '../../instant.ts';
import type { ClusterRef } from '../../place.ts';
import { utcMinute } from '../../utc.ts';
import { candidatesOf, latestSafeStart, type Slot } from '../candidates.ts';
import type { PlanId } from '../plan.ts';
import type { StandaloneTask } from '../situation.ts';
import { isRelaunching, RELAUNCH_ORDERS, type RelaunchOrder, type TaskRun } from './task-run.ts';

/** A task that ECS will stop and not start again: what is to be done about it, and how far that is. */
export interface PlannedTask {
  readonly taskId: string;
  readonly cluster?: ClusterRef;
  readonly verdict: TaskVerdict;
  readonly run: TaskRun;
}

/** `because` is a sentence for its readers. */
export type TaskVerdict =
  | { readonly kind: 'gone'; readonly because: string }
  /** Who started it starts it again, or people have to know of it. */
  | {
      readonly kind: 'notify';
      readonly owner: TaskOwner;
      readonly because: string;
      /** Nobody does anything about it unless somebody is told; `pressing`, where they count on us to. */
      readonly need: 'none' | 'told' | 'pressing';
    }
  /** Its tag asks for another in its place, in this opening. */
  | { readonly kind: 'relaunch'; readonly order: RelaunchOrder; readonly slot: Slot; readonly because: string };

export type TaskOwner = 'batch' | 'step-functions' | 'rule' | 'scheduler' | 'service' | 'people';

/** By this tag a task asks to be started again before AWS stops it. Public name. */
export const RELAUNCH_TAG = 'slackwater:replace-on-retirement';

type Known = NonNullable<StandaloneTask['task']>;

/**
 * Whose a task is, by the first that fits. The marks of Batch and Step Functions are seen in practice and not documented;
 * where they are missed, people are told instead.
 */
const OWNERS: readonly (readonly [TaskOwner, string, (task: Known, cluster: string) => boolean])[] = [
  ['service', 'its service', ({ group }) => group.startsWith('service:')],
  ['batch', 'AWS Batch, which retries its jobs as they say', (_, cluster) => cluster.startsWith('AWSBatch-')],
  [
    'step-functions',
    'AWS Step Functions, whose state machine retries',
    ({ startedBy }) => startedBy === 'AWS Step Functions',
  ],
  [
    'rule',
    'an EventBridge rule, which starts it again at its next time',
    ({ startedBy = '' }) => startedBy.startsWith('events-rule/'),
  ],
  [
    'scheduler',
    'EventBridge Scheduler, which starts it again at its next time',
    ({ startedBy = '' }) => startedBy.startsWith('chronos-schedule/'),
  ],
];

interface Terms {
  readonly deadline: Instant;
  readonly now: Instant;
}

/** Amazon ECS stops standalone tasks at the deadline and never starts them again. What is in flight keeps its verdict. */
export function planTask(situation: StandaloneTask, terms: Terms, before?: PlannedTask): PlannedTask {
  const { taskId, cluster } = situation;
  if (before !== undefined && (isRelaunching(before.run) || before.run.kind === 'ended')) return before;
  const named = { taskId, ...(cluster && { cluster }), run: before?.run ?? { kind: 'waiting' } };
  return { ...named, verdict: verdictOf(situation, terms) ?? before?.verdict ?? notRead(situation) };
}

const notRead = ({ unread = 'what it takes to start it again could not be read' }: StandaloneTask): TaskVerdict =>
  toPeople('told', `Not known: ${unread}`);

/** Absent where a read failed that will not fail the next time. */
function verdictOf({ cluster, task, unread }: StandaloneTask, terms: Terms): TaskVerdict | undefined {
  if (unread !== undefined) return undefined;
  if (task === undefined || task.lastStatus === 'STOPPED')
    return { kind: 'gone', because: 'The task does not run any more.' };
  const [owner, whose] = OWNERS.find(([, , isOwner]) => isOwner(task, cluster?.cluster ?? '')) ?? [];
  if (owner !== undefined && whose !== undefined)
    return { kind: 'notify', owner, because: `It belongs to ${whose}.`, need: 'none' };
  return verdictOfPeoples(task, terms);
}

const toPeople = (need: 'none' | 'told' | 'pressing', because: string): TaskVerdict => ({
  kind: 'notify',
  owner: 'people',
  because,
  need,
});

function verdictOfPeoples(task: Known, terms: Terms): TaskVerdict | undefined {
  const { deadline } = terms;
  const end = task.startedAt === undefined || task.usualRun === undefined ? undefined : task.startedAt + task.usualRun;
  if (end !== undefined && end < deadline)
    return toPeople('none', `Such tasks have ended by themselves by then: about ${utcMinute(end)}.`);
  const order = RELAUNCH_ORDERS.find((one) => one === task.tags[RELAUNCH_TAG]);
  const stops = `AWS stops it on or after ${utcMinute(deadline)} and nothing starts it again.`;
  if (order === undefined) return toPeople('told', `Somebody started it. ${stops}`);
  return relaunch(task, { ...terms, order, stops });
}

/** From asking for the copy until the old task has stopped; nothing tells how long a task of no service takes. */
const TAKES = minutes(10);

interface Tagged extends Terms {
  readonly order: RelaunchOrder;
  readonly stops: string;
}

function relaunch({ allowance, launch }: Known, { order, stops, deadline, now }: Tagged): TaskVerdict | undefined {
  const tag = `Its tag ${RELAUNCH_TAG} says ${order}`;
  if (allowance === undefined) return toPeople('pressing', `${tag}, but its windows are not known. ${stops}`);
  const { mode, openings, hasWindows } = allowance;
  if (mode === 'off' || mode === 'notify')
    return toPeople('told', `${tag}, but the mode of its windows is ${mode}. ${stops}`);
  const safe = latestSafeStart(deadline, TAKES);
  const [slot] = candidatesOf(openings, { expected: TAKES, safe }, now);
  if (slot === undefined) {
    const why = hasWindows ? `no opening is left before ${utcMinute(safe)}` : 'no maintenance window selects it';
    return toPeople('pressing', `${tag}, but ${why}. ${stops}`);
  }
  if (launch?.status === 'found') return { kind: 'relaunch', order, slot, because: `${tag}. ${openingText(slot)}` };
  if (launch?.reason === 'throttled' || launch?.reason === 'timeout') return undefined;
  return toPeople(
    'pressing',
    `${tag}, but it cannot be copied: ${launch?.because ?? 'nothing is known of it.'} ${stops}`,
  );
}

const openingText = ({ windows, opens }: Slot): string => `Window ${windows.join(' and ')} opens ${utcMinute(opens)}.`;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html: the longest `clientToken`. */
const LONGEST_TOKEN = 64;

/**
 * Names the copy of a task that a plan starts, so that however often ECS is asked it starts one; the copy carries it as
 * `startedBy` and is found by it. Letters, digits, hyphens, slashes and underscores, which is what both allow.
 */
export const relaunchToken = (plan: PlanId, taskId: string): string =>
  `slackwater/${plan}/${taskId.replaceAll(/[^\w-]/g, '-')}`.slice(0, LONGEST_TOKEN);

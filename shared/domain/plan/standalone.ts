import type { Instant } from '../instant.ts';
import type { ClusterRef } from '../place.ts';
import { utcMinute } from '../utc.ts';
import type { StandaloneTask } from './situation.ts';

/** What is to be done about a task that ECS will stop and not start again. `because` is a sentence for its readers. */
export interface PlannedTask {
  readonly taskId: string;
  readonly cluster?: ClusterRef;
  readonly verdict:
    | { readonly kind: 'gone'; readonly because: string }
    /** Who started it starts it again, or people have to know of it. */
    | { readonly kind: 'notify'; readonly owner: TaskOwner; readonly because: string }
    /** Its tag asks for another in its place. */
    | { readonly kind: 'relaunch'; readonly order: RelaunchOrder; readonly because: string };
}

export type TaskOwner = 'batch' | 'step-functions' | 'rule' | 'scheduler' | 'service' | 'people';

const RELAUNCH_ORDERS = ['start-then-stop', 'stop-then-start'] as const;
export type RelaunchOrder = (typeof RELAUNCH_ORDERS)[number];

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

/** Amazon ECS stops standalone tasks at the deadline and never starts them again. */
export function planTask({ taskId, cluster, task }: StandaloneTask, deadline: Instant): PlannedTask {
  const named = { taskId, ...(cluster && { cluster }) };
  if (task === undefined || task.lastStatus === 'STOPPED')
    return { ...named, verdict: { kind: 'gone', because: 'The task does not run any more.' } };
  const [owner, whose] = OWNERS.find(([, , isOwner]) => isOwner(task, cluster?.cluster ?? '')) ?? [];
  if (owner !== undefined && whose !== undefined)
    return { ...named, verdict: { kind: 'notify', owner, because: `It belongs to ${whose}.` } };
  return { ...named, verdict: verdictOfPeoples(task, deadline) };
}

function verdictOfPeoples(task: Known, deadline: Instant): PlannedTask['verdict'] {
  const end = task.startedAt === undefined || task.usualRun === undefined ? undefined : task.startedAt + task.usualRun;
  if (end !== undefined && end < deadline)
    return {
      kind: 'notify',
      owner: 'people',
      because: `Such tasks have ended by themselves by then: about ${utcMinute(end)}.`,
    };
  const order = RELAUNCH_ORDERS.find((one) => one === task.tags[RELAUNCH_TAG]);
  if (order === undefined)
    return {
      kind: 'notify',
      owner: 'people',
      because: `Somebody started it. AWS stops it on or after ${utcMinute(deadline)} and nothing starts it again.`,
    };
  return { kind: 'relaunch', order, because: `Its tag ${RELAUNCH_TAG} says ${order}.` };
}

import type { Instant } from '../../shared/domain/instant.ts';
import type { TaskRef } from '../../shared/domain/place.ts';
import { quote } from '../../shared/domain/quote.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import type { TaskDetail } from '../../shared/effects/readers/task-detail.ts';
import { taskEvent } from '../../shared/effects/readers/task-event.ts';
import { type Account, required } from '../account.ts';
import { AccountError } from '../terminal.ts';
import { createExplainer } from './explainer.ts';
import { type Explanation, type Remark, remarkOf } from './explanation.ts';

/** Why a task stopped, or how it is while it has not. Throws an AccountError for a task that ECS does not know. */
export async function explainTask(ref: TaskRef, { tasks, readers }: Account, now: Instant): Promise<Explanation> {
  const answer = await tasks.describeTask(ref);
  if (answer.status === 'missing' && answer.reason === 'not-found') throw new AccountError(forgotten(answer.because));
  const detail = required(answer);
  const { problems, quiet } = await createExplainer(readers)([taskEvent(ref, detail, now)]);
  const remarks = quiet.map((outcome) => (outcome.reason === 'not-final' ? alive(ref, detail) : remarkOf(outcome)));
  return { problems, remarks };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-tasks-view.html */
const forgotten = (because: string): string =>
  `${because}: it keeps stopped tasks for at least an hour, and not much longer. What Slackwater recorded about the task's service is shown by: slackwater explain SERVICE-ARN --table NAME`;

/** How a task is that has not stopped. */
function alive({ cluster, taskId }: TaskRef, detail: TaskDetail): Remark {
  const { lastStatus, desiredStatus, healthStatus, startedAt, containers, group, stoppedReason } = detail;
  const isStopping = desiredStatus === 'STOPPED';
  const isUnhealthy = [healthStatus, ...containers.map((container) => container.healthStatus)].includes('UNHEALTHY');
  const parts = [
    `task ${taskId} is ${lastStatus}${startedAt === undefined ? '' : ` since ${utcMinute(Date.parse(startedAt))}`}`,
    ...(isStopping ? [`ECS is stopping it${stoppedReason === undefined ? '' : ` (${quote(stoppedReason)})`}`] : []),
    healthStatus === undefined || healthStatus === 'UNKNOWN' ? 'no health check tells of it' : healthStatus,
    ...containers.map(({ name, lastStatus: status, healthStatus: health }) =>
      [`container ${name} ${status}`, health === 'UNKNOWN' ? undefined : health].filter(Boolean).join(' and '),
    ),
  ];
  return {
    kind: 'task',
    subject: `${cluster}/${group?.replace(/^(service|family):/, '') ?? taskId}`,
    decision: 'quiet',
    reason: 'progress',
    because: parts.join(', '),
    isProblem: isUnhealthy,
  };
}

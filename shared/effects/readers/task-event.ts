import type { Instant } from '../../domain/instant.ts';
import type { Place, TaskRef } from '../../domain/place.ts';
import type { TaskDetail } from './task-detail.ts';

/**
 * The `ECS Task State Change` to the state that the task is in now, as if ECS sent it: everything behind the parser is
 * then the same for an event and for a question.
 */
export const taskEvent = (ref: TaskRef, detail: TaskDetail, now: Instant): unknown =>
  ecsEvent(ref, {
    id: detail.taskArn,
    'detail-type': 'ECS Task State Change',
    time: detail.stoppedAt ?? new Date(now).toISOString(),
    resources: [detail.taskArn],
    detail,
  });

/** What every event of ECS tells about itself, with the rest. */
export const ecsEvent = ({ region, account }: Place, rest: Readonly<Record<string, unknown>>): unknown => ({
  source: 'aws.ecs',
  region,
  account,
  ...rest,
});

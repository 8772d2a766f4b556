import { type ContainerDefinition, found, type Gathered, missing } from '../../domain/facts.ts';
import type { Place } from '../../domain/place.ts';

/** Where a container's output is kept. */
export interface LogStream {
  readonly group: string;
  readonly stream: string;
  /** Of the log group, which need not be the task's. */
  readonly region: string;
}

export interface LoggedContainer {
  readonly container: ContainerDefinition;
  readonly taskId: string;
  /** Absent when the container was never created. */
  readonly runtimeId?: string;
  /** Of the task. */
  readonly at: Place;
}

/**
 * The stream that the awslogs driver writes: `prefix/container/task`, or the runtime id when no prefix is configured
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html). Other drivers have none.
 */
export function logStreamOf({ container, taskId, runtimeId, at }: LoggedContainer): Gathered<LogStream> {
  const { logDriver, logOptions, name } = container;
  if (logDriver === undefined) return missing('not-applicable', `the container ${name} has no log configuration`);
  if (logDriver !== 'awslogs') {
    return missing('not-applicable', `the container ${name} logs by ${logDriver}, not to CloudWatch Logs`);
  }
  const group = logOptions['awslogs-group'];
  if (!group) return missing('not-applicable', `the container ${name} logs by awslogs without a log group`);
  const prefix = logOptions['awslogs-stream-prefix'];
  const stream = prefix ? `${prefix}/${name}/${taskId}` : runtimeId;
  if (stream === undefined) return missing('not-found', `the container ${name} was never created and wrote no log`);
  return found({ group, stream, region: logOptions['awslogs-region'] || at.region });
}

import { assertNever } from '../shared/domain/assert-never.ts';
import type { Signal, TaskState } from '../shared/domain/signal.ts';

/** What an event is about, in a few words: `harbor-prod/checkout`, a task with its id, the type of a Health notice. */
export function eventSubject(signal: Signal): string {
  switch (signal.kind) {
    case 'task-stopped':
    case 'spot-warned':
      return taskSubject(signal.state);
    case 'deployment-changed':
    case 'service-acted':
    case 'hook-changed':
      return `${signal.service.cluster}/${signal.service.service}`;
    case 'host-health-changed':
      return `${signal.at.cluster}, container instance ${signal.host}`;
    case 'health-notified':
      return signal.typeCode;
    default:
      return assertNever(signal);
  }
}

function taskSubject({ task, group, taskDefinition }: TaskState): string {
  const owner = group.kind === 'service' ? group.service : taskDefinition.family;
  return `${task.cluster}/${owner}, task ${task.taskId}`;
}

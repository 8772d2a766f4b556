import {
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue, QueueRef } from './queue.ts';
import { asked, ifKnown } from './sqs.ts';

export interface Watching {
  readonly out: (text: string) => unknown;
  /** Settles when it is time to look again. */
  readonly pause: () => Promise<unknown>;
}

/**
 * Lets SQS itself move every message of a dead-letter queue, and says how far it is. Answers whether all were moved, or
 * `unsupported` where SQS has no such task. Interrupted, the task goes on; called again, it is watched again.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export async function moveAll(
  queue: DeadLetterQueue,
  to: QueueRef,
  { out, pause }: Watching,
): Promise<'moved' | 'stopped' | 'unsupported'> {
  const before = await latestTask(queue);
  const isUnderWay = before?.Status === 'RUNNING';
  if (!isUnderWay && !(await start(queue, to))) return 'unsupported';
  out(
    isUnderWay
      ? `SQS is already moving the messages of ${queue.name}`
      : `SQS moves the messages of ${queue.name} to ${to.name}, and goes on if this command is interrupted`,
  );
  for (;;) {
    const task = await latestTask(queue);
    // The list may be a moment behind: then its newest task is still the one before ours.
    const isOurs = isUnderWay || task?.StartedTimestamp !== before?.StartedTimestamp;
    if (task !== undefined && isOurs) {
      out(progressOf(task));
      if (task.Status === 'COMPLETED') return 'moved';
      if (task.Status === 'FAILED' || task.Status === 'CANCELLED') return 'stopped';
    }
    await pause();
  }
}

async function start({ client, arn, name }: DeadLetterQueue, to: QueueRef): Promise<boolean> {
  const command = new StartMessageMoveTaskCommand({ SourceArn: arn, DestinationArn: to.arn });
  const started = await asked('sqs:StartMessageMoveTask', name, (abortSignal) =>
    ifKnown(client.send(command, { abortSignal })),
  );
  return started !== undefined;
}

async function latestTask({
  client,
  arn,
  name,
}: DeadLetterQueue): Promise<ListMessageMoveTasksResultEntry | undefined> {
  const listed = await asked('sqs:ListMessageMoveTasks', name, (abortSignal) =>
    ifKnown(client.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }), { abortSignal })),
  );
  return listed?.Results?.[0];
}

function progressOf(task: ListMessageMoveTasksResultEntry): string {
  const { ApproximateNumberOfMessagesMoved: moved = 0, ApproximateNumberOfMessagesToMove: all, FailureReason } = task;
  const count = `  moved ${moved}${all === undefined ? '' : ` of ${all}`}`;
  if (task.Status === 'FAILED') return `${count}, then SQS stopped (${FailureReason ?? 'without a reason'})`;
  return task.Status === 'CANCELLED' ? `${count}, then somebody cancelled it` : count;
}

import type { Journal } from '../journal.ts';
import { isObject } from '../json-object.ts';
import type { InvokeOutcome } from '../lambda/outcome.ts';
import type { Consume } from '../messaging/consumer.ts';
import type { Received } from '../messaging/queue.ts';

/** The two things that delivery needs of a function. */
export interface Invocable {
  readonly name: string;
  readonly invoke: (event: unknown) => Promise<InvokeOutcome>;
}

export interface MappingSpec {
  readonly batchSize: number;
  /** `ReportBatchItemFailures` is among the mapping's `FunctionResponseTypes`. */
  readonly reportsFailures: boolean;
}

/**
 * Feeds a queue to a function as Lambda does: what was dealt with is deleted, what was not comes again after the
 * queue's visibility timeout, and SQS itself moves what came too often to the dead-letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function invokeWithBatch(arn: string, target: Invocable, spec: MappingSpec, journal: Journal): Consume {
  return async (batch) => {
    const outcome = await target.invoke({ Records: batch.map((message) => recordOf(message, arn)) });
    const done = outcome.status === 'failed' ? [] : doneOf(batch, outcome.payload, spec);
    const failure = failureOf(outcome, batch.length - done.length);
    journal.append({
      kind: 'invocation',
      function: target.name,
      events: batch.length,
      ...(failure !== undefined && { failure }),
    });
    return done;
  };
}

function failureOf(outcome: InvokeOutcome, left: number): string | undefined {
  if (outcome.status === 'failed') return `${outcome.cause}: ${outcome.message}`;
  return left > 0 ? `${left} events reported as failed` : undefined;
}

/** A partial answer names the failed messages. One that names none of the batch, or is malformed, fails the whole batch. */
function doneOf(batch: readonly Received[], payload: unknown, { reportsFailures }: MappingSpec): readonly Received[] {
  if (!reportsFailures || payload === undefined || payload === null) return batch;
  const failures = isObject(payload) ? (payload['batchItemFailures'] ?? []) : undefined;
  if (!Array.isArray(failures)) return [];
  const failedIds = failures.map((it) => (isObject(it) ? it['itemIdentifier'] : undefined));
  const ids = new Set(batch.map((message) => message.messageId));
  if (!failedIds.every((id) => typeof id === 'string' && ids.has(id))) return [];
  return batch.filter((message) => !failedIds.includes(message.messageId));
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const recordOf = ({ messageId, receiptHandle, body, attributes }: Received, arn: string): object => ({
  messageId,
  receiptHandle,
  body,
  attributes,
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: arn.split(':')[3],
});

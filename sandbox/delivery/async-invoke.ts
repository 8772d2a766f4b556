import { setTimeout as delay } from 'node:timers/promises';
import type { Journal } from '../journal.ts';
import type { Failure } from '../lambda/outcome.ts';
import type { Queue } from '../messaging/queue.ts';
import type { Invocable } from './event-source-mapping.ts';

export interface AsyncSpec {
  /** Further attempts after the first; Lambda's default and most is 2. */
  readonly retries: number;
  /** Milliseconds before the first retry, doubled for the second. Lambda waits 1 and 2 minutes. */
  readonly pause: number;
  readonly deadLetter?: Queue;
}

/**
 * What a rule or a schedule does with a function: invoke it, again when it fails, and at last leave the event in the
 * dead-letter queue. Settles when the event is done with, either way.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export async function invokeAsync(
  target: Invocable,
  event: unknown,
  spec: AsyncSpec & { readonly journal: Journal; readonly stopping: AbortSignal },
): Promise<void> {
  const { journal, stopping } = spec;
  let failure: Failure | undefined;
  for (let attempt = 0; attempt <= spec.retries && !stopping.aborted; attempt += 1) {
    if (attempt > 0) await pauseFor(spec.pause * attempt, stopping);
    const outcome = await target.invoke(event);
    if (outcome.status === 'returned') return journal.append({ kind: 'invocation', function: target.name, events: 1 });
    failure = outcome;
    const words = `${failure.cause}: ${failure.message}`;
    journal.append({ kind: 'invocation', function: target.name, events: 1, failure: words });
  }
  if (failure === undefined || stopping.aborted) return;
  await spec.deadLetter?.send(JSON.stringify(event), {
    ERROR_CODE: failure.errorType,
    ERROR_MESSAGE: failure.message,
  });
  journal.append({ kind: 'dead-letter', from: target.name, because: failure.message });
}

const pauseFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

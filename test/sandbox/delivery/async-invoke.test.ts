import { describe, expect, it } from 'vitest';
import { type AsyncSpec, invokeAsync } from '../../../sandbox/delivery/async-invoke.ts';
import { createJournal } from '../../../sandbox/journal.ts';
import { failed, type InvokeOutcome } from '../../../sandbox/lambda/outcome.ts';
import type { Queue } from '../../../sandbox/messaging/queue.ts';

const error = failed('thrown', 'Error', 'not now');
const success: InvokeOutcome = { status: 'returned', payload: undefined };

/** A queue that only remembers what was sent. */
function anOutbox(): { readonly queue: Queue; readonly sent: unknown[] } {
  const sent: unknown[] = [];
  const queue: Queue = {
    arn: 'arn:aws:sqs:eu-west-1:000000000000:dead',
    url: 'http://127.0.0.1/dead',
    send: async (body, attributes) => {
      sent.push({ body: JSON.parse(body), attributes });
    },
    receive: async () => [],
    take: async () => [],
    remove: async () => undefined,
    length: async () => 0,
  };
  return { queue, sent };
}

async function run(outcomes: readonly InvokeOutcome[], spec: Partial<AsyncSpec> = {}) {
  const { queue, sent } = anOutbox();
  const events: unknown[] = [];
  const target = {
    name: 'notices',
    invoke: async (event: unknown) => {
      events.push(event);
      return outcomes[events.length - 1] ?? success;
    },
  };
  const stopping = new AbortController().signal;
  const asyncSpec = { retries: 2, pause: 0, deadLetter: queue, ...spec };
  await invokeAsync(target, { id: 'e1' }, { ...asyncSpec, journal: createJournal(), stopping });
  return { attempts: events.length, sent };
}

describe('an asynchronous invocation', () => {
  it('ends with the first success', async () => {
    expect(await run([success])).toEqual({ attempts: 1, sent: [] });
  });

  it('is tried twice more, and its success then counts', async () => {
    expect(await run([error, error, success])).toEqual({ attempts: 3, sent: [] });
  });

  it('leaves the event and the error in the dead-letter queue after the last try', async () => {
    const attributes = { ERROR_CODE: 'Error', ERROR_MESSAGE: 'not now' };
    expect(await run([error, error, error])).toEqual({ attempts: 3, sent: [{ body: { id: 'e1' }, attributes }] });
  });

  it('is not tried again when the function allows no retry', async () => {
    expect((await run([error], { retries: 0 })).attempts).toBe(1);
  });
});

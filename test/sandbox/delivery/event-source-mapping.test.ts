import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invokeWithBatch } from '../../../sandbox/delivery/event-source-mapping.ts';
import { createWork } from '../../../sandbox/delivery/work.ts';
import { createJournal } from '../../../sandbox/journal.ts';
import { failed, type InvokeOutcome } from '../../../sandbox/lambda/outcome.ts';
import { type Broker, startBroker } from '../../../sandbox/messaging/broker.ts';
import { consume } from '../../../sandbox/messaging/consumer.ts';
import type { Received } from '../../../sandbox/messaging/queue.ts';

const ARN = 'arn:aws:sqs:eu-west-1:000000000000:events';
const batch: readonly Received[] = ['a', 'b', 'c'].map((id) => ({
  messageId: id,
  receiptHandle: `handle-${id}`,
  body: `body of ${id}`,
  attributes: { ApproximateReceiveCount: '1' },
}));

const returned = (payload: unknown): InvokeOutcome => ({ status: 'returned', payload });
const reporting = (...ids: readonly unknown[]): InvokeOutcome =>
  returned({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

async function idsDone(outcome: InvokeOutcome, reportsFailures = true): Promise<readonly string[]> {
  const target = { name: 'reader', invoke: async () => outcome };
  const done = await invokeWithBatch(ARN, target, { batchSize: 10, reportsFailures }, createJournal())(batch);
  return done.map(({ messageId }) => messageId);
}

describe('which messages of a batch are deleted', () => {
  it.each<[string, InvokeOutcome, readonly string[]]>([
    ['an answer without failures finishes all', reporting(), ['a', 'b', 'c']],
    ['an empty answer finishes all', returned(undefined), ['a', 'b', 'c']],
    ['null finishes all', returned(null), ['a', 'b', 'c']],
    ['a reported failure stays', reporting('b'), ['a', 'c']],
    ['reporting all leaves all', reporting('a', 'b', 'c'), []],
    ['an unknown id fails the whole batch', reporting('b', 'x'), []],
    ['an id that is no text fails the whole batch', reporting(null), []],
    ['a malformed answer fails the whole batch', returned({ batchItemFailures: 'b' }), []],
    ['an answer that is no object fails the whole batch', returned('done'), []],
    ['a thrown error leaves all', failed('thrown', 'Error', 'no'), []],
    ['a crash leaves all', failed('crashed', 'Runtime.ExitError', 'signal SIGKILL'), []],
    ['a timeout leaves all', failed('timed-out', 'Sandbox.Timedout', 'late'), []],
  ])('%s', async (_, outcome, done) => {
    expect(await idsDone(outcome)).toEqual(done);
  });

  it('does not read failures that the mapping does not ask for', async () => {
    expect(await idsDone(reporting('b'), false)).toEqual(['a', 'b', 'c']);
  });
});

describe('what the function gets', () => {
  it('is a batch in the shape of SQS records', async () => {
    const events: unknown[] = [];
    const target = {
      name: 'reader',
      invoke: async (event: unknown) => {
        events.push(event);
        return returned(undefined);
      },
    };
    await invokeWithBatch(ARN, target, { batchSize: 10, reportsFailures: true }, createJournal())(batch.slice(0, 1));
    const record = {
      messageId: 'a',
      receiptHandle: 'handle-a',
      body: 'body of a',
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: ARN,
      awsRegion: 'eu-west-1',
    };
    expect(events).toEqual([{ Records: [record] }]);
  });
});

describe('a queue on the emulator', () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startBroker('eu-west-1');
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  it('delivers again what a crash left, after the visibility timeout, and nothing twice after that', async () => {
    const queue = await broker.createQueue({ name: 'crashing', visibilityTimeout: 1 });
    const outcomes = [failed('crashed', 'Runtime.ExitError', 'signal SIGKILL'), returned(undefined)];
    const bodies: string[][] = [];
    const over = Promise.withResolvers<void>();
    const target = {
      name: 'reader',
      invoke: async (event: unknown): Promise<InvokeOutcome> => {
        bodies.push((event as { Records: { body: string }[] }).Records.map(({ body }) => body));
        const outcome = outcomes.shift();
        if (outcomes.length === 0) over.resolve();
        return outcome ?? returned(undefined);
      },
    };
    const work = createWork();
    await queue.send('one');
    const read = invokeWithBatch(queue.arn, target, { batchSize: 10, reportsFailures: true }, createJournal());
    work.start((stopping) => consume(queue, 10, read, { stopping }));
    await over.promise;
    work.askToStop();
    await work.settled();
    expect(bodies).toEqual([['one'], ['one']]);
  });

  it('moves what was received too often to the dead-letter queue', async () => {
    const deadLetters = await broker.createQueue({ name: 'dead-letters', visibilityTimeout: 30 });
    const redrive = { deadLetterArn: deadLetters.arn, maxReceiveCount: 2 };
    const queue = await broker.createQueue({ name: 'failing', visibilityTimeout: 1, redrive });
    let invocations = 0;
    const target = {
      name: 'reader',
      invoke: async () => {
        invocations += 1;
        return failed('thrown', 'Error', 'always');
      },
    };
    const work = createWork();
    await queue.send('poison');
    const read = invokeWithBatch(queue.arn, target, { batchSize: 10, reportsFailures: true }, createJournal());
    work.start((stopping) => consume(queue, 10, read, { stopping }));
    const [dead] = await deadLetters.receive(1, new AbortController().signal);
    work.askToStop();
    await work.settled();
    expect(dead?.body).toBe('poison');
    expect(invocations).toBe(2);
  });
});

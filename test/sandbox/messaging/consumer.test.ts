import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Broker, startBroker } from '../../../sandbox/messaging/broker.ts';
import { consume } from '../../../sandbox/messaging/consumer.ts';
import { countedQueue } from '../../../sandbox/messaging/counted-queue.ts';

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker('eu-west-1');
});
afterEach(() => broker[Symbol.asyncDispose]());

/** Sizes of the batches that `messages` messages are consumed in, and the requests that it took from the first batch on. */
async function batchesOf(messages: number, batchSize: number) {
  let requests = 0;
  const queue = countedQueue(await broker.createQueue({ name: 'events', visibilityTimeout: 30 }), () => {
    requests += 1;
  });
  for (let number = 0; number < messages; number += 1) await queue.send(String(number));
  requests = 0;
  const sizes: number[] = [];
  const stopping = new AbortController();
  const read = async <Message>(batch: readonly Message[]) => {
    sizes.push(batch.length);
    if (sizes.reduce((sum, size) => sum + size, 0) === messages) stopping.abort();
    return batch;
  };
  await consume(queue, batchSize, read, { stopping: stopping.signal });
  return { sizes, requests, left: await queue.length() };
}

describe('a batch', () => {
  it.each([
    ['is full when there is enough', 20, 10, [10, 10]],
    ['holds what is there when there is less', 7, 10, [7]],
    ['is filled over several receives when it is larger than one', 35, 30, [30, 5]],
  ])('%s', async (_, messages, batchSize, sizes) => {
    expect(await batchesOf(messages, batchSize)).toMatchObject({ sizes, left: 0 });
  });

  it('costs a receive and a delete for every ten messages', async () => {
    expect(await batchesOf(30, 30)).toMatchObject({ requests: 6 });
  });
});

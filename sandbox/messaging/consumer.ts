import type { Queue, Received } from './queue.ts';

/** Answers the messages that are done with; the others stay and come again after the visibility timeout. */
export type Consume = (batch: readonly Received[]) => Promise<readonly Received[]>;

/** Receives batch after batch until `stopping` aborts, and settles when the batch in hand is done with. */
export async function consume(
  queue: Queue,
  batchSize: number,
  consumeBatch: Consume,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const batch = await gather(queue, batchSize, stopping);
    if (batch.length > 0) await queue.remove(await consumeBatch(batch));
  }
}

/**
 * Waits for a message and takes what else is there, up to `batchSize`. Lambda would wait for more as long as the
 * mapping's batching window; whoever wants a full batch here puts all of it on the bus first.
 */
async function gather(queue: Queue, batchSize: number, stopping: AbortSignal): Promise<readonly Received[]> {
  const batch = [...(await queue.receive(batchSize, stopping))];
  let more = batch.length > 0;
  while (more && batch.length < batchSize) {
    const next = await queue.take(batchSize - batch.length);
    batch.push(...next);
    more = next.length > 0;
  }
  return batch;
}

import type { Queue, Received } from './queue.ts';

/** Answers the messages that are done with; the others stay and come again after the visibility timeout. */
export type Consume = (batch: readonly Received[]) => Promise<readonly Received[]>;

export interface Pace {
  readonly stopping: AbortSignal;
  /** Settles when nothing more is on its way that belongs into the same batch. */
  readonly gathered?: () => Promise<void>;
}

/** Receives batch after batch until `stopping` aborts, and settles when the batch in hand is done with. */
export async function consume(queue: Queue, batchSize: number, consumeBatch: Consume, pace: Pace): Promise<void> {
  while (!pace.stopping.aborted) {
    const batch = await gather(queue, batchSize, pace);
    if (batch.length > 0) await queue.remove(await consumeBatch(batch));
  }
}

/**
 * Waits for a message, for what is put on the bus together with it, and takes what else is there, up to `batchSize`.
 * Lambda would wait for more as long as the mapping's batching window.
 */
async function gather(queue: Queue, batchSize: number, { stopping, gathered }: Pace): Promise<readonly Received[]> {
  const batch = [...(await queue.receive(batchSize, stopping))];
  await gathered?.();
  let more = batch.length > 0;
  while (more && batch.length < batchSize) {
    const next = await queue.take(batchSize - batch.length);
    batch.push(...next);
    more = next.length > 0;
  }
  return batch;
}

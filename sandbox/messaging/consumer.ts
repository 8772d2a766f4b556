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
    const batch = await queue.receive(batchSize, stopping);
    if (batch.length > 0) await queue.remove(await consumeBatch(batch));
  }
}

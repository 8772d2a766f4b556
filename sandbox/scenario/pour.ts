import type { Sandbox } from '../sandbox.ts';
import type { Watch } from './player.ts';
import type { Delivery } from './storms.ts';

/**
 * Puts every event on the bus when it arrives, on the sandbox's clock, those of one batching window together: what came
 * before is dealt with and schedules have run by then. Settles when the last event is dealt with. What arrived in the
 * past is put at once.
 */
export async function pour(
  sandbox: Pick<Sandbox, 'putEvents' | 'settled' | 'batchingWindow'> & {
    readonly clock: Pick<Sandbox['clock'], 'now' | 'advance'>;
  },
  deliveries: readonly Delivery[],
  { report, stopping }: Watch = {},
): Promise<void> {
  const window = Math.max(1, sandbox.batchingWindow);
  let poured = 0;
  for (const [step, arrived] of Map.groupBy(deliveries, ({ arrives }) => Math.ceil(arrives / window))) {
    if (stopping?.aborted) return;
    const wait = step * window - sandbox.clock.now();
    if (wait > 0) await sandbox.clock.advance(wait);
    await sandbox.putEvents(arrived.map(({ event }) => event));
    await sandbox.settled();
    poured += arrived.length;
    report?.(poured / deliveries.length);
  }
}

import type { Sandbox } from '../sandbox.ts';
import type { Delivery } from './storms.ts';

/** Milliseconds: what arrives within one such step is put on the bus together, as a mapping's batching window gathers it. */
const STEP = 1_000;

/**
 * Puts every event on the bus when it arrives, on the sandbox's clock: what came before is dealt with and schedules have
 * run by then. Settles when the last event is dealt with. What arrived in the past is put at once.
 */
export async function pour(
  sandbox: Pick<Sandbox, 'clock' | 'putEvent' | 'settled'>,
  deliveries: readonly Delivery[],
): Promise<void> {
  for (const [step, arrived] of Map.groupBy(deliveries, ({ arrives }) => Math.ceil(arrives / STEP))) {
    const wait = step * STEP - sandbox.clock.now();
    if (wait > 0) await sandbox.clock.advance(wait);
    await Promise.all(arrived.map(({ event }) => sandbox.putEvent(event)));
    await sandbox.settled();
  }
}

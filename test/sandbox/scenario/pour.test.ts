import { describe, expect, it } from 'vitest';
import { armadaService } from '../../../sandbox/scenario/armada.ts';
import { pour } from '../../../sandbox/scenario/pour.ts';
import { crashLoop } from '../../../sandbox/scenario/storms.ts';

const START = Date.UTC(2026, 10, 17);
const EVENT = crashLoop({ service: armadaService(1), stops: 1, lifetime: 0, at: START })[0]?.event;

/** What a sandbox was asked for, when on its own clock; `dealing` is how long it takes to settle. */
async function asked(arrivals: readonly number[], dealing = 0): Promise<readonly string[]> {
  let now = START;
  const log: string[] = [];
  const clock = {
    now: () => now,
    advance: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const putEvents = async (events: readonly unknown[]): Promise<void> => {
    log.push(`${events.length} at ${now - START}`);
  };
  const settled = async (): Promise<void> => {
    log.push('settled');
    now += dealing;
  };
  const deliveries = arrivals.flatMap((arrives) => (EVENT ? [{ arrives: START + arrives, event: EVENT }] : []));
  await pour({ clock, putEvents, settled, batchingWindow: 1_000 }, deliveries);
  return log;
}

describe('pouring events into the sandbox', () => {
  it('puts what arrives within a batching window together, at its end, and waits before the next', async () => {
    expect(await asked([200, 900, 1_000, 5_500])).toEqual(['3 at 1000', 'settled', '1 at 6000', 'settled']);
  });

  it('puts at once what arrived in the past, and never turns the clock back', async () => {
    expect(await asked([-5_000, 500, 1_500], 3_000)).toEqual([
      '1 at 0',
      'settled',
      '1 at 3000',
      'settled',
      '1 at 6000',
      'settled',
    ]);
  });
});

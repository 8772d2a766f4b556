import { describe, expect, it } from 'vitest';
import { NO_ORDERS, type StandingOrders, type StandingStore } from '../../../shared/domain/chat/standing.ts';

/** Sat 21 Nov 2026, 08:05 UTC. */
const NOW = Date.UTC(2026, 10, 21, 8, 5);
const SET = { by: 'U0ADA', at: NOW, until: NOW + 1, reason: 'load test' };

export const SOME: StandingOrders = {
  version: 0,
  mutes: [{ id: 'mut-4f0c2a9d1e', when: { clusters: ['harbor-prod'], severity: 'low' }, ...SET }],
  freezes: [{ id: 'frz-4f0c2a9d1e', select: {}, from: NOW, ...SET }],
};

/** What every store of standing orders does, whatever it keeps them in. `open` gives an empty one. */
export function describeStandingStore(where: string, open: () => Promise<StandingStore>): void {
  describe(`standing orders in ${where}`, () => {
    it('are none at first, and then as they were saved', async () => {
      const store = await open();
      expect(await store.load()).toEqual(NO_ORDERS);
      expect(await store.save(SOME)).toBe('saved');
      expect(await store.load()).toEqual({ ...SOME, version: 1 });
      expect(await store.save({ ...NO_ORDERS, version: 1 })).toBe('saved');
      expect(await store.load()).toEqual({ ...NO_ORDERS, version: 2 });
    });

    it.each([0, 1])('of two people who both saw version %i only one saves', async (seen) => {
      const store = await open();
      if (seen > 0) await store.save(NO_ORDERS);
      const answers = await Promise.all([1, 2].map(() => store.save({ ...SOME, version: seen })));
      expect(answers.toSorted()).toEqual(['conflict', 'saved']);
      expect(await store.load()).toMatchObject({ version: seen + 1 });
    });
  });
}

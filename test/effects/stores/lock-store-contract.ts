import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/instant.ts';
import type { PlanId } from '../../../shared/domain/plan/plan.ts';
import type { LockStore } from '../../../shared/domain/plan/plan-record.ts';
import type { Lock } from '../../../shared/domain/plan/step.ts';
import { aService, DELIVERED as NOW } from '../../support/plans.ts';

// True enough for a test: the domain names plans itself.
export const OURS = 'pln-ours' as PlanId;
export const THEIRS = 'pln-theirs' as PlanId;

export const EXPIRY = NOW + minutes(15);

export const aLock = (overrides: Partial<Lock> = {}): Lock => ({
  at: aService(),
  owner: OURS,
  fence: 1,
  expiresAt: EXPIRY,
  tasks: 4,
  ...overrides,
});

/** What every lock store does, whatever it keeps the locks in. `open` gives an empty one. */
export function describeLockStore(where: string, open: () => Promise<LockStore>): void {
  describe(`a lock store in ${where}`, () => {
    it('has no locks at first, and then each as it was taken', async () => {
      const store = await open();
      expect(await store.load()).toEqual([]);
      expect(await store.take(aLock(), NOW)).toBe('taken');
      expect(await store.load()).toEqual([aLock()]);
    });

    it('keeps services of the same name in other clusters apart', async () => {
      const store = await open();
      const elsewhere = aLock({ at: aService('checkout', 'harbor-lab'), owner: THEIRS });
      await store.take(aLock(), NOW);
      expect(await store.take(elsewhere, NOW)).toBe('taken');
      expect(await store.load()).toHaveLength(2);
      expect(await store.load()).toEqual(expect.arrayContaining([aLock(), elsewhere]));
    });

    it.each<readonly [string, Partial<Lock>, number]>([
      ['prolongs the own lock of the same number', { expiresAt: EXPIRY + minutes(5) }, NOW],
      ['prolongs it when it has just expired and nobody has taken it', { expiresAt: EXPIRY + minutes(5) }, EXPIRY],
      ['gives an expired lock to another under a higher number', { owner: THEIRS, fence: 2 }, EXPIRY],
      ['gives it to the same plan under a higher number', { fence: 2 }, EXPIRY],
      ['lets numbers be left out', { owner: THEIRS, fence: 9 }, EXPIRY],
    ])('%s', async (_what, overrides, now) => {
      const store = await open();
      await store.take(aLock(), NOW);
      expect(await store.take(aLock(overrides), now)).toBe('taken');
      expect(await store.load()).toEqual([aLock(overrides)]);
    });

    it.each<readonly [string, Partial<Lock>, number]>([
      ["a living lock of another's", { owner: THEIRS, fence: 3 }, EXPIRY - 1],
      ["a living lock of another's under its number", { owner: THEIRS, fence: 2 }, NOW],
      ['the own living lock under a higher number', { fence: 3 }, EXPIRY - 1],
      ['an expired lock under its own number, for another', { owner: THEIRS, fence: 2 }, EXPIRY],
      ['an expired lock under a smaller number', { fence: 1 }, EXPIRY],
    ])('refuses %s, and changes nothing', async (_what, overrides, now) => {
      const store = await open();
      await store.take(aLock({ fence: 2 }), NOW);
      expect(await store.take(aLock(overrides), now)).toBe('refused');
      expect(await store.load()).toEqual([aLock({ fence: 2 })]);
    });

    it.each(['free', 'expired'])(
      'gives a lock that is %s to exactly one of ten plans at the same time',
      async (state) => {
        const store = await open();
        if (state === 'expired') await store.take(aLock(), NOW);
        // The cast is true enough for a test: the domain names plans itself.
        const racers = Array.from({ length: 10 }, (_, index) => aLock({ owner: `pln-${index}` as PlanId, fence: 2 }));
        const answers = await Promise.all(racers.map((racer) => store.take(racer, EXPIRY)));
        const winners = racers.filter((_, index) => answers[index] === 'taken');
        expect(winners).toHaveLength(1);
        expect(await store.load()).toEqual(winners);
      },
    );

    it('lets a lock that is given back expire at once, and remembers its number', async () => {
      const store = await open();
      await store.take(aLock({ fence: 7 }), NOW);
      await store.release({ at: aService(), fence: 7 }, NOW + 1);
      expect(await store.load()).toEqual([aLock({ fence: 7, expiresAt: NOW + 1 })]);
      expect(await store.take(aLock({ owner: THEIRS, fence: 7 }), NOW + 1)).toBe('refused');
      expect(await store.take(aLock({ owner: THEIRS, fence: 8 }), NOW + 1)).toBe('taken');
    });

    it.each<readonly [string, number, number]>([
      ['another number', 2, NOW],
      ['one that has expired already', 1, EXPIRY + 1],
    ])('does nothing when what is given back is %s', async (_what, fence, now) => {
      const store = await open();
      await store.take(aLock(), NOW);
      await store.release({ at: aService(), fence }, now);
      expect(await store.load()).toEqual([aLock()]);
    });

    it('does nothing when what is given back was never taken', async () => {
      const store = await open();
      await store.release({ at: aService(), fence: 1 }, NOW);
      expect(await store.load()).toEqual([]);
    });
  });
}

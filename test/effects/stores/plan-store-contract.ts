import { describe, expect, it } from 'vitest';
import type { Fingerprint } from '../../../shared/domain/incident.ts';
import { days, type Instant, minutes, seconds } from '../../../shared/domain/instant.ts';
import type { PlanId } from '../../../shared/domain/plan/plan.ts';
import { newPlanRecord, type PlanRecord, type PlanStore } from '../../../shared/domain/plan/plan-record.ts';
import { aPlan, DEADLINE, DELIVERED } from '../../support/plans.ts';

// The cast is true enough for a test: it has the shape that the domain gives fingerprints of notices.
const noticeOf = (name: string): Fingerprint => `notice#111122223333#eu-west-1#${name}|notice` as Fingerprint;

/** A plan that nobody has looked at yet. */
export const aRecord = (overrides: Partial<PlanRecord> = {}, notice = 'checkout'): PlanRecord => ({
  ...newPlanRecord(noticeOf(notice), DELIVERED),
  ...overrides,
});

/** The same when everything about it is over. */
function over(record: PlanRecord): PlanRecord {
  const { dueAt: _, ...rest } = record;
  return rest;
}

const ids = (records: readonly PlanRecord[]): readonly PlanId[] => records.map(({ id }) => id);

const full: PlanRecord = aRecord({
  plan: aPlan(),
  news: [{ kind: 'started', text: 'Grüße · 継続', audience: 'thread', n: 1, since: DELIVERED }],
  said: 1,
  outcomes: { 'task-1': { status: 'failed', because: 'It was not allowed.', retryable: false } },
  log: [{ at: DELIVERED, by: 'ada', text: 'approved' }],
});

/** What every plan store does, whatever it keeps the plans in. `open` gives an empty one that reads `clock`. */
export function describePlanStore(where: string, open: (clock: () => Instant) => Promise<PlanStore>): void {
  const opened = (now: Instant = DELIVERED) => open(() => now);

  describe(`a plan store in ${where}`, () => {
    it('knows nothing of what was never saved', async () => {
      const store = await opened();
      expect(await store.load(aRecord().id)).toBeUndefined();
      expect(await store.list()).toEqual([]);
    });

    it.each([
      ['a seed', aRecord()],
      ['a plan with everything in it', full],
      ['a plan that is over', over(full)],
    ])('gives back %s as it was, one version on', async (_what, record) => {
      const store = await opened();
      expect(await store.save(record, DELIVERED)).toBe('saved');
      expect(await store.load(record.id)).toEqual({ ...record, version: 1 });
    });

    it('leaves out undefined fields instead of failing on them', async () => {
      const store = await opened();
      // The cast makes what the types forbid and a careless spread still does.
      const record = { ...aRecord(), plan: undefined } as unknown as PlanRecord;
      await store.save(record, DELIVERED);
      expect(await store.load(record.id)).not.toHaveProperty('plan');
    });

    it('answers conflict and changes nothing when the version is not the stored one', async () => {
      const store = await opened();
      await store.save(aRecord(), DELIVERED);
      for (const version of [0, 2, 7]) {
        expect(await store.save(aRecord({ version, said: 99 }), DELIVERED)).toBe('conflict');
      }
      expect(await store.load(aRecord().id)).toEqual(aRecord({ version: 1 }));
    });

    it('answers conflict for a version of a plan that is not there', async () => {
      expect(await (await opened()).save(aRecord({ version: 3 }), DELIVERED)).toBe('conflict');
    });

    it.each([0, 1])('lets exactly one of ten concurrent saves at version %i win', async (version) => {
      const store = await opened();
      if (version === 1) await store.save(aRecord(), DELIVERED);
      const racers = Array.from({ length: 10 }, (_, racer) => aRecord({ version, said: 100 + racer }));
      const outcomes = await Promise.all(racers.map((racer) => store.save(racer, DELIVERED)));
      const winners = racers.filter((_, racer) => outcomes[racer] === 'saved');
      expect(winners).toHaveLength(1);
      expect(await store.load(aRecord().id)).toEqual({ ...winners[0], version: version + 1 });
    });

    it('hands out copies: changing one changes nothing stored', async () => {
      const store = await opened();
      await store.save(aRecord(), DELIVERED);
      Object.assign((await store.load(aRecord().id)) ?? {}, { said: 99 });
      expect(await store.load(aRecord().id)).toMatchObject({ said: 0 });
    });

    it('lists all plans, the newest first', async () => {
      const store = await opened();
      for (const late of [1, 3, 2])
        await store.save(aRecord({ madeAt: DELIVERED - days(late) }, `n${late}`), DELIVERED);
      await store.save(over(aRecord({}, 'n0')), DELIVERED);
      expect(ids(await store.list())).toEqual(['n0', 'n1', 'n2', 'n3'].map((name) => aRecord({}, name).id));
    });

    describe('expiry', () => {
      it.each<readonly [string, PlanRecord, Instant]>([
        ['90 days after the deadline', full, DEADLINE],
        ['90 days after the deadline, of one that is over before', over(full), DEADLINE],
        ['90 days after the last save, where nobody has looked yet', aRecord(), DELIVERED],
      ])('is %s', async (_when, record, last) => {
        const expiry = last + days(90);
        const before = await opened(expiry - seconds(1));
        await before.save(record, DELIVERED);
        expect(await before.load(record.id)).toBeDefined();
        const after = await opened(expiry);
        await after.save(record, DELIVERED);
        expect(await after.load(record.id)).toBeUndefined();
        expect(await after.list()).toEqual([]);
        expect(await after.loadDue(expiry, 10)).toEqual([]);
      });

      it('is put off by a save after the deadline', async () => {
        const store = await opened(DEADLINE + days(91));
        await store.save(full, DEADLINE + days(2));
        expect(await store.load(full.id)).toBeDefined();
      });

      it('makes room for a new plan of the same name, and not before', async () => {
        const expiry = DELIVERED + days(90);
        const store = await opened(expiry);
        await store.save(aRecord(), DELIVERED);
        expect(await store.save(aRecord({ said: 2 }), expiry - seconds(1))).toBe('conflict');
        expect(await store.save(aRecord({ said: 2 }), expiry)).toBe('saved');
        expect(await store.load(aRecord().id)).toMatchObject({ said: 2, version: 1 });
      });
    });

    describe('what is due', () => {
      it('comes with the longest due first, and what is due at this instant too', async () => {
        const store = await opened();
        for (const late of [2, 0, 3, -1, 1]) {
          await store.save(aRecord({ dueAt: DELIVERED - minutes(late) }, `late-${late}`), DELIVERED);
        }
        const named = (late: number): PlanId => aRecord({}, `late-${late}`).id;
        expect(ids(await store.loadDue(DELIVERED, 10))).toEqual([3, 2, 1, 0].map(named));
        expect(ids(await store.loadDue(DELIVERED, 2))).toEqual([3, 2].map(named));
      });

      it('is the whole plan, at the stored version', async () => {
        const store = await opened();
        await store.save(full, DELIVERED);
        expect(await store.loadDue(DELIVERED, 1)).toEqual([{ ...full, version: 1 }]);
      });

      it('is over once it is saved without a time, and later once it is saved with a later one', async () => {
        const store = await opened();
        await store.save(aRecord({}, 'a'), DELIVERED);
        await store.save(aRecord({}, 'b'), DELIVERED);
        await store.save(over(aRecord({ version: 1 }, 'a')), DELIVERED);
        await store.save(aRecord({ version: 1, dueAt: DELIVERED + minutes(15) }, 'b'), DELIVERED);
        expect(await store.loadDue(DELIVERED + minutes(14), 10)).toEqual([]);
        expect(await store.loadDue(DELIVERED + minutes(15), 10)).toHaveLength(1);
      });
    });
  });
}

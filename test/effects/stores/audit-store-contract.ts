import { describe, expect, it } from 'vitest';
import { type AuditEntry, type AuditStore, auditEntry } from '../../../shared/domain/chat/audit.ts';
import { days, type Instant } from '../../../shared/domain/instant.ts';

/** Sat 21 Nov 2026, 08:05 UTC. */
export const NOW = Date.UTC(2026, 10, 21, 8, 5);

export const anEntry = (overrides: Partial<Omit<AuditEntry, 'id'>> = {}): AuditEntry =>
  auditEntry({
    at: NOW,
    by: 'U0ADA',
    via: 'slack',
    action: 'approve',
    target: 'pln-4f0c2a9d1e',
    verdict: 'done',
    because: 'approved everything',
    ...overrides,
  });

/** What every audit store does, whatever it keeps the trail in. `open` gives an empty one. */
export function describeAuditStore(where: string, open: (clock: () => Instant) => Promise<AuditStore>): void {
  describe(`an audit store in ${where}`, () => {
    const opened = (): Promise<AuditStore> => open(() => NOW + days(1));

    it('can append and list, and nothing else', async () => {
      expect(Object.keys(await opened()).toSorted()).toEqual(['append', 'listAbout', 'listRecent']);
    });

    it('has nothing at first', async () => {
      const store = await opened();
      expect([await store.listAbout('harbor-prod'), await store.listRecent(10)]).toEqual([[], []]);
    });

    it('lists what was done to one target, the newest first, each as it was appended', async () => {
      const store = await opened();
      const first = anEntry({ hash: '8e2b71c0aa', team: 'T0HOME', channel: 'C0OPS' });
      const second = anEntry({ at: NOW + 1, verdict: 'refused', because: 'You do not have the right approve.' });
      const other = anEntry({ at: NOW + 2, target: 'pln-4f0c2a9d1e9' });
      for (const entry of [second, other, first]) await store.append(entry);
      expect(await store.listAbout('pln-4f0c2a9d1e')).toEqual([second, first]);
      expect(await store.listRecent(10)).toEqual([other, second, first]);
    });

    it('lists as many as are wanted, and at most a hundred', async () => {
      const store = await opened();
      const all = Array.from({ length: 103 }, (_, index) => anEntry({ at: NOW + index }));
      for (const entry of all) await store.append(entry);
      const newest = all.toReversed();
      expect(await store.listAbout('pln-4f0c2a9d1e', 2)).toEqual(newest.slice(0, 2));
      expect(await store.listRecent(3)).toEqual(newest.slice(0, 3));
      expect(await store.listAbout('pln-4f0c2a9d1e')).toEqual(newest.slice(0, 100));
      expect(await store.listRecent(1_000)).toEqual(newest.slice(0, 100));
    });

    it('takes the same entry once, and never another in its place', async () => {
      const store = await opened();
      const entry = anEntry();
      await store.append(entry);
      await store.append(entry);
      await store.append({ ...entry, by: 'U0EVE', because: 'it was somebody else' });
      expect(await store.listAbout(entry.target)).toEqual([entry]);
    });

    it('tells two things apart that happened in one instant', async () => {
      const store = await opened();
      await store.append(anEntry());
      await store.append(anEntry({ by: 'U0BOB' }));
      expect(await store.listAbout('pln-4f0c2a9d1e')).toHaveLength(2);
    });

    it('keeps entries for 400 days', async () => {
      let now = NOW + days(400) - 1_000;
      const store = await open(() => now);
      await store.append(anEntry());
      expect(await store.listRecent(10)).toHaveLength(1);
      now += 1_000;
      expect([await store.listRecent(10), await store.listAbout('pln-4f0c2a9d1e')]).toEqual([[], []]);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { type Announcement, type Content, claim, mark, untold } from '../../../shared/domain/announcement.ts';
import type { Destination } from '../../../shared/domain/destination.ts';
import { archiveFingerprint, incidentFingerprint } from '../../../shared/domain/fingerprint.ts';
import type { Fingerprint, Incident } from '../../../shared/domain/incident.ts';
import { days, type Instant, minutes, seconds } from '../../../shared/domain/instant.ts';
import type { RecordStore } from '../../../shared/domain/store.ts';
import type { Subject } from '../../../shared/domain/subject.ts';
import { aNotice, anIncident, CLUSTER, SEEN_AT } from '../../support/records.ts';

const OPS: Destination = { kind: 'slack-channel', channel: 'C0OPS' };

// The cast is true enough for a test: it has the shape that the domain gives fingerprints.
const named = (name: string): Fingerprint => `service#${name}|incident#app/exited-nonzero` as Fingerprint;

/** An incident that has to be told at `instant`. */
const dueAt = (instant: Instant, overrides: Partial<Incident> = {}): Incident =>
  anIncident({ announcements: [untold(OPS, instant)], ...overrides });

const CONTENT: Content = { revision: 1, timeline: [], isFinal: false };

const names = (records: readonly { readonly fingerprint: Fingerprint }[]) =>
  records.map(({ fingerprint }) => fingerprint);

const told: Announcement = {
  status: 'told',
  destination: OPS,
  revision: 1,
  said: 0,
  at: SEEN_AT,
  attempts: 0,
  notBefore: SEEN_AT,
  receipt: { channel: 'C0OPS', ts: '1.2' },
};

/** What every record store does, whatever it keeps the records in. `open` gives an empty one that reads `clock`. */
export function describeRecordStore(where: string, open: (clock: () => Instant) => Promise<RecordStore>): void {
  const opened = (now: Instant = SEEN_AT) => open(() => now);

  describe(`a record store in ${where}`, () => {
    it('knows nothing of what was never saved', async () => {
      const store = await opened();
      expect(await store.load(named('checkout'))).toBeUndefined();
    });

    it.each([
      ['an incident', anIncident({ announcements: [told, untold(OPS, SEEN_AT)] })],
      ['a notice', aNotice()],
      ['an incident with a fingerprint that has a bar in its first half', anIncident({ fingerprint: named('a|b') })],
    ])('gives back %s as it was, one version on', async (_what, record) => {
      const store = await opened();
      expect(await store.save(record, SEEN_AT)).toBe('saved');
      expect(await store.load(record.fingerprint)).toEqual({ ...record, version: 1 });
    });

    it('leaves out undefined fields instead of failing on them', async () => {
      const store = await opened();
      // The cast makes what the types forbid and a careless spread still does.
      const record = { ...anIncident(), silence: undefined } as unknown as Incident;
      await store.save(record, SEEN_AT);
      expect(await store.load(record.fingerprint)).not.toHaveProperty('silence');
    });

    it('keeps records of one partition apart by their sort key', async () => {
      const store = await opened();
      const oom = anIncident();
      const exited = anIncident({
        // The cast is true enough for a test: another cause of the same service.
        fingerprint: oom.fingerprint.replace('memory/container-oom', 'app/exited-nonzero') as Fingerprint,
        occurrences: 7,
      });
      await store.save(oom, SEEN_AT);
      await store.save(exited, SEEN_AT);
      expect(await store.load(oom.fingerprint)).toMatchObject({ occurrences: 1 });
      expect(await store.load(exited.fingerprint)).toMatchObject({ occurrences: 7 });
    });

    it('answers conflict and changes nothing when the version is not the stored one', async () => {
      const store = await opened();
      await store.save(anIncident(), SEEN_AT);
      for (const version of [0, 2, 7]) {
        expect(await store.save(anIncident({ version, occurrences: 99 }), SEEN_AT)).toBe('conflict');
      }
      expect(await store.load(anIncident().fingerprint)).toEqual(anIncident({ version: 1 }));
    });

    it('answers conflict for a version of a record that is not there', async () => {
      const store = await opened();
      expect(await store.save(anIncident({ version: 3 }), SEEN_AT)).toBe('conflict');
    });

    it.each([0, 1])('lets exactly one of twenty concurrent saves at version %i win', async (version) => {
      const store = await opened();
      if (version === 1) await store.save(anIncident(), SEEN_AT);
      const racers = Array.from({ length: 20 }, (_, racer) => anIncident({ version, occurrences: 100 + racer }));
      const outcomes = await Promise.all(racers.map((racer) => store.save(racer, SEEN_AT)));
      const winners = racers.filter((_, racer) => outcomes[racer] === 'saved');
      expect(winners).toHaveLength(1);
      expect(await store.load(anIncident().fingerprint)).toEqual({ ...winners[0], version: version + 1 });
    });

    it('hands out copies: changing one changes nothing stored', async () => {
      const store = await opened();
      await store.save(anIncident(), SEEN_AT);
      const copy = await store.load(anIncident().fingerprint);
      Object.assign(copy ?? {}, { occurrences: 99 });
      expect(await store.load(anIncident().fingerprint)).toMatchObject({ occurrences: 1 });
    });

    describe('expiry, 30 days after a record was last seen', () => {
      const { fingerprint } = anIncident();
      const expiry = SEEN_AT + days(30);

      it('has the record until the last second', async () => {
        const store = await opened(expiry - seconds(1));
        await store.save(anIncident(), SEEN_AT);
        expect(await store.load(fingerprint)).toBeDefined();
      });

      it('calls the record absent from then on, and lets a new one take its place', async () => {
        const store = await opened(expiry);
        await store.save(dueAt(SEEN_AT), SEEN_AT);
        expect(await store.load(fingerprint)).toBeUndefined();
        expect(await store.loadDue(expiry, 10)).toEqual([]);
        expect(await store.save(anIncident({ lastSeen: expiry, occurrences: 2 }), expiry)).toBe('saved');
        expect(await store.load(fingerprint)).toMatchObject({ occurrences: 2, version: 1 });
      });

      it('does not let a new record take the place of a living one', async () => {
        const store = await opened();
        await store.save(anIncident(), SEEN_AT);
        expect(await store.save(anIncident(), expiry - seconds(1))).toBe('conflict');
      });

      it('saves what was loaded just before the record expired', async () => {
        const store = await opened(expiry);
        await store.save(anIncident(), SEEN_AT);
        expect(await store.save(anIncident({ version: 1, lastSeen: expiry }), expiry)).toBe('saved');
        expect(await store.load(fingerprint)).toMatchObject({ version: 2 });
      });
    });

    describe('what is about one subject', () => {
      const checkout: Subject = { kind: 'service', at: CLUSTER, service: 'checkout' };
      const about = (subject: Subject, cause: 'app/exited-nonzero' | 'image/not-found', lastSeen = SEEN_AT): Incident =>
        anIncident({ subject, fingerprint: incidentFingerprint(subject, cause), lastSeen });

      it('comes whole, the last seen first, the failed deployment of a service with its tasks', async () => {
        const store = await opened();
        const deployment: Subject = { ...checkout, kind: 'deployment' };
        const records = [
          about(checkout, 'app/exited-nonzero', SEEN_AT - minutes(5)),
          about(deployment, 'image/not-found', SEEN_AT),
          about(checkout, 'image/not-found', SEEN_AT - minutes(1)),
        ];
        for (const record of records) await store.save(record, SEEN_AT);
        const newestFirst = records.toSorted((a, b) => b.lastSeen - a.lastSeen);
        expect(await store.loadAbout(checkout)).toEqual(newestFirst.map((record) => ({ ...record, version: 1 })));
        expect(await store.loadAbout(deployment)).toEqual(await store.loadAbout(checkout));
      });

      it('is nothing of another service, another cluster, or a task family of the same name', async () => {
        const store = await opened();
        await store.save(about({ kind: 'family', at: CLUSTER, family: 'checkout' }, 'app/exited-nonzero'), SEEN_AT);
        await store.save(about({ ...checkout, service: 'checkout-2' }, 'app/exited-nonzero'), SEEN_AT);
        await store.save(
          about({ ...checkout, at: { ...CLUSTER, cluster: 'harbor-edge' } }, 'app/exited-nonzero'),
          SEEN_AT,
        );
        expect(await store.loadAbout(checkout)).toEqual([]);
      });

      it('is not what another one took the place of', async () => {
        const store = await opened();
        const record = about(checkout, 'app/exited-nonzero');
        await store.save({ ...record, fingerprint: archiveFingerprint(record.fingerprint, record.id) }, SEEN_AT);
        expect(await store.loadAbout(checkout)).toEqual([]);
        expect(await store.load(archiveFingerprint(record.fingerprint, record.id))).toMatchObject({ id: record.id });
      });

      it('is nothing that has expired', async () => {
        const store = await opened(SEEN_AT + days(30));
        await store.save(about(checkout, 'app/exited-nonzero'), SEEN_AT);
        expect(await store.loadAbout(checkout)).toEqual([]);
      });
    });

    describe('many records at once', () => {
      it('come all, however many, without those that are not there or have expired', async () => {
        const store = await opened();
        const saved = Array.from({ length: 130 }, (_, index) => named(`service-${index}`));
        for (const fingerprint of saved) await store.save(anIncident({ fingerprint }), SEEN_AT);
        const old = named('long-gone');
        await store.save(anIncident({ fingerprint: old, lastSeen: SEEN_AT - days(40) }), SEEN_AT);
        const loaded = await store.loadMany([...saved, old, named('never')]);
        expect(names(loaded).toSorted()).toEqual(saved.toSorted());
      });

      it('come once, however often one is asked for', async () => {
        const store = await opened();
        await store.save(anIncident(), SEEN_AT);
        const { fingerprint } = anIncident();
        expect(names(await store.loadMany([fingerprint, named('never'), fingerprint]))).toEqual([fingerprint]);
      });

      it('are none when none is asked for', async () => {
        expect(await (await opened()).loadMany([])).toEqual([]);
      });
    });

    describe('what is due', () => {
      it('comes with the longest due first, and what is due at this instant too', async () => {
        const store = await opened();
        for (const late of [2, 0, 3, -1, 1]) {
          await store.save(dueAt(SEEN_AT - minutes(late), { fingerprint: named(`late-${late}`) }), SEEN_AT);
        }
        const due = await store.loadDue(SEEN_AT, 10);
        expect(names(due)).toEqual([named('late-3'), named('late-2'), named('late-1'), named('late-0')]);
        expect(names(await store.loadDue(SEEN_AT, 2))).toEqual([named('late-3'), named('late-2')]);
      });

      it('is the whole record, at the stored version', async () => {
        const store = await opened();
        await store.save(dueAt(SEEN_AT), SEEN_AT);
        expect(await store.loadDue(SEEN_AT, 1)).toEqual([{ ...dueAt(SEEN_AT), version: 1 }]);
      });

      it.each<readonly [string, readonly Announcement[], number]>([
        ['nobody has to be told', [], 1],
        ['everybody knows the newest revision', [told], 1],
        ['a claim still runs', claim([untold(OPS, SEEN_AT)], CONTENT, SEEN_AT, SEEN_AT + minutes(1)), 1],
        ['it was given up', mark([told], refusal, SEEN_AT), 2],
      ])('is nothing while %s', async (_why, announcements, revision) => {
        const store = await opened();
        await store.save(anIncident({ announcements, revision }), SEEN_AT);
        expect(await store.loadDue(SEEN_AT, 10)).toEqual([]);
      });

      it.each<readonly [string, readonly Announcement[], number]>([
        ['a message shows an older revision', [told], 2],
        ['a claim has run out', claim([untold(OPS, SEEN_AT)], CONTENT, SEEN_AT, SEEN_AT + minutes(1)), 1],
      ])('is a record of which %s', async (_why, announcements, revision) => {
        const store = await opened();
        await store.save(anIncident({ announcements, revision }), SEEN_AT);
        expect(await store.loadDue(SEEN_AT + minutes(1), 10)).toHaveLength(1);
      });

      it('is a record that time closes, at the time it says', async () => {
        const store = await opened();
        await store.save(anIncident({ wakeAt: SEEN_AT + minutes(5) }), SEEN_AT);
        expect(await store.loadDue(SEEN_AT + minutes(4), 10)).toEqual([]);
        expect(await store.loadDue(SEEN_AT + minutes(5), 10)).toHaveLength(1);
      });

      it('is over once the record is saved as told', async () => {
        const store = await opened();
        await store.save(dueAt(SEEN_AT), SEEN_AT);
        await store.save(anIncident({ version: 1, announcements: [told] }), SEEN_AT);
        expect(await store.loadDue(SEEN_AT + days(1), 10)).toEqual([]);
      });
    });
  });
}

const refusal = {
  destination: OPS,
  step: 'post',
  content: CONTENT,
  delivery: { status: 'refused', failure: 'is_archived' },
} as const;

import { INCIDENTS, recordKey, subjectPartition } from '../../domain/fingerprint.ts';
import type { AnnouncedRecord, Fingerprint } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RecordStore } from '../../domain/store.ts';
import { dueFirst } from './due-first.ts';
import { isExpired, itemOf, type RecordItem } from './record-item.ts';

/** The record store in memory, for replay and tests; it keeps the same contract as the table, by the same tests. */
export function createMemoryRecordStore({ clock }: { readonly clock: () => Instant }): RecordStore {
  const items = new Map<Fingerprint, RecordItem>();

  const living = (fingerprint: Fingerprint, now: Instant): AnnouncedRecord | undefined => {
    const item = items.get(fingerprint);
    return item === undefined || isExpired(item, now) ? undefined : structuredClone(item.record);
  };

  return {
    load: async (fingerprint) => living(fingerprint, clock()),

    save: async (record, now) => {
      const stored = items.get(record.fingerprint);
      const isFree = stored === undefined || isExpired(stored, now);
      const matches = record.version === 0 ? isFree : stored?.version === record.version;
      if (!matches) return 'conflict';
      items.set(record.fingerprint, stripped(itemOf(record)));
      return 'saved';
    },

    loadDue: async (now, limit) => {
      const due = [...items].filter(([, item]) => item.dueAt !== undefined && item.dueAt <= now);
      const records = due.flatMap(([fingerprint]) => living(fingerprint, now) ?? []);
      return dueFirst(records, now).slice(0, limit);
    },

    loadMany: async (fingerprints) =>
      [...new Set(fingerprints)].flatMap((fingerprint) => living(fingerprint, clock()) ?? []),

    loadAbout: async (subject) => {
      const partition = subjectPartition(subject);
      const records = [...items.keys()].flatMap((fingerprint) => {
        const key = recordKey(fingerprint);
        const isAbout = key.partition === partition && key.sort.startsWith(INCIDENTS);
        return isAbout ? (living(fingerprint, clock()) ?? []) : [];
      });
      return records.filter((record) => record.kind === 'incident').sort((a, b) => b.lastSeen - a.lastSeen);
    },
  };
}

/** A copy without undefined fields, as the table stores it. True because an item is plain JSON data. */
const stripped = (item: RecordItem): RecordItem => JSON.parse(JSON.stringify(item)) as RecordItem;

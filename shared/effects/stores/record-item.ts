import { recordKey } from '../../domain/fingerprint.ts';
import type { AnnouncedRecord, Fingerprint } from '../../domain/incident.ts';
import { days, type Instant, minutes, seconds } from '../../domain/instant.ts';
import { dueAt } from './due-first.ts';

/** How long a record is kept after it was last seen, and a notice after what it announces begins. */
const RETENTION = days(30);

/** The sparse index of what is due; its partition key has this one value. */
export const DUE_INDEX = 'due';
export const DUE = 'due';

/** A record as the table holds it. */
export interface RecordItem {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly record: AnnouncedRecord;
  /** Epoch seconds, because DynamoDB's TTL wants them. */
  readonly expiresAt: number;
  /** Present only while something has to be told: whatever lacks these is not in the index. */
  readonly dueKey?: typeof DUE;
  /** Epoch milliseconds, the beginning of the minute: the record itself says whether it is due yet. */
  readonly dueAt?: Instant;
}

/** The table's primary key of a record. */
export function itemKey(fingerprint: Fingerprint): { readonly pk: string; readonly sk: string } {
  const { partition, sort } = recordKey(fingerprint);
  return { pk: partition, sk: sort };
}

/**
 * The reconciler looks once a minute, and an entry of the index that moves costs two writes: within the minute it stays.
 */
const minuteOf = (instant: Instant): Instant => instant - (instant % minutes(1));

/** The item that saving `record` puts in place of the version it states. */
export function itemOf(record: AnnouncedRecord): RecordItem {
  const due = dueAt(record);
  const version = record.version + 1;
  return {
    ...itemKey(record.fingerprint),
    version,
    record: { ...record, version },
    expiresAt: epochSeconds(lastOf(record) + RETENTION),
    ...(due !== undefined && { dueKey: DUE, dueAt: minuteOf(due) }),
  };
}

/**
 * TTL deletes "within a few days" and an expired item can be read until then, so expiry is decided here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export const isExpired = (item: RecordItem, now: Instant): boolean => item.expiresAt <= epochSeconds(now);

export const epochSeconds = (instant: Instant): number => Math.floor(instant / seconds(1));

/** A notice is of use until what it announces is over, however long ago AWS sent it. */
const lastOf = (record: AnnouncedRecord): Instant =>
  record.kind === 'notice' ? Math.max(record.lastSeen, record.startsAt ?? 0) : record.lastSeen;

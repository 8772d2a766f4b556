import type { AuditEntry } from '../../domain/chat/audit.ts';
import { days, type Instant } from '../../domain/instant.ts';
import { epochSeconds } from './record-item.ts';

/** Entries have a partition of their own in the sparse index, in the order of time; nothing ever takes them for due. */
export const AUDIT = 'audit';

/** A year, and the month in which somebody looks back at it. */
const RETENTION = days(400);

/** An entry as the table holds it: everything about one target shares a partition, in the order of time. */
export interface AuditItem {
  readonly pk: string;
  readonly sk: string;
  readonly entry: AuditEntry;
  readonly dueKey: typeof AUDIT;
  /** Epoch milliseconds: when it happened. */
  readonly dueAt: Instant;
  /** Epoch seconds, because DynamoDB's TTL wants them. */
  readonly expiresAt: number;
}

export const auditPartition = (target: string): string => `${AUDIT}#${target}`;

export const auditItemOf = (entry: AuditEntry): AuditItem => ({
  pk: auditPartition(entry.target),
  sk: `${new Date(entry.at).toISOString()}#${entry.id}`,
  entry,
  dueKey: AUDIT,
  dueAt: entry.at,
  expiresAt: epochSeconds(entry.at + RETENTION),
});

/** The entries of items that have not expired, the newest first. TTL deletes some days late. */
export const entriesOf = (items: readonly AuditItem[], now: Instant): readonly AuditEntry[] =>
  items
    .filter(({ expiresAt }) => expiresAt > epochSeconds(now))
    .map(({ entry }) => entry)
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));

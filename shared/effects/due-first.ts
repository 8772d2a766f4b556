import { nextDue } from '../domain/announcement.ts';
import type { AnnouncedRecord } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';

const dueAt = (record: AnnouncedRecord): Instant => nextDue(record.announcements, record.revision) ?? Infinity;

/** Those that are due at `now`, the longest due first. */
export const dueFirst = (records: readonly AnnouncedRecord[], now: Instant): readonly AnnouncedRecord[] =>
  records.filter((record) => dueAt(record) <= now).sort((a, b) => dueAt(a) - dueAt(b));

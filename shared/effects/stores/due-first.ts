import { nextDue } from '../../domain/announcement.ts';
import { contentOf } from '../../domain/content.ts';
import type { AnnouncedRecord } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';

/** When something is to be told of a record or to happen to it, or `undefined` when nothing is. */
export function dueAt(record: AnnouncedRecord): Instant | undefined {
  const told = nextDue(record.announcements, contentOf(record)) ?? Number.POSITIVE_INFINITY;
  const due = Math.min(told, record.wakeAt ?? Number.POSITIVE_INFINITY);
  return due === Number.POSITIVE_INFINITY ? undefined : due;
}

/** Those that are due at `now`, the longest due first. */
export function dueFirst(records: readonly AnnouncedRecord[], now: Instant): readonly AnnouncedRecord[] {
  const due = records.flatMap((record) => {
    const at = dueAt(record);
    return at === undefined || at > now ? [] : [{ record, at }];
  });
  return due.sort((a, b) => a.at - b.at).map(({ record }) => record);
}

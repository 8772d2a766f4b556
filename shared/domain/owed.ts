import type { Announcement } from './announcement.ts';
import type { AnnouncedRecord } from './incident.ts';
import type { Instant } from './instant.ts';
import { saidSince } from './timeline.ts';

/**
 * Since when somebody should know something of the record and does not, because a destination did not take it.
 * `undefined` when nobody waits; what quiet hours put off was not tried yet and does not count.
 */
export function owedSince(record: AnnouncedRecord): Instant | undefined {
  const waiting = record.announcements.filter(isWaiting);
  const since = waiting.flatMap(
    (announcement) => saidSince(record.timeline, announcement.status === 'told' ? announcement.said : 0)[0]?.at ?? [],
  );
  return since.length === 0 ? undefined : Math.min(...since);
}

const isWaiting = ({ status, attempts }: Announcement): boolean =>
  attempts > 0 && (status === 'untold' || status === 'claimed' || status === 'told');

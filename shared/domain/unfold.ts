import { type Announcement, unfolded } from './announcement.ts';
import type { Digest } from './digest.ts';
import type { AnnouncedRecord, Fingerprint, Incident, RecordId } from './incident.ts';
import type { Instant } from './instant.ts';

/** The open problems that a digest tells in place of a message each; `records` are those of its entries as they are now. */
export function foldedInto(digest: Digest, records: readonly AnnouncedRecord[]): readonly Incident[] {
  const listed = new Set(digest.entries.map(({ id }) => id));
  return records
    .filter((record) => record.kind === 'incident')
    .filter(({ id, state }) => state.status === 'open' && listed.has(id))
    .filter(({ announcements }) => announcements.some((announcement) => isIn(announcement, digest.fingerprint)));
}

/**
 * The digest once the problems named `ids` get a message each: asked about one of them, it lets it pass. The same digest
 * when it did so before. Saved before the problems themselves, which would be folded again otherwise.
 */
export function unfoldDigest(digest: Digest, ids: ReadonlySet<RecordId>): Digest {
  const isNews = digest.entries.some(({ id, hasOwnMessage }) => ids.has(id) && !hasOwnMessage);
  if (!isNews) return digest;
  const entries = digest.entries.map((entry) => (ids.has(entry.id) ? { ...entry, hasOwnMessage: true } : entry));
  return { ...digest, entries, revision: digest.revision + 1 };
}

/**
 * The incident with a message owed from `now` on where `digest` told it; the same incident where it did not. What is over
 * needs no message any more.
 */
export function unfoldIncident(incident: Incident, digest: Fingerprint, now: Instant): Incident | 'resolved' {
  if (incident.state.status === 'resolved') return 'resolved';
  if (!incident.announcements.some((announcement) => isIn(announcement, digest))) return incident;
  const announcements = incident.announcements.map((announcement) =>
    isIn(announcement, digest) ? unfolded(announcement, now) : announcement,
  );
  return { ...incident, announcements };
}

const isIn = (announcement: Announcement, digest: Fingerprint): boolean =>
  announcement.status === 'folded' && announcement.digest === digest;

import type { AnnouncedRecord, Fingerprint, Subject } from './incident.ts';
import type { Instant } from './instant.ts';

/**
 * Keeps records. `save` is conditional: it stores `record` with version + 1 only if the stored version is still
 * `record.version` (0 for a new record), and otherwise answers `conflict` and changes nothing.
 */
export interface RecordStore {
  readonly load: (fingerprint: Fingerprint) => Promise<AnnouncedRecord | undefined>;
  readonly save: (record: AnnouncedRecord, now: Instant) => Promise<'saved' | 'conflict'>;
  /** Records with an announcement due at or before `now`, the longest due first. */
  readonly loadDue: (now: Instant, limit: number) => Promise<readonly AnnouncedRecord[]>;
  /** Everything recorded about one subject, the last seen first; a service and its deployments are one. */
  readonly loadAbout: (subject: Subject) => Promise<readonly AnnouncedRecord[]>;
}

import type { AnnouncedRecord, Fingerprint, Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Subject } from './subject.ts';

/**
 * Keeps records. `save` is conditional: it stores `record` with version + 1 only if the stored version is still
 * `record.version` (0 for a new record), and otherwise answers `conflict` and changes nothing.
 */
export interface RecordStore {
  readonly load: (fingerprint: Fingerprint) => Promise<AnnouncedRecord | undefined>;
  readonly save: (record: AnnouncedRecord, now: Instant) => Promise<'saved' | 'conflict'>;
  /** The records that there are, in any order. */
  readonly loadMany: (fingerprints: readonly Fingerprint[]) => Promise<readonly AnnouncedRecord[]>;
  /** Records with something to tell or to close at or before `now`, the longest due first. */
  readonly loadDue: (now: Instant, limit: number) => Promise<readonly AnnouncedRecord[]>;
  /**
   * The incidents of one subject, one for each cause, the last seen first; a service and its deployments are one. Those
   * whose place another took are not among them.
   */
  readonly loadAbout: (subject: Subject) => Promise<readonly Incident[]>;
}

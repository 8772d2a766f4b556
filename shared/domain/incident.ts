import type { Announcement } from './announcement.ts';
import type { Brand } from './brand.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Instant } from './instant.ts';
import type { ClusterRef, Place } from './place.ts';
import type { QuietReason } from './reasons.ts';
import type { Severity } from './severity.ts';
import type { AffectedEntity } from './signal.ts';

/** Names one problem: what it is about and its cause. The same problem always has the same fingerprint. */
export type Fingerprint = Brand<string, 'Fingerprint'>;

/** Short public name of a record, shown in messages: `inc-4f0c2a9d1e`, `ntc-…`. */
export type RecordId = Brand<string, 'RecordId'>;

/** What an incident is about. */
export type Subject =
  | { readonly kind: 'service'; readonly at: ClusterRef; readonly service: string }
  /** Tasks without a service share the incident of their task definition family. */
  | { readonly kind: 'family'; readonly at: ClusterRef; readonly family: string }
  | { readonly kind: 'deployment'; readonly at: ClusterRef; readonly service: string };

/** `harbor-prod/checkout`. */
export const describeSubject = (subject: Subject): string =>
  `${subject.at.cluster}/${subject.kind === 'family' ? subject.family : subject.service}`;

/** What a message says beside the diagnosis; bounded, so that the record stays a few kilobytes. */
export interface Details {
  readonly taskDefinition?: string;
  readonly image?: string;
  readonly imageDigest?: string;
  readonly launchType?: string;
  readonly availabilityZone?: string;
  readonly stopCode?: string;
  /** ECS's own words, redacted and cut visibly. */
  readonly stoppedReason?: string;
  readonly container?: string;
  readonly containerReason?: string;
  readonly exitCode?: number;
  readonly latestTaskId?: string;
  readonly startedBy?: string;
  /** The deployment that failed, or that the task belonged to. */
  readonly deploymentId?: string;
  /** ECS returns, or has returned, to an earlier deployment. */
  readonly rollback?: { readonly phase: 'in-progress' | 'completed'; readonly deploymentId?: string };
  readonly desired?: number;
  readonly running?: number;
  readonly cpu?: number;
  readonly memory?: number;
  readonly log?: {
    readonly group: string;
    readonly stream: string;
    readonly region: string;
    readonly lines: readonly string[];
  };
  /** The task definition that serves now, beside the one that failed. */
  readonly servingTaskDefinition?: string;
  /** What the deployment changed against the last revision that worked. */
  readonly change?: { readonly from: string; readonly to: string; readonly differences: readonly string[] };
  /** Tasks that failed, and how many ECS lets fail before it gives up. */
  readonly circuitBreaker?: { readonly failures: number; readonly threshold: number };
  /** Who started the deployment: `deploy-bot (session ci-4711), by UpdateService`. */
  readonly actor?: string;
  /** The last service events, newest first. */
  readonly serviceEvents?: readonly string[];
  /** What could not be read, in sentences. */
  readonly missing: readonly string[];
}

interface Recorded {
  readonly id: RecordId;
  readonly fingerprint: Fingerprint;
  readonly severity: Severity;
  /** Counts changes of what a reader would see; a message that shows an older revision is edited. */
  readonly revision: number;
  /** Counts saves; a save states the version it changes. 0 was never saved. */
  readonly version: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** Keys of the observations counted, newest last, bounded; a repeated one changes nothing. */
  readonly observed: readonly string[];
  readonly announcements: readonly Announcement[];
  /** Why nobody is told, where that was decided when the record was opened. */
  readonly silence?: QuietReason;
}

/** One problem of one subject, however many tasks it stops. */
export interface Incident extends Recorded {
  readonly kind: 'incident';
  readonly status: 'open';
  readonly subject: Subject;
  readonly diagnosis: Diagnosis;
  /** Distinct stops or failures seen. */
  readonly occurrences: number;
  /** Of the newest observation; what it does not say is kept from the older ones. */
  readonly details: Details;
  readonly latestKey: string;
}

/** One AWS Health notice about ECS, all its pages and updates together. */
export interface Notice extends Recorded {
  readonly kind: 'notice';
  readonly typeCode: string;
  readonly category: string;
  readonly phase?: string;
  readonly affected: Place;
  readonly eventArn: string;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
  readonly description: string;
  readonly pages: { readonly seen: readonly number[]; readonly total: number };
  readonly entities: readonly AffectedEntity[];
  readonly isTruncated: boolean;
}

export type AnnouncedRecord = Incident | Notice;

/** Where a record is stored: everything about one subject shares the partition, so it is loaded with one query. */
export interface RecordKey {
  readonly partition: string;
  readonly sort: string;
}

/** How many observation keys a record remembers; about 2 KB of task ids. */
export const OBSERVED_LIMIT = 50;

import type { CauseId } from './diagnosis/causes.ts';
import type { Fingerprint, RecordId, RecordKey, Subject } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Place } from './place.ts';
import { shortHash } from './short-hash.ts';

/**
 * The problem's name: the subject it belongs to, then the cause. A service has one place for its failed deployment,
 * whatever the cause, because a deployment reports under two detail-types, one of them without the deployment's id.
 */
export function incidentFingerprint(subject: Subject, cause: CauseId): Fingerprint {
  const sort = subject.kind === 'deployment' ? 'incident#deployment' : `incident#${cause}`;
  return join(subjectPartition(subject), sort);
}

/** All pages, updates and copies of a notice share its ARN; in an organisation the ARN repeats per account. */
export const noticeFingerprint = (affected: Place, eventArn: string): Fingerprint =>
  join(`notice#${affected.account}#${affected.region}#${eventArn}`, 'notice');

/** The keys a record is stored under: everything about one service shares a partition. */
export function recordKey(fingerprint: Fingerprint): RecordKey {
  const cut = fingerprint.lastIndexOf('|');
  return { partition: fingerprint.slice(0, cut), sort: fingerprint.slice(cut + 1) };
}

/** Names one opening of a problem, so that next month's incident of the same fingerprint has another name. */
// The cast is true by construction: this is the only place that makes record ids.
export const recordId = (prefix: 'inc' | 'ntc', fingerprint: Fingerprint, opened: Instant): RecordId =>
  `${prefix}-${shortHash(`${fingerprint}@${opened}`)}` as RecordId;

/** What the fingerprints of everything about one subject have in common: the partition of their keys. */
export function subjectPartition(subject: Subject): string {
  const { account, region, cluster } = subject.at;
  const name = subject.kind === 'family' ? `family#${subject.family}` : `service#${subject.service}`;
  return `${account}#${region}#${cluster}#${name}`;
}

// The cast is true by construction: this is the only place that makes fingerprints.
const join = (partition: string, sort: string): Fingerprint => `${partition}|${sort}` as Fingerprint;

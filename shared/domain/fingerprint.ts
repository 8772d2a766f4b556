import type { CauseId } from './diagnosis/causes.ts';
import type { Fingerprint, RecordId, RecordKey } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Place } from './place.ts';
import { shortHash } from './short-hash.ts';
import type { Subject } from './subject.ts';

/**
 * The problem's name: the subject it belongs to, then the cause. A service has one place for its failed deployment,
 * whatever the cause, because a deployment reports under two detail-types, one of them without the deployment's id; and
 * an instance that is lost is one problem, whatever each of its tasks says.
 */
export function incidentFingerprint(subject: Subject, cause: CauseId): Fingerprint {
  const hasOnePlace = subject.kind === 'deployment' || subject.kind === 'host';
  return join(subjectPartition(subject), `${INCIDENTS}${hasOnePlace ? subject.kind : cause}`);
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
export const recordId = (prefix: 'inc' | 'ntc' | 'dig', fingerprint: Fingerprint, opened: Instant): RecordId =>
  `${prefix}-${shortHash(`${fingerprint}@${opened}`)}` as RecordId;

/** How the sort keys of all incidents begin. */
export const INCIDENTS = 'incident#';

/** Where the digest of one destination is kept. */
export const digestFingerprint = (destination: string): Fingerprint => join(`digest#${destination}`, 'digest');

/** Where a record is kept once another takes its place: under its own name, away from what is loaded for its subject. */
export const archiveFingerprint = (fingerprint: Fingerprint, id: RecordId): Fingerprint =>
  join(recordKey(fingerprint).partition, `closed#${id}`);

/** What the fingerprints of everything about one subject have in common: the partition of their keys. */
export function subjectPartition({ at, ...subject }: Subject): string {
  const place = at.cluster === undefined ? [at.account, at.region] : [at.account, at.region, at.cluster];
  return [...place, nameOf(subject)].join('#');
}

type Named<Union> = Union extends unknown ? Omit<Union, 'at'> : never;

function nameOf(subject: Named<Subject>): string {
  switch (subject.kind) {
    case 'family':
      return `family#${subject.family}`;
    case 'service':
    case 'deployment':
      return `service#${subject.service}`;
    case 'host':
      return `host#${subject.host}`;
    case 'capacity':
      return `capacity#${subject.provider}`;
  }
}

// The cast is true by construction: this is the only place that makes fingerprints.
const join = (partition: string, sort: string): Fingerprint => `${partition}|${sort}` as Fingerprint;

import { destinationKey } from '../../shared/domain/destination.ts';
import type { Digest, DigestEntry } from '../../shared/domain/digest.ts';
import { digestFingerprint } from '../../shared/domain/fingerprint.ts';
import type { Fingerprint, Incident, RecordId } from '../../shared/domain/incident.ts';
import { minutes, seconds } from '../../shared/domain/instant.ts';
import { SEEN_AT } from '../support/records.ts';

/** The newest stops of an incident, a minute apart, of tasks that ran for `ran` seconds (-1: they never did). */
export const someStops = (count: number, ran = 40): Pick<Incident, 'stops' | 'tasks' | 'occurrences'> => ({
  occurrences: count,
  stops: Array.from({ length: Math.min(count, 20) }, (_, index) => ({ at: SEEN_AT - minutes(index), ran })),
  tasks: Array.from({ length: Math.min(count, 5) }, (_, index) => ({
    at: SEEN_AT - minutes(index),
    id: `0c5b2f9e8d7a4b6f9e1d2c3b4a5f6e7${index}`,
  })),
});

/** Of what is no stop: a service's own reports. */
export const reports = (count: number): Pick<Incident, 'stops' | 'tasks' | 'occurrences'> => ({
  occurrences: count,
  stops: [],
  tasks: [],
});

export const anEntry = (overrides: Partial<DigestEntry> = {}): DigestEntry => {
  const { name = 'checkout', cluster = 'harbor-prod', cause = 'memory/container-oom' } = overrides;
  const key = `111122223333#eu-west-1#${cluster}#service#${name}|incident#${cause}`;
  return {
    // The casts are true enough for a test: the domain makes both from the subject and the cause.
    id: `inc-${name}` as RecordId,
    fingerprint: key as Fingerprint,
    at: SEEN_AT,
    cause,
    title: 'Out of memory',
    severity: 'high',
    cluster,
    name,
    occurrences: 1,
    isResolved: false,
    hasOwnMessage: false,
    ...overrides,
  };
};

const CHANNEL = { kind: 'slack-channel', channel: 'C0123ABCD' } as const;

/** A storm of three minutes in one channel. */
export const aDigest = (overrides: Partial<Digest> = {}): Digest => ({
  kind: 'digest',
  // The cast is true enough for a test: the domain makes it from the destination.
  id: 'dig-5be20c19f3' as RecordId,
  fingerprint: digestFingerprint(destinationKey(CHANNEL)),
  destination: CHANNEL,
  state: 'storm',
  severity: 'high',
  recent: [],
  entries: [anEntry(), anEntry({ name: 'ledger' })],
  unlisted: 0,
  revision: 1,
  version: 1,
  firstSeen: SEEN_AT - minutes(3),
  lastSeen: SEEN_AT - seconds(20),
  announcements: [],
  timeline: [],
  ...overrides,
});

import { destinationKey } from '../../shared/domain/destination.ts';
import { countOf, type Digest } from '../../shared/domain/digest.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { describeSubject } from '../../shared/domain/subject.ts';
import { utcMinute } from '../../shared/domain/utc.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { headline } from '../../shared/render/excerpt.ts';
import { stageOf } from '../../shared/render/incident-stage.ts';
import { plural } from '../../shared/render/listing.ts';
import { recordCard } from '../../shared/render/record-card.ts';
import { type DeliveryState, deliveryState, deliveryText, type Folded } from './delivery.ts';

const TITLE_LIMIT = 200;

/** A record as it is listed; its texts are safe to print. */
export interface Listed {
  readonly record: AnnouncedRecord;
  readonly deliveries: readonly DeliveryState[];
}

/** The records with what each destination knows of them. `digests` are those that may tell them. */
export function listed(
  records: readonly AnnouncedRecord[],
  digests: readonly Digest[],
  now: Instant,
): readonly Listed[] {
  const byFingerprint = new Map(digests.map((digest) => [digest.fingerprint, digest]));
  return records.map((record) => {
    const digestOf = ({ digest }: Folded) => {
      const known = byFingerprint.get(digest);
      // Another storm may have had its place before.
      return known?.entries.some(({ id }) => id === record.id) ? known.id : undefined;
    };
    const deliveries = record.announcements.map((one) => deliveryState(one, record, { now, digestOf }));
    return { record, deliveries };
  });
}

/** One object of `--json`. What does not apply is absent. Public contract. */
export function listedLine({ record, deliveries }: Listed) {
  const { kind, id, severity, firstSeen, lastSeen, silence } = record;
  const taken = takenBy(record);
  return {
    kind,
    id,
    state: stateOf(record),
    severity,
    cause: causeOf(record),
    subject: subjectOf(record),
    title: titleOf(record),
    firstSeen: iso(firstSeen),
    lastSeen: iso(lastSeen),
    count: countIn(record),
    acknowledgedBy: taken && oneLine(taken.by),
    acknowledgedAt: iso(taken?.at),
    silence,
    deliveries: deliveries.map(({ since, until, ...rest }) => ({ ...rest, since: iso(since), until: iso(until) })),
  };
}

/** One paragraph for people. */
export function listedText({ record, deliveries }: Listed): string {
  const { id, severity, firstSeen, lastSeen, silence } = record;
  const seen = `${plural(countIn(record), NOUNS[record.kind])} since ${utcMinute(firstSeen)}, last ${utcMinute(lastSeen)}`;
  const told = [...deliveries.map(deliveryText), ...(silence === undefined ? [] : [`nobody (${silence})`])];
  const rows: readonly (readonly [string, string])[] = [
    [record.kind, [id, stateOf(record), `${severity} severity`, causeOf(record) ?? []].flat().join(', ')],
    ['about', subjectOf(record)],
    ['seen', seen],
    ...told.map((text, index) => [index === 0 ? 'told' : '', text] as const),
  ];
  return [titleOf(record), ...rows.map(([key, text]) => `    ${key.padEnd(8)}  ${text}`)].join('\n');
}

const NOUNS = { incident: 'time', notice: 'affected resource', digest: 'problem' } as const;

/** As its message begins. */
function titleOf(record: AnnouncedRecord): string {
  const card = recordCard(record);
  return `${card.icon} ${headline(card, ' · ', TITLE_LIMIT)}`;
}

function stateOf(record: AnnouncedRecord): string {
  switch (record.kind) {
    case 'incident':
      return stageOf(record);
    case 'notice':
      return oneLine(record.phase ?? 'open');
    case 'digest':
      return record.state;
  }
}

const causeOf = (record: AnnouncedRecord): string | undefined =>
  record.kind === 'incident' ? record.diagnosis.cause : undefined;

/** What it is about, in the words that `ack` and `--service` take. */
export function subjectOf(record: AnnouncedRecord): string {
  switch (record.kind) {
    case 'incident':
      return oneLine(describeSubject(record.subject));
    case 'notice':
      return `${record.affected.account}, ${record.affected.region}`;
    case 'digest':
      return oneLine(destinationKey(record.destination));
  }
}

function countIn(record: AnnouncedRecord): number {
  switch (record.kind) {
    case 'incident':
      return record.occurrences;
    case 'notice':
      return record.entities.length;
    case 'digest':
      return countOf(record);
  }
}

const takenBy = (record: AnnouncedRecord) =>
  record.kind === 'incident' && record.state.status === 'open' ? record.state.acknowledged : undefined;

const iso = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

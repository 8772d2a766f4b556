import { untold } from './announcement.ts';
import { type Destination, destinationKey } from './destination.ts';
import type { CauseId } from './diagnosis/causes.ts';
import { digestFingerprint, recordId } from './fingerprint.ts';
import type { AnnouncedRecord, Fingerprint, Incident, Recorded, RecordId } from './incident.ts';
import { hours, type Instant, minutes } from './instant.ts';
import type { Policy } from './policy.ts';
import { type Severity, worse } from './severity.ts';
import { subjectName } from './subject.ts';
import { say } from './timeline.ts';

/** A new problem on its way to one destination. */
export interface Opening {
  readonly id: RecordId;
  readonly fingerprint: Fingerprint;
  readonly at: Instant;
  readonly cause: CauseId;
  readonly title: string;
  readonly severity: Severity;
  readonly cluster: string;
  readonly name: string;
}

/** One problem of a digest, as it is now. */
export interface DigestEntry extends Opening {
  readonly occurrences: number;
  readonly isResolved: boolean;
  /** It has a message of its own beside the digest. */
  readonly hasOwnMessage: boolean;
}

/**
 * What one destination has been told of new problems lately, and, when they are too many for a message each, the one
 * message that tells them together.
 */
export interface Digest extends Recorded {
  readonly kind: 'digest';
  readonly destination: Destination;
  /**
   * `calm`: each problem has its own message. `storm`: new ones go into the digest. `settling`: no new ones come, those
   * in the digest are kept current. `over`: all are resolved, or nothing has changed for long.
   */
  readonly state: 'calm' | 'storm' | 'settling' | 'over';
  /** New problems of the time that the storm rule looks at. */
  readonly recent: readonly Opening[];
  readonly entries: readonly DigestEntry[];
  /** Problems that there was no room to list. */
  readonly unlisted: number;
}

/** About 60 KB; the digest counts what is beyond. */
const ENTRIES_LIMIT = 400;
/** How often a digest is brought up to date while there is something open in it. */
const REFRESH_EVERY = minutes(1);
/** A digest that nothing is added to for this long is closed, whatever is open in it. */
const CLOSES_AFTER = hours(24);

export type Admission = 'own' | 'folded';

/** The new problem of an incident that is about to be told for the first time. */
export const openingOf = (incident: Incident): Opening => ({
  id: incident.id,
  fingerprint: incident.fingerprint,
  at: incident.timeline[0]?.at ?? incident.lastSeen,
  cause: incident.diagnosis.cause,
  title: incident.diagnosis.title,
  severity: incident.severity,
  cluster: incident.subject.at.cluster ?? incident.subject.at.region,
  name: subjectName(incident.subject),
});

/**
 * Decides for new problems on their way to one destination whether each gets a message of its own. Asking again about
 * the same problem gives the same answer.
 */
export function admit(
  known: Digest | undefined,
  openings: readonly Opening[],
  { destination, policy, now }: { readonly destination: Destination; readonly policy: Policy; readonly now: Instant },
): { readonly next: Digest; readonly answers: ReadonlyMap<RecordId, Admission> } {
  const before = known ?? calm(destination, now);
  const recent = before.recent.filter(({ at }) => now - at < policy.storm.within);
  const strangers = openings.filter(({ id }) => !isTold(before, id) && !recent.some((opening) => opening.id === id));
  const isStorm = before.state === 'storm' || recent.length + strangers.length > policy.storm.incidents;
  // The digest of a storm that settles is not stirred up by what gets a message of its own.
  const still = before.state === 'calm' ? { ...before, lastSeen: now } : before;
  const shown = isStorm ? folded(before, { recent, strangers, now }) : still;
  const next = { ...shown, recent: [...recent, ...strangers] };
  const answers = openings.map(({ id }) => [id, hasMessage(before, id) ? 'own' : answerOf(next, id)] as const);
  return { next, answers: new Map(answers) };
}

/** What is over tells of nothing any more: a problem that comes back after it is new to its readers. */
const isTold = (digest: Digest, id: RecordId): boolean =>
  hasMessage(digest, id) || (isRunning(digest) && isListed(digest, id));

const hasMessage = ({ entries }: Digest, id: RecordId): boolean =>
  entries.some((entry) => entry.id === id && entry.hasOwnMessage);

const isListed = ({ entries }: Digest, id: RecordId): boolean => entries.some((entry) => entry.id === id);

const isRunning = ({ state }: Digest): boolean => state === 'storm' || state === 'settling';

/** What a storm has no room to list is counted, and told by the digest all the same. */
function answerOf(digest: Digest, id: RecordId): Admission {
  if (!isRunning(digest)) return 'own';
  return isListed(digest, id) || digest.state === 'storm' ? 'folded' : 'own';
}

function calm(destination: Destination, now: Instant): Digest {
  const fingerprint = digestFingerprint(destinationKey(destination));
  return {
    kind: 'digest',
    id: recordId('dig', fingerprint, now),
    fingerprint,
    destination,
    state: 'calm',
    severity: 'low',
    recent: [],
    entries: [],
    unlisted: 0,
    revision: 0,
    version: 0,
    firstSeen: now,
    lastSeen: now,
    announcements: [],
    timeline: [],
  };
}

interface News {
  readonly recent: readonly Opening[];
  readonly strangers: readonly Opening[];
  readonly now: Instant;
}

/** The digest with the new problems in it; those told shortly before the storm was seen are listed too. */
function folded(before: Digest, { recent, strangers, now }: News): Digest {
  const digest = isRunning(before) ? before : begun(before, now);
  // Those of a moment ago have messages of their own, of before the storm or of a pause in it.
  const told = recent.filter(({ id }) => !isListed(digest, id)).map((opening) => entryOf(opening, true));
  const added = [...told, ...strangers.map((opening) => entryOf(opening, false))];
  if (added.length === 0) return { ...digest, state: 'storm' };
  const room = ENTRIES_LIMIT - digest.entries.length;
  const next: Digest = {
    ...digest,
    state: 'storm',
    severity: added.reduce((worst, { severity }) => worse(worst, severity), digest.severity),
    entries: [...digest.entries, ...added.slice(0, room)],
    unlisted: digest.unlisted + Math.max(0, added.length - room),
    revision: digest.revision + 1,
    lastSeen: now,
    wakeAt: now + REFRESH_EVERY,
  };
  return spoken(digest, next, now);
}

const entryOf = (opening: Opening, hasOwnMessage: boolean): DigestEntry => ({
  ...opening,
  occurrences: 1,
  isResolved: false,
  hasOwnMessage,
});

/** A new digest in the place of the last one, with a message of its own. */
function begun(before: Digest, now: Instant): Digest {
  return {
    ...calm(before.destination, now),
    version: before.version,
    announcements: [untold(before.destination, now)],
  };
}

function spoken(before: Digest, next: Digest, now: Instant): Digest {
  const count = countOf(next);
  if (before.timeline.length === 0) {
    const text = `${count} new problems within minutes: they are told together here`;
    return { ...next, timeline: say(next.timeline, { reason: 'storm', text }, now) };
  }
  if (magnitude(count) <= magnitude(countOf(before))) return next;
  return { ...next, timeline: say(next.timeline, { reason: 'many-more', text: `${count} problems by now` }, now) };
}

export const countOf = ({ entries, unlisted }: Digest): number => entries.length + unlisted;

const magnitude = (count: number): number => Math.floor(Math.log10(Math.max(1, count)));

/** The digest with its entries as `records` say; a problem whose record is gone is over. */
export function refreshDigest(
  digest: Digest,
  records: readonly AnnouncedRecord[],
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Digest {
  if (!isRunning(digest)) return withoutWake(digest);
  const byId = new Map(records.map((record) => [record.id, record]));
  const entries = digest.entries.map((entry) => refreshed(entry, byId.get(entry.id)));
  const isChanged = entries.some((entry, index) => entry !== digest.entries[index]);
  const next = isChanged ? { ...digest, entries, revision: digest.revision + 1 } : digest;
  const quietFor = now - digest.lastSeen;
  const isOver = quietFor >= policy.storm.within && entries.every(({ isResolved }) => isResolved);
  if (isOver || quietFor >= CLOSES_AFTER) return closed(next, now);
  const state = quietFor >= policy.storm.within ? 'settling' : 'storm';
  const revision = next.revision + (state === digest.state ? 0 : 1);
  return { ...next, state, revision, wakeAt: now + REFRESH_EVERY };
}

function refreshed(entry: DigestEntry, record: AnnouncedRecord | undefined): DigestEntry {
  const incident = record?.kind === 'incident' ? record : undefined;
  const isResolved = incident === undefined || incident.state.status === 'resolved';
  const occurrences = incident?.occurrences ?? entry.occurrences;
  const severity = incident?.severity ?? entry.severity;
  const isSame = isResolved === entry.isResolved && occurrences === entry.occurrences && severity === entry.severity;
  return isSame ? entry : { ...entry, isResolved, occurrences, severity };
}

function closed(digest: Digest, now: Instant): Digest {
  const open = digest.entries.filter(({ isResolved }) => !isResolved).length;
  const listed = digest.unlisted === 0 ? `${digest.entries.length}` : `${digest.entries.length} listed`;
  const text = open === 0 ? `all ${listed} problems are resolved` : `${open} of ${listed} problems are still open`;
  return {
    ...withoutWake(digest),
    state: 'over',
    recent: [],
    revision: digest.revision + 1,
    timeline: say(digest.timeline, { reason: 'resolved', text }, now),
  };
}

function withoutWake(digest: Digest): Digest {
  const { wakeAt: _, ...rest } = digest;
  return rest;
}

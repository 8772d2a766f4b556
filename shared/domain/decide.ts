import { accountNameIn } from './accounts.ts';
import { type Announcement, claim, claimedSteps, untold } from './announcement.ts';
import { contentOf } from './content.ts';
import type { Decision, Effect, Verdict } from './decision.ts';
import { destinationKey } from './destination.ts';
import { admit, type Digest, type Opening, refreshDigest } from './digest.ts';
import { archiveFingerprint } from './fingerprint.ts';
import type { AnnouncedRecord, Incident, Notice } from './incident.ts';
import { mergeObservation, openIncident, relationOf, seenStill } from './incident-life.ts';
import type { Instant } from './instant.ts';
import { mergeNotice, openNotice } from './notice-life.ts';
import type { Observation } from './observation.ts';
import type { NumberedNews } from './plan/plan-record.ts';
import type { PlanSummary } from './plan/telling/summary.ts';
import { withPlan } from './plan/telling/telling.ts';
import type { Policy } from './policy.ts';
import { present } from './present.ts';
import { aged, progressed, replaced } from './progress.ts';
import { noteRecovery, type Recovery } from './recovery.ts';
import { incidentQuestion, noticeQuestion } from './route-question.ts';
import { type RouteQuestion, route } from './routing.ts';
import { routingTags } from './routing-tags.ts';
import type { HealthNotified } from './signal.ts';
import { lastSaid } from './timeline.ts';
import { DUPLICATE, RECOVERING, SUPERSEDED, verdictOf } from './verdict.ts';

/** What a decision depends on beside the record and the news. */
export interface Circumstances {
  readonly policy: Policy;
  readonly now: Instant;
  /** When the function that decides stops at the latest; what it claims is free again then. */
  readonly deadline: Instant;
}

/**
 * Decides on sightings of one problem, in the order of arrival, against what is known of it. Stops before a sighting that
 * would open another incident in the place of one that this decision changed: that one has to be saved and told first.
 * The verdicts say how many sightings were decided on, always at least the first.
 */
export function decideIncident(
  observations: readonly Observation[],
  known: Incident | undefined,
  circumstances: Circumstances,
): Decision {
  let record = known;
  let archive: AnnouncedRecord | undefined;
  const verdicts: Verdict[] = [];
  for (const observation of observations) {
    const step = sight(record, observation, circumstances);
    if (step.replaces !== undefined && verdicts.length > 0) break;
    archive ??= step.replaces && archived(replaced(step.replaces, circumstances.now));
    verdicts.push(step.verdict);
    record = announced(step.next, circumstances);
  }
  return { ...conclude(known, record, verdicts, circumstances), ...(archive && { archive }) };
}

interface Sighted {
  readonly next: Incident;
  readonly verdict: Verdict;
  /** The incident that is over, and whose place `next` takes. */
  readonly replaces?: Incident;
}

function sight(known: Incident | undefined, observation: Observation, circumstances: Circumstances): Sighted {
  const { policy, now } = circumstances;
  if (known === undefined) return opened(observation, undefined, circumstances);
  switch (relationOf(known, observation, policy)) {
    case 'duplicate': {
      const next = observation.holdsOn ? developed(known, seenStill(known, observation), circumstances) : known;
      return { next, verdict: verdictOf(known, next, now) ?? DUPLICATE };
    }
    case 'precedes':
      return { next: known, verdict: SUPERSEDED };
    case 'follows':
      return { ...opened(observation, known, circumstances), replaces: known };
    case 'continues': {
      const next = developed(known, mergeObservation(known, observation), circumstances);
      return { next, verdict: verdictOf(known, next, now) ?? DUPLICATE };
    }
  }
}

function opened(observation: Observation, previous: Incident | undefined, circumstances: Circumstances): Sighted {
  const fresh = progressed(undefined, openIncident(observation, previous), circumstances);
  const tags = routingTags(observation.tags, circumstances.policy.routing);
  const tagged = Object.keys(tags).length === 0 ? fresh : { ...fresh, tags };
  const next = routed(tagged, incidentQuestion(fresh, observation.tags), circumstances);
  return { next, verdict: verdictOf(undefined, next, circumstances.now) ?? DUPLICATE };
}

/** Decides on evidence that an incident is over. */
export function decideRecovery(
  known: Incident | undefined,
  recovery: Recovery,
  circumstances: Circumstances,
): Decision {
  if (known === undefined || known.state.status === 'resolved') return { verdicts: [], effects: [] };
  const noted = noteRecovery(known, recovery);
  if (noted === known) return { verdicts: [DUPLICATE], effects: [] };
  const next = announced(developed(known, noted, circumstances), circumstances);
  return conclude(known, next, [RECOVERING], circumstances);
}

/** Decides on one page or update of a Health notice. */
export function decideNotice(
  signal: HealthNotified,
  known: Notice | undefined,
  circumstances: Circumstances,
): Decision {
  const next =
    known === undefined ? openedNotice(signal, circumstances) : mergeNotice(known, signal, circumstances.now);
  const verdict = verdictOf(known, next, circumstances.now) ?? DUPLICATE;
  return conclude(known, announced(next, circumstances), [verdict], circumstances);
}

function openedNotice(signal: HealthNotified, circumstances: Circumstances): Notice {
  const notice = openNotice(signal, 0, circumstances.now);
  return routed(notice, noticeQuestion(notice), circumstances);
}

/** Decides what is said of a notice whose plan has moved on. */
export function decidePlan(
  known: Notice,
  { summary, news }: { readonly summary: PlanSummary; readonly news: readonly NumberedNews[] },
  circumstances: Circumstances,
): Decision {
  const next = withPlan(known, summary, news, circumstances.now);
  const verdict = verdictOf(known, next, circumstances.now) ?? DUPLICATE;
  return conclude(known, announced(next, circumstances), [verdict], circumstances);
}

/** Decides what time alone asks for: what is still to be told, and whether the problem is over. */
export function catchUp(known: AnnouncedRecord, circumstances: Circumstances): Decision {
  const { policy, now } = circumstances;
  if (known.kind === 'notice' && isUnaddressed(known)) return decideRequest(known, circumstances);
  const next = known.kind === 'incident' ? hushed(known, aged(known, policy, now), circumstances) : known;
  const verdict = verdictOf(known, next, circumstances.now) ?? DUPLICATE;
  return conclude(known, announced(next, circumstances), [verdict], circumstances);
}

/** Whoever asked for it did not know whom to tell: the channel by default is a parameter of the functions. */
const isUnaddressed = ({ request, announcements, silence }: Notice): boolean =>
  request !== undefined && announcements.length === 0 && silence === undefined;

/** Decides who is told of what somebody has asked for. */
function decideRequest(request: Notice, circumstances: Circumstances): Decision {
  const { wakeAt: _, ...notice } = request;
  const next = routed(notice, noticeQuestion(notice), circumstances);
  const verdict = verdictOf(undefined, next, circumstances.now) ?? DUPLICATE;
  return conclude(request, announced(next, circumstances), [verdict], circumstances);
}

/** Decides what a digest says by now; `records` are the incidents in it as they are. */
export function decideDigest(
  known: Digest,
  records: readonly AnnouncedRecord[],
  circumstances: Circumstances,
): Decision {
  const next = refreshDigest(known, records, circumstances);
  const verdict = verdictOf(known, next, circumstances.now) ?? DUPLICATE;
  return conclude(known, announced(next, circumstances), [verdict], circumstances);
}

/** Decides whether new problems get a message each at one destination; the answers are read from the digest saved. */
export function decideAdmission(
  known: Digest | undefined,
  openings: readonly Opening[],
  destination: Digest['destination'],
  circumstances: Circumstances,
): Decision & { readonly answers: ReturnType<typeof admit>['answers'] } {
  const { next, answers } = admit(known, openings, { destination, ...circumstances });
  const replaces = known !== undefined && known.id !== next.id && known.state !== 'calm' ? known : undefined;
  return {
    ...conclude(known, announced(next, circumstances), [], circumstances),
    ...(replaces && { archive: archived(replaces) }),
    answers,
  };
}

/** The record under its own key, where another takes its place; it keeps what it still owes. */
const archived = (record: AnnouncedRecord): AnnouncedRecord => ({
  ...record,
  fingerprint: archiveFingerprint(record.fingerprint, record.id),
  version: 0,
});

function routed<R extends AnnouncedRecord>(fresh: R, question: RouteQuestion, { policy, now }: Circumstances): R {
  const answer = route(question, policy.routing, now);
  const accountName = accountNameIn(policy.accounts, question.account);
  const record = { ...fresh, ...present({ accountName }) };
  if (answer.kind === 'silent') return { ...record, silence: answer.reason };
  const announcements: readonly Announcement[] = answer.destinations.map(({ destination, mentions, notBefore }) =>
    untold(destination, notBefore, mentions),
  );
  return { ...record, announcements };
}

/** The incident with its news, told to whom the routing says by now. */
function developed(before: Incident, after: Incident, circumstances: Circumstances): Incident {
  const next = heardAgain(progressed(before, after, circumstances), circumstances);
  return hurried(hushed(before, next, circumstances), circumstances);
}

/** A mute ends and a problem gets worse: who is told is asked again while nobody is. */
function heardAgain(incident: Incident, circumstances: Circumstances): Incident {
  const { silence, ...rest } = incident;
  if (silence === undefined) return incident;
  return routed(rest, incidentQuestion(incident, incident.tags ?? {}), circumstances);
}

/** While it is muted nobody is called: the message is still kept current, and its end is told. */
function hushed(before: Incident, after: Incident, { policy, now }: Circumstances): Incident {
  const said = lastSaid(after.timeline);
  const hasNews = said > lastSaid(before.timeline) && after.timeline.at(-1)?.reason !== 'resolved';
  if (!hasNews || after.silence !== undefined) return after;
  const answer = route(incidentQuestion(after, after.tags ?? {}), policy.routing, now);
  if (answer.kind !== 'silent' || answer.reason !== 'muted') return after;
  const announcements = after.announcements.map((announcement) =>
    announcement.status === 'told' ? { ...announcement, said } : announcement,
  );
  return { ...after, announcements };
}

/** Quiet hours put off what is low; what got worse meanwhile does not wait for the morning. */
function hurried(incident: Incident, { now }: Circumstances): Incident {
  const waits = (announcement: Announcement): boolean =>
    announcement.status === 'untold' && announcement.attempts === 0 && announcement.notBefore > now;
  if (incident.severity === 'low' || !incident.announcements.some(waits)) return incident;
  const announcements = incident.announcements.map((announcement) =>
    waits(announcement) ? { ...announcement, notBefore: now } : announcement,
  );
  return { ...incident, announcements };
}

/** Nothing is sent before this is saved: what is due to be said is claimed in the same write. */
function announced<R extends AnnouncedRecord>(record: R, { now, deadline }: Circumstances): R {
  const announcements = claim(record.announcements, contentOf(record), now, deadline);
  return announcements === record.announcements ? record : { ...record, announcements };
}

function conclude(
  known: AnnouncedRecord | undefined,
  next: AnnouncedRecord | undefined,
  verdicts: readonly Verdict[],
  { now }: Circumstances,
): Decision {
  const effects = next === undefined ? [] : effectsOf(known, next, now);
  const isUnchanged = next === known;
  return { verdicts, effects, ...(next !== undefined && !isUnchanged && { next }) };
}

/** What this decision claimed: a claim that was there before is somebody else's,. */
function effectsOf(known: AnnouncedRecord | undefined, next: AnnouncedRecord, now: Instant): readonly Effect[] {
  const content = contentOf(next);
  const before = new Set(known?.announcements.map(claimOf));
  return next.announcements
    .filter((announcement) => !before.has(claimOf(announcement)))
    .flatMap((announcement) =>
      claimedSteps(announcement, content, now).map((kind) => ({ kind, destination: announcement.destination })),
    );
}

const claimOf = (announcement: Announcement): string => {
  const until = 'claimedUntil' in announcement ? announcement.claimedUntil : undefined;
  return `${destinationKey(announcement.destination)}@${until ?? 'free'}`;
};

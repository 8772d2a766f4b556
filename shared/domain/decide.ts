import { claim, nextStep, untold } from './announcement.ts';
import type { Decision, Effect, Verdict } from './decision.ts';
import type { AnnouncedRecord, Incident, Notice } from './incident.ts';
import { continues, mergeObservation, openIncident } from './incident-life.ts';
import type { Instant } from './instant.ts';
import { mergeNotice, openNotice } from './notice-life.ts';
import type { Observation } from './observation.ts';
import type { QuietReason } from './reasons.ts';
import { type Routing, route } from './routing.ts';
import type { HealthNotified } from './signal.ts';

/** What a decision depends on beside the record and the news. */
export interface Circumstances {
  readonly routing: Routing;
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
  const verdicts: Verdict[] = [];
  for (const observation of observations) {
    if (record !== undefined && verdicts.length > 0 && !continues(record, observation)) break;
    const next = advanceIncident(record, observation, circumstances);
    verdicts.push(verdictOf(record, next, circumstances.now));
    record = announced(next, circumstances);
  }
  return conclude(known, record, verdicts, circumstances);
}

/** Decides on one page or update of a Health notice. */
export function decideNotice(
  signal: HealthNotified,
  known: Notice | undefined,
  circumstances: Circumstances,
): Decision {
  const next = known === undefined ? routed(openNotice(signal, 0), {}, circumstances) : mergeNotice(known, signal);
  const verdict = verdictOf(known, next, circumstances.now);
  return conclude(known, announced(next, circumstances), [verdict], circumstances);
}

/** Decides what is still to be told about a record that nothing new happened to. */
export function catchUp(known: AnnouncedRecord, circumstances: Circumstances): Decision {
  const verdict = verdictOf(known, known, circumstances.now);
  return conclude(known, announced(known, circumstances), [verdict], circumstances);
}

function advanceIncident(
  known: Incident | undefined,
  observation: Observation,
  circumstances: Circumstances,
): Incident {
  if (known !== undefined && continues(known, observation)) return mergeObservation(known, observation);
  return routed(openIncident(observation, known?.version ?? 0), observation.tags, circumstances);
}

function routed<R extends AnnouncedRecord>(
  record: R,
  tags: Readonly<Record<string, string>>,
  { routing, now }: Circumstances,
): R {
  const answer = route(record.severity, tags, routing);
  return answer.kind === 'silent'
    ? { ...record, silence: answer.reason }
    : { ...record, announcements: answer.destinations.map((destination) => untold(destination, now)) };
}

/** Nothing is sent before this is saved: what is due to be posted is claimed in the same write. */
function announced<R extends AnnouncedRecord>(record: R, { now, deadline }: Circumstances): R {
  const announcements = claim(record.announcements, record.revision, now, deadline);
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

function effectsOf(known: AnnouncedRecord | undefined, next: AnnouncedRecord, now: Instant): readonly Effect[] {
  return next.announcements.flatMap((announcement): Effect[] => {
    const { destination } = announcement;
    if (announcement.status === 'claimed')
      return known?.announcements.includes(announcement) ? [] : [{ kind: 'post', destination }];
    const step = nextStep(announcement, next.revision);
    return step?.step === 'edit' && step.at <= now ? [{ kind: 'edit', destination }] : [];
  });
}

/** `next` is the record with the news merged, before anything is claimed. */
function verdictOf(known: AnnouncedRecord | undefined, next: AnnouncedRecord, now: Instant): Verdict {
  const isNew = known === undefined || known.id !== next.id;
  if (next.silence !== undefined) return { outcome: 'quiet', reason: next.silence, because: SILENCE[next.silence] };
  const due = next.announcements
    .flatMap((announcement) => nextStep(announcement, next.revision) ?? [])
    .filter(({ at }) => at <= now);
  if (due.some(({ step }) => step === 'post')) return isNew ? first(next) : UNDELIVERED;
  if (due.length > 0) return { outcome: 'told', reason: 'grew', because: `${grown(next)}; the message is edited` };
  if (next === known) return DUPLICATE;
  return {
    outcome: 'quiet',
    reason: 'already-told',
    because: `${grown(next)}; the message is up to date or about to be edited`,
  };
}

const first = (next: AnnouncedRecord): Verdict => ({
  outcome: 'told',
  reason: 'first',
  because: `first sighting: ${headline(next)}`,
});

const UNDELIVERED: Verdict = {
  outcome: 'told',
  reason: 'undelivered',
  because: 'the record was saved before, but its message did not get through or was cut off',
};

const DUPLICATE: Verdict = { outcome: 'quiet', reason: 'duplicate', because: 'this was counted and told before' };

const SILENCE: Readonly<Record<QuietReason, string>> = {
  benign: 'nobody has to act',
  duplicate: DUPLICATE.because,
  progress: 'ordinary progress',
  'already-told': 'the message is up to date',
  'below-severity': 'its severity is below the lowest that is told here',
  muted: 'the tag slackwater:alerts of the service says off',
  'no-destination': 'no Slack channel and no topic is configured; the record is kept',
};

function headline(record: AnnouncedRecord): string {
  if (record.kind === 'incident') return record.diagnosis.summary;
  const count = record.entities.length;
  return `${record.typeCode}, ${count === 1 ? 'one entity' : `${count} entities`}`;
}

function grown(record: AnnouncedRecord): string {
  if (record.kind === 'notice')
    return `another page or an update of a known notice, ${record.pages.seen.length} of ${record.pages.total} pages seen`;
  return record.subject.kind === 'deployment'
    ? 'another step of a known deployment'
    : `seen ${record.occurrences} times by now`;
}

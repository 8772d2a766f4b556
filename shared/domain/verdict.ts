import { nextSteps } from './announcement.ts';
import { contentOf } from './content.ts';
import type { Verdict } from './decision.ts';
import { countOf } from './digest.ts';
import type { AnnouncedRecord } from './incident.ts';
import type { Instant } from './instant.ts';
import type { QuietReason } from './reasons.ts';
import { saidSince, type Utterance } from './timeline.ts';

export const DUPLICATE: Verdict = {
  outcome: 'quiet',
  reason: 'duplicate',
  because: 'this was counted and told before',
};

export const SUPERSEDED: Verdict = {
  outcome: 'quiet',
  reason: 'superseded',
  because: 'it is about an earlier deployment or incident than the one on record',
};

export const RECOVERING: Verdict = {
  outcome: 'quiet',
  reason: 'recovering',
  because: 'evidence that the open incident is over; it is closed once the evidence has held for some minutes',
};

/** One of many new problems at once. */
export const FOLDED: Verdict = {
  outcome: 'quiet',
  reason: 'storm',
  because: 'one of many new problems within minutes: the digest of the channel tells it',
};

/**
 * Why somebody is told, or nobody, now that the record went from `known` to `next`; `next` is before anything is
 * claimed. `undefined` when nothing changed and nothing is owed.
 */
export function verdictOf(
  known: AnnouncedRecord | undefined,
  next: AnnouncedRecord,
  now: Instant,
): Verdict | undefined {
  if (next.silence !== undefined) return quiet(next.silence, SILENCE[next.silence]);
  const content = contentOf(next);
  const steps = next.announcements.flatMap((announcement) => nextSteps(announcement, content));
  const due = steps.filter(({ at }) => at <= now);
  const isSame = known?.id === next.id;
  const [news] = saidSince(next.timeline, isSame ? (known.timeline.at(-1)?.n ?? 0) : 0).toSorted(byWeight);
  if (news !== undefined) return spoken(next, news, due.length > 0);
  if (due.some(({ step }) => step !== 'edit')) return unsaid(next, now) ?? UNDELIVERED;
  if (due.length > 0) return { outcome: 'told', reason: 'grew', because: `${grown(next)}; the message is edited` };
  if (next === known) return undefined;
  if (isFolded(next)) return quiet('storm', `${grown(next)}; the digest of many problems tells it`);
  return quiet('already-told', `${grown(next)}; the message is up to date or about to be edited`);
}

/** What somebody added to the record beside the functions, such as an acknowledgement, and was not tried to tell yet. */
function unsaid(next: AnnouncedRecord, now: Instant): Verdict | undefined {
  const content = contentOf(next);
  const news = next.announcements.flatMap((announcement) => {
    const isDue = nextSteps(announcement, content).some(({ step, at }) => step === 'reply' && at <= now);
    const isFirstTry = announcement.status === 'told' && announcement.attempts === 0 && !announcement.claimedUntil;
    return isDue && isFirstTry ? saidSince(next.timeline, announcement.said) : [];
  });
  const [first] = news.toSorted(byWeight);
  return first && { outcome: 'told', reason: first.reason, because: first.text };
}

function spoken(next: AnnouncedRecord, news: Utterance, isDue: boolean): Verdict {
  if (isFolded(next)) return quiet('storm', `${news.text}; the digest of many problems tells it`);
  if (isDue) return { outcome: 'told', reason: news.reason, because: sentence(next, news) };
  if (news.reason !== 'first') return quiet('already-told', `${news.text}; it is about to be told`);
  return quiet('quiet-hours', `${news.text}; its readers are told when their quiet hours end`);
}

const sentence = (next: AnnouncedRecord, news: Utterance): string =>
  news.reason === 'first' ? `first sighting: ${headline(next)}` : news.text;

const isFolded = ({ announcements }: AnnouncedRecord): boolean =>
  announcements.length > 0 && announcements.every(({ status }) => status === 'folded');

const quiet = (reason: QuietReason, because: string): Verdict => ({ outcome: 'quiet', reason, because });

/** Of several news at once the first of these is the one that is named. */
const WEIGHT = [
  'first',
  'resolved',
  'reopened',
  'worse',
  'summons',
  'notable',
  'planned',
  'many-more',
  'step',
  'repeat',
  'storm',
] as const;

const byWeight = (a: Utterance, b: Utterance): number => WEIGHT.indexOf(a.reason) - WEIGHT.indexOf(b.reason);

const UNDELIVERED: Verdict = {
  outcome: 'told',
  reason: 'undelivered',
  because: 'the record was saved before, but its message did not get through or was cut off',
};

const SILENCE: Readonly<Record<QuietReason, string>> = {
  benign: 'nobody has to act',
  duplicate: DUPLICATE.because,
  superseded: SUPERSEDED.because,
  progress: 'ordinary progress',
  recovering: RECOVERING.because,
  'already-told': 'the message is up to date',
  storm: FOLDED.because,
  'quiet-hours': 'its readers are told when their quiet hours end',
  'below-severity': 'its severity is below the lowest that is told here',
  muted: 'the tag slackwater:alerts of the service says off, or a mute holds',
  'no-destination': 'no Slack channel and no topic is configured; the record is kept',
};

function headline(record: AnnouncedRecord): string {
  switch (record.kind) {
    case 'incident':
      return record.diagnosis.summary;
    case 'notice':
      return `${record.typeCode}, ${record.entities.length === 1 ? 'one entity' : `${record.entities.length} entities`}`;
    case 'digest':
      return `${countOf(record)} problems at once`;
  }
}

function grown(record: AnnouncedRecord): string {
  switch (record.kind) {
    case 'notice':
      return `another page or an update of a known notice, ${record.pages.seen.length} of ${record.pages.total} pages seen`;
    case 'digest':
      return `${countOf(record)} problems by now`;
    case 'incident':
      return record.stops.length > 0
        ? `${record.occurrences === 1 ? 'seen once' : `seen ${record.occurrences} times`} by now`
        : 'another report of a known problem';
  }
}

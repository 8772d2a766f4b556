import type { AnnouncedRecord } from '../domain/incident.ts';
import type { TimelineReason } from '../domain/reasons.ts';
import { utcMinute } from '../domain/utc.ts';
import { isAllResolved } from './digest-card.ts';
import { oneLine, truncate } from './escape.ts';
import { isWell } from './plan-words.ts';

/** Why subscribers of a topic are told; the value of its attribute `change`. */
export type Change = 'first' | 'worse' | 'resolved' | 'reopened' | 'storm' | 'planned';

/** Of what topics are not told there is no word of its own: it is told as the record stands. */
const CHANGES: Readonly<Record<TimelineReason, Change>> = {
  first: 'first',
  worse: 'worse',
  resolved: 'resolved',
  reopened: 'reopened',
  storm: 'storm',
  planned: 'planned',
  summons: 'worse',
  notable: 'first',
  'many-more': 'first',
  step: 'first',
  repeat: 'first',
};

/** Nothing is said of the first message, a storm's own headline says it, and of the others topics are not told. */
const WORDS: Readonly<Partial<Record<TimelineReason, string>>> = {
  worse: 'Worse',
  resolved: 'Resolved',
  reopened: 'Reopened',
  planned: 'Planned',
  summons: 'Attention',
};

const LINE_LIMIT = 600;

/** What changed. What ends while something in it is not well does not say that it is resolved. */
export function changeOf(record: AnnouncedRecord, news: TimelineReason = 'first'): Change {
  const change = CHANGES[news];
  if (change !== 'resolved') return change;
  if (record.kind === 'digest' && !isAllResolved(record)) return 'storm';
  return isUnfinished(record) ? 'worse' : change;
}

/** The change in one word, or `undefined` when there is nothing to add to the headline. */
export function changeWord(record: AnnouncedRecord, news: TimelineReason = 'first'): string | undefined {
  if (news !== 'resolved') return WORDS[news];
  if (isUnfinished(record)) return 'Unfinished';
  const isSuperseded =
    record.kind === 'incident' && record.state.status === 'resolved' && record.state.how === 'superseded';
  if (isSuperseded) return 'Superseded';
  return changeOf(record, news) === 'resolved' ? WORDS.resolved : undefined;
}

const isUnfinished = (record: AnnouncedRecord): boolean =>
  record.kind === 'notice' && record.plan !== undefined && !isWell(record.plan);

/**
 * `Worse, 2026-11-21 08:05 UTC: severity high now, was medium.`; `undefined` for the first message. News about several
 * services have a line for each.
 */
export function changeLine(record: AnnouncedRecord, news: TimelineReason | undefined): string | undefined {
  const change = changeOf(record, news);
  const said = record.timeline.findLast(({ reason }) => reason === news);
  if (change === 'first' || said === undefined) return undefined;
  const word = changeWord(record, news) ?? 'Storm';
  const text = said.text
    .split('\n')
    .map((line) => truncate(oneLine(line), LINE_LIMIT))
    .join('\n');
  return `${word}, ${utcMinute(said.at)}: ${text}${/[.!?…]$/.test(text) ? '' : '.'}`;
}

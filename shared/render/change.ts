import type { AnnouncedRecord } from '../domain/incident.ts';
import type { TimelineReason } from '../domain/reasons.ts';
import { utcMinute } from '../domain/utc.ts';
import { isAllResolved } from './digest-card.ts';
import { oneLine, truncate } from './escape.ts';

/** Why subscribers of a topic are told; the value of its attribute `change`. */
export type Change = 'first' | 'worse' | 'resolved' | 'reopened' | 'storm';

/** Of what topics are not told there is no word of its own: it is told as the record stands. */
const CHANGES: Readonly<Record<TimelineReason, Change>> = {
  first: 'first',
  worse: 'worse',
  resolved: 'resolved',
  reopened: 'reopened',
  storm: 'storm',
  'many-more': 'first',
  step: 'first',
  repeat: 'first',
};

/** Nothing is said of the first message, and a storm's own headline says it. */
const WORDS: Readonly<Record<Change, string | undefined>> = {
  first: undefined,
  worse: 'Worse',
  resolved: 'Resolved',
  reopened: 'Reopened',
  storm: undefined,
};

const LINE_LIMIT = 600;

/** What changed. A digest that ends while problems in it are open does not say that they are resolved. */
export function changeOf(record: AnnouncedRecord, news: TimelineReason = 'first'): Change {
  const change = CHANGES[news];
  return change === 'resolved' && record.kind === 'digest' && !isAllResolved(record) ? 'storm' : change;
}

/** The change in one word, or `undefined` when there is nothing to add to the headline. */
export function changeWord(record: AnnouncedRecord, change: Change): string | undefined {
  const isSuperseded =
    record.kind === 'incident' && record.state.status === 'resolved' && record.state.how === 'superseded';
  return change === 'resolved' && isSuperseded ? 'Superseded' : WORDS[change];
}

/** `Worse, 2026-11-21 08:05 UTC: severity high now, was medium.`; `undefined` for the first message. */
export function changeLine(record: AnnouncedRecord, news: TimelineReason | undefined): string | undefined {
  const change = changeOf(record, news);
  const said = record.timeline.findLast(({ reason }) => reason === news);
  if (change === 'first' || said === undefined) return undefined;
  const word = changeWord(record, change) ?? 'Storm';
  const text = truncate(oneLine(said.text), LINE_LIMIT);
  return `${word}, ${utcMinute(said.at)}: ${text}${/[.!?…]$/.test(text) ? '' : '.'}`;
}

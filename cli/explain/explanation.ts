import { styleText } from 'node:util';
import { countOf } from '../../shared/domain/digest.ts';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { oneLine } from '../../shared/render/escape.ts';
import { renderText } from '../../shared/render/text.ts';
import { wrap } from '../../shared/render/wrap.ts';
import { paintCard } from '../paint.ts';
import { outcomeLine } from '../replay.ts';
import type { Problem } from './explainer.ts';

/** Something to say that is no problem with a message of its own: how a task is, or why an event leads to nothing. */
export interface Remark {
  /** As in the lines of `replay`. */
  readonly kind: string;
  readonly subject?: string;
  readonly decision: string;
  readonly reason: string;
  readonly because: string;
  /** Somebody has to look, although nothing has a name yet. */
  readonly isProblem: boolean;
}

/** What became of an event that leads to no message. */
export const remarkOf = ({ kind, subject, decision, reason, because }: Outcome): Remark => ({
  kind,
  decision,
  reason,
  because,
  isProblem: false,
  ...(subject !== undefined && { subject }),
});

export interface Explanation {
  /** The most important first. */
  readonly problems: readonly Problem[];
  readonly remarks: readonly Remark[];
  /** What the table knows, which does not make it true now. */
  readonly recorded?: { readonly table: string; readonly records: readonly AnnouncedRecord[] };
}

export const hasProblem = ({ problems, remarks }: Explanation): boolean =>
  problems.length > 0 || remarks.some(({ isProblem }) => isProblem);

/** More cards are not read; the rest is counted. */
const MOST_CARDS = 3;
const WIDTH = 100;

/** For people; with colours, the same text in colours. Paragraphs are separated by an empty line. */
export function explanationText({ problems, remarks, recorded }: Explanation, hasColours: boolean): string {
  const card = (record: AnnouncedRecord) =>
    hasColours ? paintCard(renderText(record), record.severity) : renderText(record);
  const records = recorded?.records ?? [];
  return [
    ...remarks.map(remarkText),
    ...problems.slice(0, MOST_CARDS).map(({ record }) => card(record)),
    ...more(problems.map(({ record }) => record)),
    ...(recorded === undefined ? [] : [recordedTitle(recorded.table, records.length, hasColours)]),
    ...records.slice(0, MOST_CARDS).map(card),
    ...more(records),
  ].join('\n\n');
}

/** One object a line: the remarks, the problems, then what is recorded. What does not apply is absent. */
export const explanationLines = ({ problems, remarks, recorded }: Explanation): readonly string[] =>
  [
    ...remarks.map(({ isProblem, ...remark }) => ({ ...remark, problem: isProblem })),
    ...problems.map(({ outcome, record }) => ({
      ...outcomeLine(outcome),
      ...diagnosed(record),
      problem: true,
      card: renderText(record),
    })),
    ...(recorded?.records ?? []).map((record) => ({
      kind: 'recorded',
      ...diagnosed(record),
      problem: false,
      card: renderText(record),
    })),
  ].map((line) => JSON.stringify(line));

/** By what further reads made of it, as the card says. */
const diagnosed = (record: AnnouncedRecord) => ({
  ...(record.kind === 'incident' && {
    cause: record.diagnosis.cause,
    confidence: record.diagnosis.confidence,
    occurrences: record.occurrences,
  }),
  severity: record.severity,
  incident: record.id,
});

const remarkText = ({ subject, because }: Remark): string =>
  wrap(oneLine(`${subject === undefined ? '' : `${subject}: `}${because}`), WIDTH).join('\n');

function more(records: readonly AnnouncedRecord[]): readonly string[] {
  const rest = records.slice(MOST_CARDS);
  return rest.length === 0 ? [] : [wrap(`and ${rest.length} more: ${rest.map(nameOf).join(', ')}`, WIDTH).join('\n')];
}

function nameOf(record: AnnouncedRecord): string {
  switch (record.kind) {
    case 'incident':
      return `${record.diagnosis.cause} (${record.occurrences})`;
    case 'notice':
      return record.typeCode;
    case 'digest':
      return `${countOf(record)} problems together`;
  }
}

function recordedTitle(table: string, count: number, hasColours: boolean): string {
  const title = `Recorded in ${table}: ${count === 0 ? 'nothing' : `${count} ${count === 1 ? 'incident' : 'incidents'}`}`;
  return hasColours ? styleText('bold', title, { validateStream: false }) : title;
}

import type { Numbered } from '../../journal.ts';
import type { TimelineGroup } from './groups.ts';

/** One line of the timeline. */
export interface TimelineRow {
  readonly number: number;
  /** Milliseconds since 1970 on the sandbox's clock. */
  readonly at: number;
  readonly group: TimelineGroup;
  readonly what: string;
  readonly why: string;
  readonly where: string;
  /** How often it was so in a row; the latest is shown. */
  readonly times: number;
  /** It changed something in AWS, or somebody has to look. */
  readonly isLoud: boolean;
}

/** A timeline of one long session stays readable and quick to draw. */
const LENGTH = 200;

/** The latest first, of the groups that are shown. */
export const timelineOf = (entries: readonly Numbered[], shown: readonly TimelineGroup[]): readonly TimelineRow[] => {
  const rows: TimelineRow[] = [];
  for (let index = entries.length - 1; index >= 0 && rows.length < LENGTH; index -= 1) {
    const row = rowOf(entries[index]);
    if (row === undefined || !shown.includes(row.group)) continue;
    const above = rows.at(-1);
    if (above !== undefined && saysTheSame(above, row)) rows[rows.length - 1] = { ...above, times: above.times + 1 };
    else rows.push(row);
  }
  return rows;
};

const saysTheSame = (a: TimelineRow, b: TimelineRow): boolean =>
  a.group === b.group && a.what === b.what && a.why === b.why && a.where === b.where;

function rowOf(entry: Numbered | undefined): TimelineRow | undefined {
  const said = entry && sayingOf(entry);
  if (entry === undefined || said === undefined) return undefined;
  return {
    number: entry.number,
    at: entry.at,
    why: '',
    where: '',
    times: 1,
    isLoud: said.group === 'troubles',
    ...said,
  };
}

type Saying = Pick<TimelineRow, 'group' | 'what'> & Partial<TimelineRow>;

/** `undefined` for what another entry tells as well. */
function sayingOf(entry: Numbered): Saying | undefined {
  switch (entry.kind) {
    case 'event':
      return {
        group: 'events',
        what: entry.title,
        why: entry.rules.length > 0 ? entry.rules.join(', ') : 'no rule wants it',
      };
    case 'decision':
      return {
        group: 'decisions',
        what: `${entry.decision} (${entry.reason})`,
        why: entry.because,
        where: `${entry.function} ${entry.incident}`,
      };
    case 'invocation':
      return entry.failure === undefined
        ? undefined
        : { group: 'troubles', what: `${entry.function} failed`, why: entry.failure };
    case 'run':
      return {
        group: 'runs',
        what: entry.function,
        why: `${entry.milliseconds} ms, ${entry.isCold ? 'cold start' : 'warm'}`,
      };
    case 'call':
      return callSaying(entry);
    case 'slack':
      return { group: 'slack', what: entry.action, why: entry.firstLine };
    case 'shown':
      return { group: 'slack', what: `${entry.what} for ${entry.person}`, why: entry.firstLine };
    case 'slack-refusal':
      return { group: 'troubles', what: `Slack refused ${entry.method}`, why: entry.error };
    case 'notification':
      return { group: 'sns', what: entry.subject };
    case 'dead-letter':
      return { group: 'troubles', what: `dead letter of ${entry.from}`, why: entry.because };
    case 'remark':
      return { group: 'remarks', what: entry.text };
  }
}

function callSaying({ action, words, isWrite }: Numbered & { readonly kind: 'call' }): Saying {
  const isTable = action.startsWith('dynamodb:');
  return {
    group: isTable ? 'table' : isWrite ? 'writes' : 'reads',
    what: action,
    why: words.slice(action.length + 1),
    isLoud: isWrite,
  };
}

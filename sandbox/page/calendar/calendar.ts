import { isRunNow } from '../../../shared/domain/plan/candidates.ts';
import type { PlanRecord } from '../../../shared/domain/plan/plan-record.ts';
import type { Maintenance } from '../../../shared/domain/windows/maintenance.ts';
import { daysFrom, type LocalDay, mondayOf } from './days.ts';
import { type Span, spansOf } from './openings.ts';

/** Weeks from the Monday of the week before now on. */
export const WEEKS = 6;
const WEEK = 7 * 86_400_000;

export interface Calendar {
  readonly zone: string;
  readonly now: number;
  readonly days: readonly CalendarDay[];
  /** Everything that is drawn, each once and whole, in order. */
  readonly rows: readonly CalendarRow[];
}

export interface CalendarDay extends LocalDay {
  readonly isToday: boolean;
  /** What of each span falls into the day; `from` and `to` are minutes since it began. */
  readonly pieces: readonly { readonly span: Span; readonly from: number; readonly to: number }[];
  readonly marks: readonly (Mark & { readonly minute: number })[];
}

/** An instant that matters. */
export interface Mark {
  readonly kind: 'deadline' | 'taken' | 'change' | 'now';
  readonly at: number;
  readonly text: string;
}

export interface CalendarRow {
  readonly at: number;
  readonly until?: number;
  readonly what: string;
  readonly because: string;
}

export interface CalendarFacts {
  readonly maintenance: Maintenance;
  readonly plans: readonly PlanRecord[];
  readonly now: number;
  readonly zone: string;
}

/** Six weeks around now: openings, freezes, deadlines, and which opening each plan takes. @throws RangeError for an unknown zone */
export function calendarOf({ maintenance, plans, now, zone }: CalendarFacts): Calendar {
  const from = mondayOf(now - WEEK, zone);
  const days = daysFrom(from, WEEKS * 7, zone);
  const range = { from, to: days.at(-1)?.ends ?? from };
  const spans = spansOf(maintenance, range);
  const marks: readonly Mark[] = [
    ...plans.flatMap(marksOf),
    ...days.flatMap(({ change }) => (change ? [changeMark(change.at, change.by)] : [])),
    { kind: 'now', at: now, text: 'Now' },
  ];
  const isWithin = ({ at }: { readonly at: number }): boolean => range.from <= at && at < range.to;
  return {
    zone,
    now,
    days: days.map((day) => withContent(day, spans, marks)),
    rows: [
      ...spans.map(rowOf),
      ...marks.filter(isWithin).map(({ at, text }) => ({ at, what: text, because: '' })),
    ].toSorted((a, b) => a.at - b.at),
  };
}

function withContent(day: LocalDay, spans: readonly Span[], marks: readonly Mark[]): CalendarDay {
  const minuteOf = (at: number): number => (Math.min(Math.max(at, day.starts), day.ends) - day.starts) / 60_000;
  const holds = (at: number): boolean => day.starts <= at && at < day.ends;
  return {
    ...day,
    isToday: marks.some(({ kind, at }) => kind === 'now' && holds(at)),
    pieces: spans
      .filter(({ opens, closes }) => opens < day.ends && day.starts < closes)
      .map((span) => ({ span, from: minuteOf(span.opens), to: minuteOf(span.closes) })),
    marks: marks
      .filter(({ at }) => holds(at))
      .map((mark) => ({ ...mark, minute: minuteOf(mark.at) }))
      .toSorted((a, b) => a.at - b.at),
  };
}

/** The deadline of a plan that is not over, and each opening that services of it take. */
function marksOf({ plan, dueAt }: PlanRecord): readonly Mark[] {
  if (plan === undefined || dueAt === undefined) return [];
  const taking = plan.services.flatMap(({ work, run: { stage } }) => ('slot' in stage ? stage.slot : work?.slot) ?? []);
  const byOpening = Map.groupBy(
    taking.filter((slot) => !isRunNow(slot)),
    ({ opens }) => opens,
  );
  const deadline = plan.occasion === 'retirement' ? 'AWS begins' : 'to be done by now';
  return [
    { kind: 'deadline', at: plan.deadline, text: `${deadline} (${plan.id})` },
    ...[...byOpening].map(
      ([at, slots]): Mark => ({ kind: 'taken', at, text: `taken by ${counted(slots.length)} of ${plan.id}` }),
    ),
  ];
}

const counted = (services: number): string => (services === 1 ? '1 service' : `${services} services`);

const changeMark = (at: number, by: number): Mark => ({
  kind: 'change',
  at,
  text: `Clocks go ${by > 0 ? 'forward' : 'back'} by ${Math.abs(by)} minutes`,
});

const WORDS = { open: 'Open', frozen: 'Would be open, and is frozen', freeze: 'Freeze' } as const;

const rowOf = ({ kind, name, opens, closes, because }: Span): CalendarRow => ({
  at: opens,
  until: closes,
  what: `${WORDS[kind]}: ${name}`,
  because,
});

/** Zones to choose from: those of the windows, and UTC. */
export const zonesOf = ({ windows, freezes }: Maintenance): readonly string[] => [
  ...new Set([...windows.map(({ zone }) => zone), ...freezes.map(({ zone }) => zone), 'UTC']),
];

import { days, hours, type Instant } from '../instant.ts';
import { WEEKDAYS, type Weekday } from '../quiet-hours.ts';
import { offsetsWithin } from '../zone.ts';
import type { MaintenanceWindow } from './maintenance.ts';

/** A time range of an instance event window of Amazon EC2: every week, whole hours, UTC. */
export interface EventTimeRange {
  readonly startDay: Weekday;
  /** 0 to 23. */
  readonly startHour: number;
  readonly endDay: Weekday;
  readonly endHour: number;
}

export type EventWindow =
  | { readonly status: 'exported'; readonly ranges: readonly EventTimeRange[] }
  | { readonly status: 'refused'; readonly because: string };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceEventWindow.html */
const SHORTEST_RANGE = 2;
const LEAST_HOURS_A_WEEK = 4;
const HOURS_A_WEEK = 168;

/**
 * The window as one of Amazon EC2, which AWS Fargate keeps to when it retires tasks. Those know neither zones nor freezes:
 * an hour is in it when it lies within the window whichever offset the zone has in the 400 days from `from` on, so that
 * the result never reaches beyond the window, in summer and in winter. What is left has to be long enough for EC2.
 */
export function eventWindowOf(window: MaintenanceWindow, from: Instant): EventWindow {
  if (window.opens.kind !== 'weekly') return refused('only a weekly window can be one of Amazon EC2');
  const offsets = offsetsWithin(window.zone, from, from + days(400));
  const open = commonHours(localRanges(window), offsets);
  const ranges = rangesOf(open);
  if (ranges === 'always') return refused('it is always open, and a window of Amazon EC2 has to close');
  if (ranges.some((range) => rangeLength(range) < SHORTEST_RANGE)) {
    return refused(`a range of it has fewer than ${SHORTEST_RANGE} whole hours of UTC that are open all the year`);
  }
  if (open.filter(Boolean).length < LEAST_HOURS_A_WEEK) {
    return refused(`it has fewer than ${LEAST_HOURS_A_WEEK} whole hours of UTC a week that are open all the year`);
  }
  return { status: 'exported', ranges: ranges.map(eventRange) };
}

const refused = (because: string): EventWindow => ({ status: 'refused', because });

/** Milliseconds since Sunday 00:00; `to` may be in the week after. */
interface WeekRange {
  readonly from: number;
  readonly to: number;
}

/** On the wall. Ends by the clock that touch the next start do so in every night; elapsed ones need not. */
function localRanges({ opens, closes }: MaintenanceWindow): readonly WeekRange[] {
  if (opens.kind !== 'weekly' || closes.kind === 'ssm') return [];
  const ranges = opens.days.map((day) => {
    const from = days(WEEKDAYS.indexOf(day)) + opens.start;
    if (closes.kind === 'duration') return { from, to: from + closes.length };
    return { from, to: from - opens.start + closes.at + (closes.at > opens.start ? 0 : days(1)) };
  });
  return closes.kind === 'duration' ? ranges : touching(ranges);
}

/** Those that overlap or touch as one, the last of the week and the first of the next included. */
function touching(ranges: readonly WeekRange[]): readonly WeekRange[] {
  const week = days(7);
  const twice = [...ranges, ...ranges.map(({ from, to }) => ({ from: from + week, to: to + week }))];
  const result: WeekRange[] = [];
  for (const range of twice.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || last.to < range.from) result.push(range);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
  }
  return result;
}

/** For each hour of the week in UTC, whether some range holds the whole of it under every offset. */
function commonHours(ranges: readonly WeekRange[], offsets: readonly number[]): readonly boolean[] {
  const common = ranges.map(({ from, to }) => ({
    from: Math.ceil((from - Math.min(...offsets)) / hours(1)),
    to: Math.floor((to - Math.max(...offsets)) / hours(1)),
  }));
  return Array.from({ length: HOURS_A_WEEK }, (_, hour) =>
    common.some(({ from, to }) =>
      [-1, 0, 1, 2].some((week) => from <= hour + week * HOURS_A_WEEK && hour + week * HOURS_A_WEEK < to),
    ),
  );
}

/** Hours since Sunday 00:00 UTC; `to` may be in the week after. */
function rangesOf(open: readonly boolean[]): readonly WeekRange[] | 'always' {
  const shut = open.indexOf(false);
  if (shut < 0) return 'always';
  const ranges: WeekRange[] = [];
  let from: number | undefined;
  // Once around from an hour that is shut, so that no range is cut at the turn of the week.
  for (let hour = shut; hour <= shut + HOURS_A_WEEK; hour++) {
    const isOpen = open[hour % HOURS_A_WEEK] === true;
    if (isOpen) from ??= hour;
    else if (from !== undefined) {
      ranges.push({ from, to: hour });
      from = undefined;
    }
  }
  return ranges.map((range) => ({
    from: range.from % HOURS_A_WEEK,
    to: (range.from % HOURS_A_WEEK) + rangeLength(range),
  }));
}

const rangeLength = ({ from, to }: WeekRange): number => to - from;

function eventRange({ from, to }: WeekRange): EventTimeRange {
  return { startDay: dayOf(from), startHour: from % 24, endDay: dayOf(to), endHour: to % 24 };
}

/** True because the index is a whole number from 0 to 6. */
const dayOf = (hour: number): Weekday => WEEKDAYS[Math.floor(hour / 24) % 7] as Weekday;

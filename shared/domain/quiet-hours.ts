import { days, type Instant } from './instant.ts';
import type { Selector } from './selector.ts';
import { instantOf, type LocalTime, localTime } from './zone.ts';

/** In the order of their numbers: Sunday is 0. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * When people want to rest. `from` and `to` are times of the local day in milliseconds since midnight, `to` at most 24
 * hours; where it is not later than `from` it is of the next day. `days` are those on which a period opens.
 *
 * Periods are half-open (`from <= t < to`) and go by the clock on the wall. A time stands for the first instant at which
 * that clock shows it or a later one. So where clocks go back, a period opens and closes at the first of two equal
 * times, and where they go forward, a skipped time is the moment of the change: a period that lies in the skipped hour
 * is empty that day, and periods that follow each other leave no gap and do not overlap.
 */
export interface QuietHours {
  readonly when: Selector;
  /** A name of the tz database: `Europe/Prague`. */
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  readonly days: readonly Weekday[];
}

/** Periods that follow each other without end would keep a problem from everybody for ever. */
const LONGEST_QUIET = days(7);

/** The first instant at or after `now` that lies in none of the periods, or the end of one a week later. */
export function endOfQuiet(periods: readonly QuietHours[], now: Instant): Instant {
  let at = now;
  while (at < now + LONGEST_QUIET) {
    const end = Math.max(...periods.map((period) => quietUntil(period, at) ?? at), at);
    if (end === at) break;
    at = end;
  }
  return at;
}

/** When the period that `now` lies in closes, or `undefined` when it lies in none. */
export function quietUntil({ zone, from, to, days: opening }: QuietHours, now: Instant): Instant | undefined {
  const today = midnightOf(localTime(now, zone));
  // Tomorrow too: clocks that go back over midnight show a day again that has already ended.
  for (const midnight of [today - days(1), today, today + days(1)]) {
    if (!opening.includes(weekdayOf(midnight))) continue;
    if (now < instantOf(midnight + from, zone)) continue;
    const closes = instantOf(midnight + to + (to > from ? 0 : days(1)), zone);
    if (now < closes) return closes;
  }
  return undefined;
}

const midnightOf = (local: LocalTime): LocalTime => Math.floor(local / days(1)) * days(1);

/** 1 January 1970 was a Thursday. */
function weekdayOf(midnight: LocalTime): Weekday {
  const index = (((midnight / days(1) + 4) % 7) + 7) % 7;
  // True because the index is a whole number from 0 to 6.
  return WEEKDAYS[index] as Weekday;
}

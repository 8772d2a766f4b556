import { hours, minutes } from '../instant.ts';
import { type LocalDate, weekdayOf } from './calendar.ts';

/** A cron expression of five fields, read. It says on which days, by the calendar on the wall, and at which times. */
export interface Cron {
  /** As it was written. */
  readonly expression: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly monthDays: readonly MonthDayRule[];
  /** 1 to 12. */
  readonly months: readonly number[];
  readonly weekdays: readonly WeekdayRule[];
  /**
   * As in Vixie cron: a day has to fit both of its fields when one of them begins with `*` (or is `?`), and otherwise
   * either. https://man7.org/linux/man-pages/man5/crontab.5.html
   */
  readonly days: 'both' | 'either';
}

export type MonthDayRule = number | 'last';

/** Sunday is 0. `nth` is 1 to 5, of that weekday in its month. */
export interface WeekdayRule {
  readonly weekday: number;
  readonly which: 'every' | 'last' | { readonly nth: number };
}

export function isOn(date: LocalDate, cron: Cron): boolean {
  const day = new Date(date);
  if (!cron.months.includes(day.getUTCMonth() + 1)) return false;
  const ofMonth = day.getUTCDate();
  const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  const fitsMonth = cron.monthDays.some((rule) => ofMonth === (rule === 'last' ? lastOfMonth : rule));
  const fitsWeek = cron.weekdays.some((rule) => fitsWeekday(rule, weekdayOf(date), ofMonth, lastOfMonth));
  return cron.days === 'both' ? fitsMonth && fitsWeek : fitsMonth || fitsWeek;
}

function fitsWeekday({ weekday, which }: WeekdayRule, today: number, ofMonth: number, lastOfMonth: number): boolean {
  if (weekday !== today) return false;
  if (which === 'every') return true;
  return which === 'last' ? ofMonth + 7 > lastOfMonth : Math.ceil(ofMonth / 7) === which.nth;
}

/** Milliseconds since midnight, in order. */
export const timesOf = (cron: Cron): readonly number[] =>
  cron.hours.flatMap((hour) => cron.minutes.map((minute) => hours(hour) + minutes(minute)));

import { days, type Instant } from '../instant.ts';
import { WEEKDAYS } from '../quiet-hours.ts';
import { type LocalTime, localTime, type Moment, momentOf } from '../zone.ts';
import { dateOf, datesBetween, dateText, timeText, weekdayOf } from './calendar.ts';
import { isOn, timesOf } from './cron.ts';
import type { ImportedOpening } from './imported.ts';
import { type Closes, LONGEST_OPENING, type LocalOpens, type MaintenanceWindow } from './maintenance.ts';
import { ruleText } from './rule-text.ts';

/** A stretch of time in which replacing may happen: `opens <= t < closes`, never empty. */
export interface Opening {
  /** Names of the windows that are open then, the one that opens first first. */
  readonly windows: readonly string[];
  /** Of the first window. */
  readonly zone: string;
  readonly opens: Instant;
  readonly closes: Instant;
  /**
   * Of each window, in milliseconds; `derived` where the window leaves it to the expected duration. One of Systems Manager
   * has its own there beside that of the configuration.
   */
  readonly cutoffs: readonly (number | 'derived')[];
  /** The rules that made, merged and cut it, in that order. */
  readonly because: readonly Because[];
}

export interface Because {
  readonly rule: 'made' | 'merged' | 'cut';
  /** Name of the window, or of the freeze that cut. */
  readonly by: string;
  /** What that rule says, in words. */
  readonly text: string;
}

/** `from <= t < to`. */
export interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The openings of one window that share an instant with `from <= t < to`, in order and whole, also where they reach
 * beyond it. Each belongs to the local day it opens on; a day has one for each time that its rule names. One that lies in
 * a skipped hour altogether does not exist. Of what Systems Manager opens, that which was imported.
 */
export const openingsOf = (window: MaintenanceWindow, from: Instant, to: Instant): readonly Opening[] =>
  openingsAround(window, from, to).filter(
    (opening) => opening.opens < opening.closes && opening.opens < to && from < opening.closes,
  );

/** Those, and some before and after them. */
function openingsAround(window: MaintenanceWindow, from: Instant, to: Instant): readonly Opening[] {
  const { opens, closes } = window;
  const text = ruleText(window);
  if (opens.kind === 'ssm') return (opens.imported?.openings ?? []).map((told) => openingTold(told, window, text));
  // Nothing but Systems Manager has no close of its own.
  if (closes.kind === 'ssm') return [];
  const earliest = localTime(from, window.zone) - LONGEST_OPENING - days(2);
  const latest = localTime(to, window.zone) + days(2);
  return startsOf(opens, earliest, latest).map((start) => openingAt(start, { window, closes, text }));
}

const openingTold = (
  { opens, closes, cutoff: told }: ImportedOpening,
  { name, zone, cutoff }: MaintenanceWindow,
  text: string,
): Opening => ({
  windows: [name],
  zone,
  opens,
  closes,
  cutoffs: [told, cutoff ?? 'derived'],
  because: [{ rule: 'made', by: name, text }],
});

/** Times on the wall, in order. */
function startsOf(opens: LocalOpens, from: LocalTime, to: LocalTime): readonly LocalTime[] {
  switch (opens.kind) {
    case 'weekly': {
      const weekdays = opens.days.map((day) => WEEKDAYS.indexOf(day));
      const dates = datesBetween(from, to).filter((date) => weekdays.includes(weekdayOf(date)));
      return dates.map((date) => date + opens.start);
    }
    case 'cron': {
      const later = days(opens.offsetDays);
      const times = timesOf(opens.cron);
      const dates = datesBetween(from - later, to - later).filter((date) => isOn(date, opens.cron));
      return dates.flatMap((date) => times.map((time) => date + later + time));
    }
    case 'once':
      return from <= opens.at && opens.at <= to ? [opens.at] : [];
  }
}

interface Given {
  readonly window: MaintenanceWindow;
  readonly closes: Closes;
  readonly text: string;
}

function openingAt(start: LocalTime, { window, closes, text }: Given): Opening {
  const { name, zone, cutoff = 'derived' } = window;
  const opens = momentOf(start, zone);
  const end = closes.kind === 'end' ? endAfter(start, closes.at) : undefined;
  const ends = end === undefined ? undefined : momentOf(end, zone);
  const changes = [changeText(start, opens), end !== undefined && ends ? changeText(end, ends) : ''].join('');
  return {
    windows: [name],
    zone,
    opens: opens.at,
    closes: closes.kind === 'duration' ? opens.at + closes.length : (ends?.at ?? opens.at),
    cutoffs: [cutoff],
    because: [{ rule: 'made', by: name, text: text + changes }],
  };
}

/** The next time that a clock without changes shows `at`. */
function endAfter(start: LocalTime, at: number): LocalTime {
  const today = dateOf(start) + at;
  return today > start ? today : today + days(1);
}

/** What the change of the clocks did to an edge, if anything. */
function changeText(edge: LocalTime, { shown }: Moment): string {
  if (shown === 'once') return '';
  const when = `${timeText(edge - dateOf(edge))} on ${dateText(edge)}`;
  return shown === 'never'
    ? `; ${when} is skipped, the change of the clocks counts`
    : `; ${when} comes twice, the first counts`;
}

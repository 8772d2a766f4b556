import { days, type Instant, minutes } from '../instant.ts';
import { freezesFor, type WindowSubject, windowsFor } from './audience.ts';
import { frozenSpans } from './freeze-spans.ts';
import { type Freeze, LONGEST_OPENING, type Maintenance, type MaintenanceWindow } from './maintenance.ts';
import { type Opening, openingsOf, type Range } from './opening.ts';
import { type Cut, merged, withoutFrozen } from './pieces.ts';

/**
 * When `subject` may be replaced within `from <= t < to`: the openings of the windows of the most specific level that
 * selects it, merged, without the freezes that select it. In order, never touching, and whole: the first may have opened
 * before `from` and the last close after `to`. One that is put together of more than a week may reach further still.
 */
export const usableOpenings = (
  windows: readonly MaintenanceWindow[],
  freezes: readonly Freeze[],
  subject: WindowSubject,
  range: Range,
): readonly Opening[] => timetable(windowsFor(windows, subject).windows, freezesFor(freezes, subject), range).openings;

/** What all these windows and freezes together leave, and what the freezes take. */
export function timetable(windows: readonly MaintenanceWindow[], freezes: readonly Freeze[], range: Range): Cut {
  const wide = { from: range.from - LONGEST_OPENING, to: range.to + LONGEST_OPENING };
  const open = merged(windows.flatMap((window) => openingsOf(window, wide.from, wide.to)));
  const cut = withoutFrozen(
    open,
    freezes.flatMap((freeze) => frozenSpans(freeze, wide)),
  );
  const isWithin = ({ opens, closes }: Opening): boolean => opens < range.to && range.from < closes;
  return { openings: cut.openings.filter(isWithin), frozen: cut.frozen.filter(isWithin) };
}

/** The opening that holds `at`, if there is one. */
export const openingAt = (maintenance: Maintenance, subject: WindowSubject, at: Instant): Opening | undefined =>
  usableOpenings(maintenance.windows, maintenance.freezes, subject, { from: at, to: at + 1 })[0];

export const isOpenAt = (maintenance: Maintenance, subject: WindowSubject, at: Instant): boolean =>
  openingAt(maintenance, subject, at) !== undefined;

/** Four years and some days, so that the 29th of February is always among them. What opens later is as good as never. */
const FURTHEST = days(1_500);

/** The first opening that begins after `after`, or `undefined` when none does within four years. */
export function nextOpening(maintenance: Maintenance, subject: WindowSubject, after: Instant): Opening | undefined {
  const { windows } = windowsFor(maintenance.windows, subject);
  return nextOf(windows, freezesFor(maintenance.freezes, subject), after);
}

/** As {@link nextOpening}, of windows and freezes that are chosen already. Looks a week ahead, then two, then four. */
export function nextOf(
  windows: readonly MaintenanceWindow[],
  freezes: readonly Freeze[],
  after: Instant,
): Opening | undefined {
  for (let ahead = days(7); ; ahead *= 2) {
    const range = { from: after, to: after + Math.min(ahead, FURTHEST) };
    const next = timetable(windows, freezes, range).openings.find(({ opens }) => after < opens);
    if (next !== undefined || ahead >= FURTHEST) return next;
  }
}

/** However short a replacement is expected to be, so much time is left for it. */
const LEAST_CUTOFF = minutes(30);

/**
 * The last instant at which something that takes `expected` milliseconds may start, by elapsed time; before `opens` when
 * there is none. Of windows that were merged the longest cutoff holds.
 */
export function latestStart({ closes, cutoffs }: Opening, expected: number): Instant {
  const derived = Math.max(LEAST_CUTOFF, 1.5 * expected);
  return closes - Math.max(...cutoffs.map((cutoff) => (cutoff === 'derived' ? derived : cutoff)));
}

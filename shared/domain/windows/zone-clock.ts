import { Temporal } from 'temporal-polyfill';
import { days, type Instant } from '../instant.ts';
import type { LocalTime } from '../zone.ts';
import { timeText } from './calendar.ts';

/**
 * The only file that knows how clocks on walls run. A local time stands for the first instant at which such a clock shows
 * it or a later one:
 *
 * - skipped, when clocks go forward: the instant of the change, the first that exists after the gap;
 * - repeated, when clocks go back: the first of the two, for an opening and for a close, which so is early, not late.
 *
 * A window between two skipped times is so empty that night. Throws a RangeError for a zone that the runtime does not know.
 */
export const instantAt = (local: LocalTime, zone: string): Instant => momentOf(local, zone).at;

/** The instant that a local time stands for, and how often clocks show that time. */
export interface Moment {
  readonly at: Instant;
  readonly shown: 'once' | 'never' | 'twice';
}

/** As {@link instantAt}. */
export function momentOf(local: LocalTime, zone: string): Moment {
  const stretches = stretchesAround(local, zone);
  const first = stretches.findIndex((_, index) => local - offsetOf(stretches, index) < endOf(stretches, index));
  const from = stretches[first]?.from ?? local;
  const at = Math.max(from, local - offsetOf(stretches, first));
  if (at + offsetOf(stretches, first) !== local) return { at, shown: 'never' };
  const again = first + 1 < stretches.length && local - offsetOf(stretches, first + 1) >= endOf(stretches, first);
  return { at, shown: again ? 'twice' : 'once' };
}

/** What the clocks of the zone show. */
export const wallClock = (at: Instant, zone: string): LocalTime => at + offsetAt(at, zone);

/** Milliseconds that clocks of the zone are ahead of UTC at some time within `from <= t < to`, each once. */
export function offsetsWithin(zone: string, from: Instant, to: Instant): readonly number[] {
  const found = new Set([offsetAt(from, zone)]);
  for (let year = yearOf(from) - 1; year <= yearOf(to) + 1; year++) {
    for (const { from: since, offset } of stretchesOf(year, zone)) if (from < since && since < to) found.add(offset);
  }
  return [...found];
}

/** `2026-11-24T20:00:00-05:00`. */
export function localText(at: Instant, zone: string): string {
  const offset = offsetAt(at, zone);
  const ahead = timeText(Math.abs(offset));
  return `${new Date(at + offset).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${ahead}`;
}

function offsetAt(at: Instant, zone: string): number {
  const stretches = stretchesAround(at, zone);
  return (stretches.findLast(({ from }) => from <= at) ?? stretches[0])?.offset ?? 0;
}

/** Between two changes of the clocks. */
interface Stretch {
  readonly from: Instant;
  /** Milliseconds that clocks are ahead of UTC. */
  readonly offset: number;
}

const offsetOf = (stretches: readonly Stretch[], index: number): number => stretches[index]?.offset ?? 0;

/** The last stretch that is known has no end. */
const endOf = (stretches: readonly Stretch[], index: number): Instant =>
  stretches[index + 1]?.from ?? Number.POSITIVE_INFINITY;

const yearOf = (at: number): number => new Date(at).getUTCFullYear();

/** Both local times and instants of a year are within the stretches of that year, which reach beyond it. */
const stretchesAround = (at: number, zone: string): readonly Stretch[] => stretchesOf(yearOf(at), zone);

/** No zone is further from UTC than 15 hours. */
const MARGIN = days(2);

/** Finding the changes costs a thousand times what using them does, and a listing asks about the same years again. */
const known = new Map<string, ReadonlyMap<number, readonly Stretch[]>>();

function stretchesOf(year: number, zone: string): readonly Stretch[] {
  const found = known.get(zone)?.get(year);
  if (found !== undefined) return found;
  const stretches = readStretches(zone, Date.UTC(year, 0) - MARGIN, Date.UTC(year + 1, 0) + MARGIN);
  known.set(zone, new Map(known.get(zone)).set(year, stretches));
  return stretches;
}

function readStretches(zone: string, from: Instant, to: Instant): readonly Stretch[] {
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const stretches: Stretch[] = [{ from: Number.NEGATIVE_INFINITY, offset: at.offsetNanoseconds / 1e6 }];
  for (;;) {
    at = at.getTimeZoneTransition('next');
    if (at === null || at.epochMilliseconds >= to) return stretches;
    stretches.push({ from: at.epochMilliseconds, offset: at.offsetNanoseconds / 1e6 });
  }
}

import type { Instant } from './instant.ts';
import { timeText } from './windows/calendar.ts';
import { type Stretch, stretchesAround } from './zone-stretches.ts';

/** What a clock on a wall shows: milliseconds since it showed 1970-01-01 00:00. */
export type LocalTime = number;

/** Whether `name` is a zone of the tz database that this runtime knows; a fixed offset such as `+02:00` is none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    stretchesAround(0, name);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of the zone show. Throws a RangeError for an unknown zone. */
export const localTime = (at: Instant, zone: string): LocalTime => at + offsetAt(at, zone);

/**
 * A local time stands for the first instant at which a clock on a wall shows it or a later one:
 *
 * - skipped, when clocks go forward: the instant of the change, the first that exists after the gap;
 * - repeated, when clocks go back: the first of the two, for a beginning and for an end, which so is early, not late.
 *
 * What lies between two skipped times is so empty that night. Throws a RangeError for an unknown zone.
 */
export const instantOf = (local: LocalTime, zone: string): Instant => momentOf(local, zone).at;

/** The instant that a local time stands for, and how often clocks show that time. */
export interface Moment {
  readonly at: Instant;
  readonly shown: 'once' | 'never' | 'twice';
}

/** As {@link instantOf}. */
export function momentOf(local: LocalTime, zone: string): Moment {
  const stretches = stretchesAround(local, zone);
  const first = stretches.findIndex((_, index) => local - offsetOf(stretches, index) < endOf(stretches, index));
  const from = stretches[first]?.from ?? local;
  const at = Math.max(from, local - offsetOf(stretches, first));
  if (at + offsetOf(stretches, first) !== local) return { at, shown: 'never' };
  const again = first + 1 < stretches.length && local - offsetOf(stretches, first + 1) >= endOf(stretches, first);
  return { at, shown: again ? 'twice' : 'once' };
}

/** Milliseconds that clocks of the zone are ahead of UTC at some time within `from <= t < to`, each once. */
export function offsetsWithin(zone: string, from: Instant, to: Instant): readonly number[] {
  const found = new Set([offsetAt(from, zone)]);
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    for (const { from: since, offset } of stretchesAround(Date.UTC(year, 0), zone))
      if (from < since && since < to) found.add(offset);
  }
  return [...found];
}

const yearOf = (at: Instant): number => new Date(at).getUTCFullYear();

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

const offsetOf = (stretches: readonly Stretch[], index: number): number => stretches[index]?.offset ?? 0;

/** The last stretch that is known has no end. */
const endOf = (stretches: readonly Stretch[], index: number): Instant =>
  stretches[index + 1]?.from ?? Number.POSITIVE_INFINITY;

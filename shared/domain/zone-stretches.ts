import * as Instants from 'temporal-polyfill/fns/Instant';
import * as Zoned from 'temporal-polyfill/fns/ZonedDateTime';
import { days, type Instant } from './instant.ts';

/** Between two changes of the clocks of a zone. */
export interface Stretch {
  readonly from: Instant;
  /** Milliseconds that clocks are ahead of UTC. */
  readonly offset: number;
}

/**
 * The stretches of the year that `at` is in, in UTC, in order; they reach far enough beyond it for a local time of that year,
 * and the first reaches back for ever. Throws a RangeError for a zone that the runtime does not know.
 */
export const stretchesAround = (at: number, zone: string): readonly Stretch[] =>
  stretchesOf(new Date(at).getUTCFullYear(), zone);

/** No zone is further from UTC than 15 hours. */
const MARGIN = days(2);

/** Finding the changes costs a thousand times what using them does, and the same years are asked about again and again. */
const known = new Map<string, ReadonlyMap<number, readonly Stretch[]>>();

function stretchesOf(year: number, zone: string): readonly Stretch[] {
  const found = known.get(zone)?.get(year);
  if (found !== undefined) return found;
  const stretches = readStretches(zone, Date.UTC(year, 0) - MARGIN, Date.UTC(year + 1, 0) + MARGIN);
  known.set(zone, new Map(known.get(zone)).set(year, stretches));
  return stretches;
}

function readStretches(zone: string, from: Instant, to: Instant): readonly Stretch[] {
  let at: Zoned.Record | null = zonedAt(from, zone);
  const stretches: Stretch[] = [{ from: Number.NEGATIVE_INFINITY, offset: offsetOf(at) }];
  for (;;) {
    at = Zoned.getTimeZoneTransition(at, 'next');
    if (at === null) return stretches;
    const since = at.epochMilliseconds;
    if (since >= to) return stretches;
    stretches.push({ from: since, offset: offsetOf(at) });
  }
}

const zonedAt = (at: Instant, zone: string): Zoned.Record =>
  Instants.toZonedDateTimeISO(Instants.fromEpochMilliseconds(at), zone);

const offsetOf = (at: Zoned.Record): number => Zoned.offsetNanoseconds(at) / 1e6;

import { days, hours, type Instant, minutes } from '../../../shared/domain/instant.ts';
import { instantOf } from '../../../shared/domain/zone.ts';

/** What a time without an offset is read in. */
export interface Now {
  readonly now: Instant;
  /** A name of the tz database. */
  readonly zone: string;
}

/** Which end of a day is meant by a day alone. */
export type Edge = 'begins' | 'ends';

/** How a time may be written, for people. */
export const TIME_FORMS = '`2h`, `1d12h`, `2026-12-20`, `2026-12-20T18:00` or `2026-12-20T18:00Z`';

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(Z|[+-]\d\d:\d\d)?)?$/;
const LENGTH = /^(?=\d)(?:(\d{1,3})w)?(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m(?:in)?)?$/;

/**
 * The instant that somebody means: `now`, a length from now on (`30m`, `2h`, `1d12h`, `1w`), a time on the wall of the
 * zone, or one with its offset. A day alone is where it begins or ends, as `edge` says: of what lasts until a day, that
 * day is part. `undefined` for anything else, a day that no calendar has included.
 */
export function momentIn(text: string, edge: Edge, { now, zone }: Now): Instant | undefined {
  if (text.toLowerCase() === 'now') return now;
  const length = lengthIn(text);
  if (length !== undefined) return now + length;
  const [, year, month, day, hour, minute, offset] = DATE.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  if (hour === undefined || minute === undefined) return instantOf(edge === 'begins' ? date : date + days(1), zone);
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const local = date + hours(Number(hour)) + minutes(Number(minute));
  return offset === undefined ? instantOf(local, zone) : withOffset(local, offset);
}

/** Milliseconds of `2h`, `1h30m`, `2d` or `1w`, where a day has 24 hours; `undefined` for anything else, and for none. */
export function lengthIn(text: string): number | undefined {
  const counts = LENGTH.exec(text.toLowerCase())?.slice(1);
  const units = [days(7), days(1), hours(1), minutes(1)];
  const length = counts && units.reduce((sum, unit, index) => sum + Number(counts[index] ?? 0) * unit, 0);
  return length === 0 ? undefined : length;
}

function withOffset(local: number, offset: string): Instant | undefined {
  if (offset === 'Z') return local;
  const ahead = hours(Number(offset.slice(1, 3))) + minutes(Number(offset.slice(4)));
  return ahead > hours(14) ? undefined : local - (offset.startsWith('-') ? -ahead : ahead);
}

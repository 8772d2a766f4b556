import { days, type Instant, seconds } from './instant.ts';

/** What a clock on a wall shows: milliseconds since it showed 1970-01-01 00:00. */
export type LocalTime = number;

/** Whether `name` is a zone of the tz database that this runtime knows; a fixed offset such as `+02:00` is none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of the zone show. Throws a RangeError for an unknown zone. */
export function localTime(at: Instant, zone: string): LocalTime {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % seconds(1)) + seconds(1)) % seconds(1));
}

/**
 * The first instant at which the clocks of the zone show `local` or a later time. A time that is shown twice, when clocks
 * go back, is so the first of the two; one that is skipped, when they go forward, is the instant of the change.
 * Exact while a zone does not change its offset twice within two days, which none does.
 */
export function instantOf(local: LocalTime, zone: string): Instant {
  const before = local - offset(local - days(1), zone);
  const after = local - offset(local + days(1), zone);
  const shown = [before, after].filter((at) => localTime(at, zone) === local);
  return shown.length > 0 ? Math.min(...shown) : firstShowing(local, { from: after, to: before }, zone);
}

/** By halving: `from` is before the change of the clocks, `to` is not. */
function firstShowing(local: LocalTime, { from, to }: { from: Instant; to: Instant }, zone: string): Instant {
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (localTime(middle, zone) >= local) late = middle;
    else early = middle;
  }
  return late;
}

const offset = (at: Instant, zone: string): number => localTime(at, zone) - at;

/** Making a format costs a hundred times as much as using it, and there are as many as zones are configured. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...FORMAT, timeZone: zone });
  formats.set(zone, format);
  return format;
}

const FORMAT = {
  calendar: 'gregory',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

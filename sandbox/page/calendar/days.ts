import { instantOf, localText, localTime } from '../../../shared/domain/zone.ts';
import { stretchesAround } from '../../../shared/domain/zone-stretches.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A day by the clocks of a zone. Instants are milliseconds since 1970. */
export interface LocalDay {
  /** `2026-11-16`. */
  readonly date: string;
  /** `Mon`. */
  readonly weekday: string;
  readonly starts: number;
  readonly ends: number;
  /** 1440, but for the days on which clocks change. */
  readonly minutes: number;
  /** When clocks change on it. */
  readonly change?: ClockChange;
}

export interface ClockChange {
  readonly at: number;
  /** Minutes that clocks jump: 60 forward in spring, -60 back in autumn. */
  readonly by: number;
}

/** `count` days of a zone, from the one that holds `from`. @throws RangeError for an unknown zone */
export function daysFrom(from: number, count: number, zone: string): readonly LocalDay[] {
  const midnight = Math.floor(localTime(from, zone) / DAY) * DAY;
  return Array.from({ length: count }, (_, index) => dayAt(midnight + index * DAY, zone));
}

/** `local`: midnight as a clock on a wall shows it. */
function dayAt(local: number, zone: string): LocalDay {
  const [starts, ends] = [instantOf(local, zone), instantOf(local + DAY, zone)];
  const change = changeWithin(starts, ends, zone);
  const shown = new Date(local);
  return {
    date: shown.toISOString().slice(0, 10),
    weekday: shown.toUTCString().slice(0, 3),
    starts,
    ends,
    minutes: (ends - starts) / MINUTE,
    ...(change && { change }),
  };
}

function changeWithin(starts: number, ends: number, zone: string): ClockChange | undefined {
  const stretches = stretchesAround(starts, zone);
  const index = stretches.findIndex(({ from }) => starts <= from && from < ends);
  const [before, after] = [stretches[index - 1], stretches[index]];
  if (before === undefined || after === undefined) return undefined;
  return { at: after.from, by: (after.offset - before.offset) / MINUTE };
}

/** The Monday, at midnight in the zone, of the week that holds an instant. */
export function mondayOf(at: number, zone: string): number {
  const midnight = Math.floor(localTime(at, zone) / DAY) * DAY;
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return instantOf(midnight - sinceMonday * DAY, zone);
}

/** `Mon 16 Nov 22:00`, by the clocks of the zone. */
export function wallText(at: number, zone: string): string {
  const shown = new Date(localTime(at, zone)).toUTCString();
  return `${shown.slice(0, 3)} ${shown.slice(5, 11)} ${shown.slice(17, 22)}`;
}

/** `22:00:00`, by the clocks of the zone. */
export const clockText = (at: number, zone: string): string => localText(at, zone).slice(11, 19);

/** `+01:00`. */
export const offsetText = (at: number, zone: string): string => localText(at, zone).slice(19);

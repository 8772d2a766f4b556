import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import { WEEKDAYS } from '../../../shared/domain/quiet-hours.ts';
import type { MaintenanceWindow } from '../../../shared/domain/windows/maintenance.ts';
import { openingsOf } from '../../../shared/domain/windows/opening.ts';
import { localTime, offsetsWithin } from '../../../shared/domain/zone.ts';
import { aWindow, shown } from '../../support/maintenance.ts';
import { firstMinute, readWall, type Wall } from '../../support/wall.ts';

interface Rule {
  /** Sunday is 0. */
  readonly weekdays: readonly number[];
  /** Minutes since midnight. */
  readonly start: number;
  readonly closes: { readonly end: number } | { readonly length: number };
}

const rule: fc.Arbitrary<Rule> = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    start: fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 240 })),
    closes: fc.oneof(
      fc.record({ end: fc.integer({ min: 1, max: 1_440 }) }),
      fc.record({ length: fc.integer({ min: 1, max: 3 * 1_440 }) }),
    ),
  })
  .filter(({ start, closes }) => !('end' in closes) || closes.end !== start);

const windowOf = (zone: string, { weekdays, start, closes }: Rule): MaintenanceWindow => ({
  ...aWindow({ zone }),
  opens: {
    kind: 'weekly',
    days: WEEKDAYS.filter((_, index) => weekdays.includes(index)),
    start: minutes(start),
  },
  closes:
    'end' in closes ? { kind: 'end', at: minutes(closes.end) } : { kind: 'duration', length: minutes(closes.length) },
});

/** Day by day, from what a clock shows. */
function expected(wall: Wall, { weekdays, start, closes }: Rule, from: number, to: number): readonly string[] {
  const found: string[] = [];
  for (let date = from - (from % days(1)) - days(6); date < to + days(3); date += days(1)) {
    if (!weekdays.includes(new Date(date).getUTCDay())) continue;
    const opens = firstMinute(wall, date + minutes(start));
    const isNextDay = 'end' in closes && closes.end <= start;
    const end = 'end' in closes ? date + minutes(closes.end) + (isNextDay ? days(1) : 0) : 0;
    const until = 'end' in closes ? firstMinute(wall, end) : opens + minutes(closes.length);
    if (opens < until && opens < to && from < until) found.push(`${shown(opens)}/${shown(until)}`);
  }
  return found;
}

const actual = (zone: string, given: Rule, from: number, to: number): readonly string[] =>
  openingsOf(windowOf(zone, given), from, to).map(({ opens, closes }) => `${shown(opens)}/${shown(closes)}`);

/** Eight ways to change clocks, with years in which they did. */
const ZONES: readonly (readonly [string, readonly number[]])[] = [
  ['America/New_York', [2006, 2007, 2026]],
  ['Europe/London', [2026, 2038]],
  ['Australia/Lord_Howe', [2026]],
  ['America/Asuncion', [2023, 2024]],
  ['Africa/Cairo', [2010, 2014, 2026]],
  ['Africa/Casablanca', [2018, 2026, 2030]],
  ['Asia/Kolkata', [2026]],
  ['Pacific/Apia', [2011, 2021]],
  ['UTC', [2026]],
];

describe('openings are what a clock on the wall says', () => {
  it.each(ZONES.flatMap(([zone, years]) => years.map((year) => [zone, year] as const)))(
    'in %s through the year %i',
    (zone, year) => {
      const [from, to] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
      const wall = readWall(zone, from - days(12), to + days(12));
      const rules = [
        ...fc.sample(rule, { numRuns: 6, seed: year }),
        // Around the hours at which clocks are changed.
        ...[0, 30, 60, 90, 120, 150, 180].map((start) => ({
          weekdays: [0, 1, 2, 3, 4, 5, 6],
          start,
          closes: start % 60 === 0 ? { end: start + 90 } : { length: 90 },
        })),
      ];
      for (const one of rules) expect(actual(zone, one, from, to)).toEqual(expected(wall, one, from, to));
    },
  );

  it('in every zone of the runtime, at any time from 1990 to 2040', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const from = fc.integer({ min: Date.UTC(1990, 0) / hours(1), max: Date.UTC(2040, 0) / hours(1) });
    fc.assert(
      fc.property(zone, from, rule, (name, hour, given) => {
        const [start, end] = [hours(hour), hours(hour) + days(20)];
        const wall = readWall(name, start - days(12), end + days(12));
        expect(actual(name, given, start, end)).toEqual(expected(wall, given, start, end));
      }),
      { numRuns: 250 },
    );
  });
});

describe('a window of elapsed time', () => {
  it('opens once on every day of its weekdays, also where the time is skipped or repeated', () => {
    const zone = fc.constantFrom(...ZONES.map(([name]) => name).filter((name) => name !== 'Pacific/Apia'));
    const year = fc.integer({ min: 1995, max: 2039 });
    fc.assert(
      fc.property(zone, year, rule, (name, of, given) => {
        const elapsed = { ...given, closes: { length: 1 } };
        const openings = openingsOf(windowOf(name, elapsed), Date.UTC(of, 0, 3), Date.UTC(of, 11, 29));
        const dates = openings.map(({ opens }) => shown(localTime(opens, name)).slice(0, 10));
        expect(new Set(dates).size).toBe(openings.length);
        const weeks = (Date.UTC(of, 11, 29) - Date.UTC(of, 0, 3)) / days(7);
        expect(Math.abs(openings.length - weeks * given.weekdays.length)).toBeLessThanOrEqual(given.weekdays.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the offsets of a zone', () => {
  it.each([
    ['UTC', [0]],
    ['Asia/Kolkata', [5.5]],
    ['America/New_York', [-5, -4]],
    ['Australia/Lord_Howe', [10.5, 11]],
    ['Africa/Casablanca', [0, 1]],
  ])('of %s within a year are %j', (zone, expectedHours) => {
    const found = offsetsWithin(zone, Date.UTC(2026, 0), Date.UTC(2027, 0)).map((offset) => offset / hours(1));
    expect(found.toSorted((a, b) => a - b)).toEqual(expectedHours);
  });
});

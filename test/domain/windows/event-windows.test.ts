import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import { WEEKDAYS } from '../../../shared/domain/quiet-hours.ts';
import { timeText } from '../../../shared/domain/windows/calendar.ts';
import { type EventTimeRange, eventWindowOf } from '../../../shared/domain/windows/event-windows.ts';
import type { MaintenanceWindow } from '../../../shared/domain/windows/maintenance.ts';
import { openingsOf } from '../../../shared/domain/windows/opening.ts';
import { merged } from '../../../shared/domain/windows/pieces.ts';
import { aWindow, cron, local, weekly } from '../../support/maintenance.ts';

const FROM = local('2026-11-21T00:00');

const told = (window: MaintenanceWindow): readonly string[] | string => {
  const result = eventWindowOf(window, FROM);
  return result.status === 'refused' ? result.because : result.ranges.map(rangeText);
};
const rangeText = ({ startDay, startHour, endDay, endHour }: EventTimeRange): string =>
  `${startDay} ${startHour} to ${endDay} ${endHour}`;

describe('an event window of Amazon EC2', () => {
  it.each<[string, MaintenanceWindow, readonly string[]]>([
    ['is the same in UTC', aWindow({ opens: weekly('22:00', ['sat']) }), ['sat 22 to sun 6']],
    [
      'leaves out the hour that is outside in summer or in winter',
      aWindow({ zone: 'Europe/Prague', opens: weekly('22:00', ['sat']) }),
      ['sat 21 to sun 4'],
    ],
    [
      'leaves out the parts of hours',
      aWindow({ zone: 'Asia/Kolkata', opens: weekly('22:00', ['sat']) }),
      ['sat 17 to sun 0'],
    ],
    [
      'loses no hour between two days that touch on the wall',
      aWindow({ zone: 'America/New_York', opens: weekly('00:00', ['sat', 'sun']), end: '24:00' }),
      ['sat 5 to mon 4'],
    ],
    [
      'passes the turn of the week',
      aWindow({ zone: 'Pacific/Auckland', opens: weekly('09:00', ['sun']), end: '18:00' }),
      ['sat 21 to sun 5'],
    ],
  ])('%s', (_, window, ranges) => {
    expect(told(window)).toEqual(ranges);
  });

  it.each<[string, MaintenanceWindow, string]>([
    ['by cron', aWindow({ opens: cron('0 2 * * *') }), 'only a weekly window'],
    ['once', aWindow({ opens: { kind: 'once', at: FROM } }), 'only a weekly window'],
    [
      'of which one hour is left',
      aWindow({ zone: 'Europe/Prague', opens: weekly('02:00'), end: '04:00' }),
      'fewer than 2 whole hours',
    ],
    ['of three hours a week', aWindow({ opens: weekly('02:00', ['sat']), end: '05:00' }), 'fewer than 4 whole hours'],
    [
      'of no whole hour',
      aWindow({ zone: 'Asia/Kolkata', opens: weekly('02:00'), end: '03:00' }),
      'fewer than 4 whole hours',
    ],
    ['that never closes', aWindow({ opens: weekly('00:00'), end: '24:00' }), 'always open'],
  ])('cannot be made from one that opens %s', (_, window, because) => {
    expect(told(window)).toContain(because);
  });

  it('is never open while the window is not, through a year', () => {
    const window = fc
      .record({
        zone: fc.constantFrom('America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'),
        on: fc.subarray([...WEEKDAYS], { minLength: 1 }),
        start: fc.integer({ min: 0, max: 1_439 }),
        length: fc.integer({ min: 180, max: 2_000 }),
        byEnd: fc.boolean(),
      })
      .map(({ zone, on, start, length, byEnd }) => {
        const until = byEnd ? { end: timeText(minutes((start + length) % 1_440)) } : { length: minutes(length) };
        return aWindow({ zone, opens: { kind: 'weekly', days: on, start: minutes(start) }, ...until });
      });
    let exported = 0;
    fc.assert(
      fc.property(window, (one) => {
        const result = eventWindowOf(one, FROM);
        if (result.status === 'refused') return;
        exported += 1;
        const open = merged(openingsOf(one, FROM, FROM + days(400)));
        for (const { opens, closes } of occurrences(result.ranges)) {
          expect(open.some((opening) => opening.opens <= opens && closes <= opening.closes)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
    expect(exported).toBeGreaterThan(20);
  });
});

/** Through 390 days, whole. */
function occurrences(ranges: readonly EventTimeRange[]) {
  const sunday = local('2026-11-22T00:00');
  return Array.from({ length: 55 }, (_, week) => sunday + days(7 * week)).flatMap((start) =>
    ranges.map(({ startDay, startHour, endDay, endHour }) => {
      const opens = start + days(WEEKDAYS.indexOf(startDay)) + hours(startHour);
      const end = start + days(WEEKDAYS.indexOf(endDay)) + hours(endHour);
      return { opens, closes: end > opens ? end : end + days(7) };
    }),
  );
}

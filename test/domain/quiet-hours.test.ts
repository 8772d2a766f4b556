import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, type Instant, minutes } from '../../shared/domain/instant.ts';
import { endOfQuiet, type QuietHours, quietUntil, WEEKDAYS } from '../../shared/domain/quiet-hours.ts';

const aPeriod = (zone: string, from: string, to: string, on: QuietHours['days'] = WEEKDAYS): QuietHours => ({
  when: {},
  zone,
  from: timeOf(from),
  to: timeOf(to),
  days: on,
});
const timeOf = (text: string): number => minutes(Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const utc = (text: string): Instant => Date.parse(`${text}Z`);
const shown = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);

describe('quiet hours', () => {
  // In Prague clocks go from 02:00 to 03:00 at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October.
  it.each<[string, QuietHours, string, string | undefined]>([
    ['begin at their first minute', aPeriod('UTC', '22:00', '23:00'), '2026-11-21T22:00', '2026-11-21T23:00'],
    ['have not begun a minute before', aPeriod('UTC', '22:00', '23:00'), '2026-11-21T21:59', undefined],
    ['are over at their end', aPeriod('UTC', '22:00', '23:00'), '2026-11-21T23:00', undefined],
    ['pass midnight', aPeriod('Asia/Kolkata', '22:00', '07:00'), '2026-11-21T19:00', '2026-11-22T01:30'],
    [
      'that pass midnight belong to the day they open on',
      aPeriod('UTC', '22:00', '07:00', ['fri']),
      '2026-11-21T06:59',
      '2026-11-21T07:00',
    ],
    ['of Friday do not open on Saturday', aPeriod('UTC', '22:00', '07:00', ['fri']), '2026-11-21T22:30', undefined],
    ['may last a whole day', aPeriod('UTC', '00:00', '24:00', ['sat']), '2026-11-21T23:59', '2026-11-22T00:00'],
    [
      'go by the clock on the wall in summer',
      aPeriod('Europe/Prague', '22:00', '07:00'),
      '2026-07-01T20:00',
      '2026-07-02T05:00',
    ],
    [
      'go by the clock on the wall in winter',
      aPeriod('Europe/Prague', '22:00', '07:00'),
      '2026-12-01T21:00',
      '2026-12-02T06:00',
    ],
    [
      'are an hour shorter in the night of spring',
      aPeriod('Europe/Prague', '22:00', '07:00'),
      '2026-03-28T21:00',
      '2026-03-29T05:00',
    ],
    [
      'are an hour longer in the night of autumn',
      aPeriod('Europe/Prague', '22:00', '07:00'),
      '2026-10-24T20:00',
      '2026-10-25T06:00',
    ],
    [
      'that end in the skipped hour end when clocks change',
      aPeriod('Europe/Prague', '22:00', '02:30'),
      '2026-03-29T00:59',
      '2026-03-29T01:00',
    ],
    [
      'that begin in the skipped hour begin when clocks change',
      aPeriod('Europe/Prague', '02:30', '05:00'),
      '2026-03-29T01:00',
      '2026-03-29T03:00',
    ],
    [
      'that lie in the skipped hour are empty that day',
      aPeriod('Europe/Prague', '02:10', '02:50'),
      '2026-03-29T01:00',
      undefined,
    ],
    [
      'that begin in the repeated hour begin at its first turn',
      aPeriod('Europe/Prague', '02:30', '05:00'),
      '2026-10-25T00:30',
      '2026-10-25T04:00',
    ],
    [
      'that end in the repeated hour end at its first turn',
      aPeriod('Europe/Prague', '22:00', '02:30'),
      '2026-10-25T00:29',
      '2026-10-25T00:30',
    ],
    [
      'that lie in the repeated hour do not come twice',
      aPeriod('Europe/Prague', '02:10', '02:50'),
      '2026-10-25T01:30',
      undefined,
    ],
    [
      'begin at once where midnight is skipped',
      aPeriod('America/Santiago', '00:00', '06:00'),
      '2026-09-06T04:00',
      '2026-09-06T09:00',
    ],
    [
      'have shifts of half an hour',
      aPeriod('Australia/Lord_Howe', '01:45', '06:00'),
      '2026-10-03T15:30',
      '2026-10-03T19:00',
    ],
    [
      'of a day that a zone left out are empty',
      aPeriod('Pacific/Apia', '08:00', '09:00', ['fri']),
      '2011-12-30T10:00',
      undefined,
    ],
  ])('%s', (_, period, now, end) => {
    expect(shown(quietUntil(period, utc(now)))).toBe(end);
  });

  it('that follow each other are one', () => {
    const weekend = aPeriod('UTC', '00:00', '24:00', ['sat', 'sun']);
    const nights = aPeriod('UTC', '22:00', '07:00');
    expect(shown(endOfQuiet([weekend, nights], utc('2026-11-20T23:00')))).toBe('2026-11-23T07:00');
  });

  it('are over at once when there are none', () => {
    expect(endOfQuiet([], 7)).toBe(7);
  });

  it('without any end keep nothing back for more than eight days', () => {
    const now = utc('2026-11-21T12:00');
    const end = endOfQuiet([aPeriod('UTC', '00:00', '24:00')], now);
    expect(end).toBeGreaterThanOrEqual(now + days(7));
    expect(end).toBeLessThanOrEqual(now + days(8));
  });
});

/** The minutes from `first` on, each with what a clock of the zone shows, by another way than the one under test. */
function minuteByMinute(zone: string, first: Instant, count: number) {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return Array.from({ length: count }, (_, index) => {
    const at = first + minutes(index);
    return { at, shows: clock.format(at) };
  });
}

/** `2026-10-25 02:30`, some days later. */
const dateTime = (date: string, time: string, later = 0): string => {
  const day = new Date(utc(`${date}T00:00`) + days(later)).toISOString().slice(0, 10);
  return time === '24:00' ? dateTime(day, '00:00', 1) : `${day} ${time}`;
};

describe('quiet hours against a clock that is read every minute', () => {
  // Days around a change of clocks, of all sorts: by an hour, by half an hour, at midnight, over midnight, by a day.
  const PLACES = [
    ['Europe/Prague', '2026-03-29'],
    ['Europe/Prague', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['America/Santiago', '2026-09-06'],
    ['America/Havana', '2026-11-01'],
    ['America/St_Johns', '2008-11-02'],
    ['Africa/Casablanca', '2026-02-15'],
    ['Asia/Kathmandu', '2026-06-01'],
    ['Pacific/Apia', '2011-12-30'],
    ['UTC', '2026-11-21'],
  ] as const;
  const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
  const pad = (number: number): string => String(number).padStart(2, '0');
  const around = PLACES.map(([zone, date]) => ({
    zone,
    date,
    clock: minuteByMinute(zone, utc(`${date}T00:00`) - days(3), 6 * 24 * 60),
  }));

  it.each(around)('agree in $zone on $date', ({ zone, date, clock }) => {
    const dates = [-2, -1, 0, 1, 2].map((later) => dateTime(date, '00:00', later).slice(0, 10));
    /** When the clock shows this or a later time for the first time. */
    const firstShowing = (wanted: string): Instant => clock.find(({ shows }) => shows >= wanted)?.at ?? Number.NaN;
    const inside = clock.filter(({ at }) => Math.abs(at - utc(`${date}T12:00`)) < hours(30));
    fc.assert(
      fc.property(time, fc.oneof(time, fc.constant('24:00')), fc.subarray([...WEEKDAYS]), (from, to, on) => {
        fc.pre(from !== to);
        const spans = dates
          .filter((day) => on.includes(WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? 'sun'))
          .map(
            (day) => [firstShowing(dateTime(day, from)), firstShowing(dateTime(day, to, to > from ? 0 : 1))] as const,
          );
        const period = aPeriod(zone, from, to, on);
        for (const { at } of inside.filter((_, index) => index % 7 === 0)) {
          const [, end] = spans.find(([opens, closes]) => opens <= at && at < closes) ?? [];
          expect(shown(quietUntil(period, at)), `${shown(at)} in ${from}-${to}`).toBe(shown(end));
        }
      }),
      { numRuns: 12 },
    );
  });
});

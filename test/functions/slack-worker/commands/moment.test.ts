import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthIn, momentIn } from '../../../../functions/slack-worker/commands/moment.ts';
import { days, hours, minutes } from '../../../../shared/domain/instant.ts';
import { localText } from '../../../../shared/domain/zone.ts';
import { NOW } from './desk.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const inZone = (text: string, zone: string, edge: 'begins' | 'ends' = 'begins') =>
  momentIn(text, edge, { now: NOW, zone });

describe('a time that somebody types', () => {
  it.each([
    ['now', 'now', NOW],
    ['minutes', '30m', NOW + minutes(30)],
    ['minutes in other letters', '30MIN', NOW + minutes(30)],
    ['hours', '2h', NOW + hours(2)],
    ['several units', '1d12h', NOW + hours(36)],
    ['weeks', '1w', NOW + days(7)],
    ['a day begins at midnight of the zone', '2026-12-20', utc('2026-12-19T23:00')],
    ['a time on the wall', '2026-12-20T18:00', utc('2026-12-20T17:00')],
    ['with a space, in quotation marks', '2026-12-20 18:00', utc('2026-12-20T17:00')],
    ['a time of UTC', '2026-12-20T18:00Z', utc('2026-12-20T18:00')],
    ['a time with its offset', '2026-12-20T18:00-05:00', utc('2026-12-20T23:00')],
  ])('%s', (_, text, at) => {
    expect(inZone(text, 'Europe/Prague')).toBe(at);
  });

  it('ends with the day, where something lasts until a day', () => {
    expect(inZone('2026-12-20', 'Europe/Prague', 'ends')).toBe(utc('2026-12-20T23:00'));
  });

  it('in the hour that clocks skip, is the first instant after it', () => {
    expect(inZone('2026-03-29T02:30', 'Europe/Prague')).toBe(utc('2026-03-29T01:00'));
  });

  it('in the hour that clocks repeat, is the first of the two', () => {
    expect(inZone('2026-10-25T02:30', 'Europe/Prague')).toBe(utc('2026-10-25T00:30'));
  });

  it.each([
    '',
    'tomorrow',
    '2h!',
    '0m',
    '-2h',
    '2',
    'h',
    '2026-02-30',
    '2026-13-01',
    '2026-12-20T25:00',
    '20.12.2026',
    '2026-12-20T18:00+99:00',
  ])('%j is none', (text) => {
    expect(inZone(text, 'UTC')).toBeUndefined();
  });

  it('is read back from how the zone writes it, with its offset', () => {
    const minute = fc.integer({ min: utc('2020-01-01T00:00') / 60_000, max: utc('2035-01-01T00:00') / 60_000 });
    const zone = fc.constantFrom('UTC', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    fc.assert(
      fc.property(minute, zone, (count, name) => {
        const text = localText(count * 60_000, name);
        expect(momentIn(`${text.slice(0, 16)}${text.slice(19)}`, 'begins', { now: NOW, zone: 'UTC' })).toBe(
          count * 60_000,
        );
      }),
    );
  });

  it('knows a length by its units alone', () => {
    expect([lengthIn('90m'), lengthIn('1h30m'), lengthIn('1w2d'), lengthIn('30m1h')]).toEqual([
      minutes(90),
      minutes(90),
      days(9),
      undefined,
    ]);
  });
});

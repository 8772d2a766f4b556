import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days } from '../../shared/domain/instant.ts';
import { instantOf, isZone, localTime } from '../../shared/domain/zone.ts';

describe('a zone', () => {
  it.each([
    ['Europe/Prague', true],
    ['America/Argentina/Buenos_Aires', true],
    ['UTC', true],
    ['Europe/Pargue', false],
    ['+02:00', false],
    ['', false],
    ['../etc', false],
  ])('%j is one of the tz database: %s', (name, expected) => {
    expect(isZone(name)).toBe(expected);
  });
});

describe('local times', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  /** Whole seconds of 30 years. */
  const at = fc
    .integer({ min: Date.UTC(2006, 0) / 1_000, max: Date.UTC(2036, 0) / 1_000 })
    .map((count) => count * 1_000);

  it('are those that another formatter of the runtime shows', () => {
    fc.assert(
      fc.property(zone, at, (timeZone, instant) => {
        const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
          instant,
        );
        expect(localTime(instant, timeZone)).toBe(Date.parse(`${text.replace(' ', 'T')}Z`));
      }),
    );
  });

  it('stand for the first instant that shows them, so never for a later one', () => {
    fc.assert(
      fc.property(zone, at, (timeZone, instant) => {
        const local = localTime(instant, timeZone);
        const first = instantOf(local, timeZone);
        expect(first).toBeLessThanOrEqual(instant);
        expect(localTime(first, timeZone)).toBe(local);
      }),
    );
  });

  it('stand for an instant of which the one before shows an earlier time, skipped or not', () => {
    fc.assert(
      fc.property(zone, at, (timeZone, local) => {
        const first = instantOf(local, timeZone);
        expect(localTime(first, timeZone)).toBeGreaterThanOrEqual(local);
        expect(localTime(first - 1, timeZone)).toBeLessThan(local);
        expect(Math.abs(first - local)).toBeLessThan(days(1));
      }),
    );
  });
});

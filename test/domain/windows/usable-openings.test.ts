import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import { WEEKDAYS } from '../../../shared/domain/quiet-hours.ts';
import { frozenAt } from '../../../shared/domain/windows/freeze-spans.ts';
import type { Freeze, MaintenanceWindow } from '../../../shared/domain/windows/maintenance.ts';
import { openingsOf } from '../../../shared/domain/windows/opening.ts';
import {
  isOpenAt,
  latestStart,
  nextOpening,
  timetable,
  usableOpenings,
} from '../../../shared/domain/windows/usable-openings.ts';
import {
  aFreeze,
  anSsmWindow,
  aSubject,
  aWindow,
  between,
  cron,
  local,
  shown,
  toldOpenings,
  weekly,
} from '../../support/maintenance.ts';

/** By Systems Manager, every night of some. */
const TOLD = {
  openings: toldOpenings('2026-11-22T22:00', '2026-11-23T22:00', '2026-11-24T22:00'),
  until: local('2027-01-01T00:00'),
};

const WEEK = { from: local('2026-11-23T00:00'), to: local('2026-11-30T00:00') };

const told = (windows: readonly MaintenanceWindow[], freezes: readonly Freeze[] = [], range = WEEK) =>
  usableOpenings(windows, freezes, aSubject(), range).map(({ opens, closes, because }) => ({
    span: `${shown(opens)}/${shown(closes)}`,
    because: because.map(({ rule, by }) => `${rule} ${by}`),
  }));

const monday = aWindow({ name: 'monday', opens: weekly('20:00', ['mon']), end: '23:00' });
const late = aWindow({ name: 'late', opens: weekly('22:00', ['mon']), end: '02:00' });
const after = aWindow({ name: 'after', opens: weekly('23:00', ['mon']), end: '24:00' });

describe('usable openings', () => {
  it('that overlap are one, with the rules of all', () => {
    expect(told([monday, late])).toEqual([
      { span: '2026-11-23T20:00/2026-11-24T02:00', because: ['made monday', 'merged late'] },
    ]);
  });

  it('that Systems Manager has told of merge with others, and freezes cut them', () => {
    const freeze = aFreeze({ period: between('2026-11-24T00:00', '2026-12-01T00:00') });
    expect(told([monday, anSsmWindow(TOLD)], [freeze])).toEqual([
      { span: '2026-11-22T22:00/2026-11-23T02:00', because: ['made remote'] },
      { span: '2026-11-23T20:00/2026-11-24T00:00', because: ['made monday', 'merged remote', 'cut peak'] },
    ]);
  });

  it('that touch are one', () => {
    expect(told([after, monday])).toEqual([
      { span: '2026-11-23T20:00/2026-11-24T00:00', because: ['made monday', 'merged after'] },
    ]);
  });

  it('of two zones merge by the instant', () => {
    const tokyo = aWindow({ name: 'tokyo', zone: 'Asia/Tokyo', opens: weekly('08:00', ['tue']), end: '09:00' });
    expect(told([after, tokyo])).toMatchObject([{ because: ['made after', 'merged tokyo'] }]);
  });

  it('are what a freeze leaves before and after it', () => {
    const freeze = aFreeze({ period: between('2026-11-23T21:00', '2026-11-23T22:00') });
    expect(told([monday], [freeze])).toEqual([
      { span: '2026-11-23T20:00/2026-11-23T21:00', because: ['made monday', 'cut peak'] },
      { span: '2026-11-23T22:00/2026-11-23T23:00', because: ['made monday', 'cut peak'] },
    ]);
  });

  it('are none under a freeze, which is told with what it took', () => {
    expect(told([monday], [aFreeze({ period: between('2026-11-01T00:00', '2026-12-01T00:00') })])).toEqual([]);
    const { frozen } = timetable(
      [monday],
      [aFreeze({ period: between('2026-11-01T00:00', '2026-12-01T00:00') })],
      WEEK,
    );
    expect(frozen).toMatchObject([{ windows: ['monday'], because: [{ rule: 'made' }, { rule: 'cut', by: 'peak' }] }]);
  });

  it('name only the freezes that bound them', () => {
    const freezes = [
      aFreeze({ name: 'a', period: between('2026-11-23T20:00', '2026-11-23T21:00') }),
      aFreeze({ name: 'inside-a', period: between('2026-11-23T20:10', '2026-11-23T20:20') }),
      aFreeze({ name: 'b', period: between('2026-11-23T22:00', '2026-11-23T22:30') }),
      aFreeze({ name: 'other', select: { clusters: ['lab'] } }),
    ];
    expect(told([monday], freezes).map(({ because }) => because.slice(1))).toEqual([['cut a', 'cut b'], ['cut b']]);
  });

  it('begin where a freeze ends, by the clock on its own wall', () => {
    const freeze = aFreeze({ zone: 'Asia/Kolkata', period: between('2026-11-20T00:00', '2026-11-24T03:00') });
    expect(told([monday], [freeze])).toMatchObject([{ span: '2026-11-23T21:30/2026-11-23T23:00' }]);
  });
});

describe('a yearly freeze', () => {
  it.each([
    ['2026-12-19T23:59', false],
    ['2026-12-20T00:00', true],
    ['2027-01-02T23:59', true],
    ['2027-01-03T00:00', false],
    ['2024-12-31T12:00', true],
  ])('from 20 December to 2 January holds at %s: %s', (at, expected) => {
    const period = { kind: 'yearly', from: { month: 12, day: 20 }, to: { month: 1, day: 2 } } as const;
    expect(frozenAt([aFreeze({ period })], local(at)).length).toBe(expected ? 1 : 0);
  });

  it('may be a single day', () => {
    const period = { kind: 'yearly', from: { month: 11, day: 27 }, to: { month: 11, day: 27 } } as const;
    expect(frozenAt([aFreeze({ period })], local('2026-11-27T23:59'))).toMatchObject([
      { from: local('2026-11-27T00:00'), to: local('2026-11-28T00:00') },
    ]);
  });
});

describe('laws of usable openings', () => {
  const zone = fc.constantFrom('America/New_York', 'Europe/Prague', 'Australia/Lord_Howe', 'UTC');
  const window = fc
    .record({
      zone,
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      start: fc.integer({ min: 0, max: 1_439 }),
      length: fc.integer({ min: 1, max: 2_000 }),
    })
    .map(({ zone: name, days: on, start, length }) =>
      aWindow({ zone: name, opens: { kind: 'weekly', days: on, start: minutes(start) }, length: minutes(length) }),
    );
  const windows = fc.array(window, { minLength: 1, maxLength: 4 });
  /** In the weeks around a change of the clocks. */
  const START = local('2026-10-18T00:00');
  const freeze = fc
    .record({ zone, from: fc.integer({ min: 0, max: 28_000 }), length: fc.integer({ min: 1, max: 5_000 }) })
    .map(({ zone: name, from, length }) =>
      aFreeze({
        zone: name,
        period: { kind: 'once', from: START + minutes(from), to: START + minutes(from + length) },
      }),
    );
  const freezes = fc.array(freeze, { maxLength: 3 });
  const range = { from: START, to: START + days(20) };

  it('they are in order, never empty, and never touch', () => {
    fc.assert(
      fc.property(windows, (some) => {
        const openings = usableOpenings(some, [], aSubject(), range);
        for (const [index, { opens, closes }] of openings.entries()) {
          expect(opens).toBeLessThan(closes);
          expect(closes).toBeLessThan(openings[index + 1]?.opens ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  it('an instant is in one exactly when a window is open and no freeze holds', () => {
    const at = fc.integer({ min: 0, max: 20 * 1_440 - 1 }).map((minute) => START + minutes(minute));
    fc.assert(
      fc.property(windows, freezes, fc.array(at, { minLength: 1, maxLength: 20 }), (some, frozen, instants) => {
        const openings = usableOpenings(some, frozen, aSubject(), range);
        for (const instant of instants) {
          const isWindowOpen = some.some((one) => openingsOf(one, instant, instant + 1).length > 0);
          const isUsable = isWindowOpen && frozenAt(frozen, instant).length === 0;
          expect(openings.some(({ opens, closes }) => opens <= instant && instant < closes)).toBe(isUsable);
          expect(isOpenAt({ windows: some, freezes: frozen }, aSubject(), instant)).toBe(isUsable);
        }
      }),
    );
  });

  it('the order of windows and freezes does not matter', () => {
    fc.assert(
      fc.property(windows, freezes, (some, frozen) => {
        const spans = (a: readonly MaintenanceWindow[], b: readonly Freeze[]) =>
          usableOpenings(a, b, aSubject(), range).map(({ opens, closes }) => [opens, closes]);
        expect(spans(some.toReversed(), frozen.toReversed())).toEqual(spans(some, frozen));
      }),
    );
  });

  it('the next one is the first that opens later', () => {
    const at = fc.integer({ min: 0, max: 10 * 1_440 }).map((minute) => START + minutes(minute));
    fc.assert(
      fc.property(windows, freezes, at, (some, frozen, instant) => {
        const later = usableOpenings(some, frozen, aSubject(), { from: instant, to: instant + days(30) });
        const first = later.find(({ opens }) => instant < opens)?.opens;
        const next = nextOpening({ windows: some, freezes: frozen }, aSubject(), instant);
        expect(next?.opens).toBe(first);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the next opening', () => {
  const nextOf = (window: MaintenanceWindow, at: string, freezes: readonly Freeze[] = []) => {
    const next = nextOpening({ windows: [window], freezes }, aSubject(), local(at));
    return next && shown(next.opens);
  };

  it.each<[string, MaintenanceWindow, string, string | undefined]>([
    ['is the one after this when this has just begun', aWindow(), '2026-11-21T22:00', '2026-11-22T22:00'],
    ['may be years away', aWindow({ opens: cron('0 3 29 2 *') }), '2025-01-01T00:00', '2028-02-29T03:00'],
    ['never comes for the 30th of February', aWindow({ opens: cron('0 3 30 2 *') }), '2026-01-01T00:00', undefined],
    [
      'never comes again after the only one',
      aWindow({ opens: { kind: 'once', at: local('2026-11-01T00:00') } }),
      '2026-11-01T00:00',
      undefined,
    ],
    [
      'never comes while it is always open',
      aWindow({ opens: weekly('00:00'), end: '24:00' }),
      '2026-01-01T00:00',
      undefined,
    ],
  ])('%s', (_, window, at, expected) => {
    expect(nextOf(window, at)).toBe(expected);
  });

  it('is at the end of a freeze within an opening', () => {
    const freeze = aFreeze({ period: between('2026-11-21T00:00', '2026-12-01T01:00') });
    expect(nextOf(aWindow(), '2026-11-21T12:00', [freeze])).toBe('2026-12-01T01:00');
  });
});

describe('the last start', () => {
  const untilClose = (window: MaintenanceWindow, expected: number): number => {
    const [opening] = openingsOf(window, WEEK.from, WEEK.to);
    return opening ? opening.closes - latestStart(opening, expected) : Number.NaN;
  };

  it.each([
    ['leaves half an hour for something short', aWindow(), minutes(5), minutes(30)],
    ['leaves one and a half times what is expected', aWindow(), hours(1), minutes(90)],
    ['is where the window says', aWindow({ cutoff: minutes(10) }), hours(1), minutes(10)],
    ['is where Systems Manager says', anSsmWindow(TOLD), minutes(5), hours(1)],
    ['is earlier than that for something long', anSsmWindow(TOLD), hours(1), minutes(90)],
    ['is earlier than that where the window says', anSsmWindow(TOLD, { cutoff: hours(2) }), hours(1), hours(2)],
    ['is never later than that', anSsmWindow(TOLD, { cutoff: minutes(10) }), hours(2), hours(1)],
  ])('%s', (_, window, expected, left) => {
    expect(untilClose(window, expected)).toBe(left);
  });

  it('is the earliest of windows that were merged', () => {
    const [opening] = usableOpenings(
      [
        { ...monday, cutoff: minutes(5) },
        { ...late, cutoff: hours(2) },
      ],
      [],
      aSubject(),
      WEEK,
    );
    expect(opening && opening.closes - latestStart(opening, 0)).toBe(hours(2));
  });

  it('goes by elapsed time in the night in which clocks go back', () => {
    const nights = aWindow({ zone: 'America/New_York', cutoff: hours(8) });
    const [opening] = openingsOf(nights, local('2026-11-01T04:00'), local('2026-11-01T05:00'));
    expect(opening && latestStart(opening, 0) - opening.opens).toBe(hours(1));
  });
});

import { describe, expect, it } from 'vitest';
import { days, hours, minutes } from '../../../shared/domain/instant.ts';
import { audiencesOf } from '../../../shared/domain/windows/audience.ts';
import { coverageOf } from '../../../shared/domain/windows/coverage.ts';
import type { Freeze, MaintenanceWindow } from '../../../shared/domain/windows/maintenance.ts';
import {
  aFreeze,
  anSsmWindow,
  aWindow,
  between,
  cron,
  local,
  toldOpenings,
  weekly,
} from '../../support/maintenance.ts';

const FROM = local('2026-11-21T12:00');
const TERMS = { wait: days(7), expected: minutes(10), hasEventWindows: false };

const warnings = (windows: readonly MaintenanceWindow[], freezes: readonly Freeze[] = [], terms = TERMS) =>
  audiencesOf(windows, freezes).flatMap((audience) => coverageOf(audience, terms, FROM));

const yearly = (from: readonly [number, number], to: readonly [number, number]): Freeze['period'] => ({
  kind: 'yearly',
  from: { month: from[0], day: from[1] },
  to: { month: to[0], day: to[1] },
});

describe('coverage', () => {
  it.each([
    ['nightly windows', [aWindow()]],
    ['windows twice a week', [aWindow({ opens: weekly('22:00', ['mon', 'thu']) })]],
    ['a window that is always open', [aWindow({ opens: weekly('00:00'), end: '24:00' })]],
    ['a window that is switched off', [aWindow({ opens: cron('0 0 30 2 *'), mode: 'off' })]],
    ['no window at all', []],
  ])('has nothing to say about %s', (_, windows) => {
    expect(warnings(windows)).toEqual([]);
  });

  it('warns of a weekly window when AWS waits for a week', () => {
    const sunday = aWindow({ opens: weekly('02:00', ['sun']), end: '06:00' });
    expect(warnings([sunday])).toMatchObject([
      { kind: 'long-gap', needed: hours(164 + 4 + 24), wait: days(7), freezes: [] },
    ]);
    expect(warnings([sunday], [], { ...TERMS, wait: days(14) })).toEqual([]);
  });

  it('names the freeze in the longest gap', () => {
    const freeze = aFreeze({ period: yearly([12, 18], [1, 2]) });
    expect(warnings([aWindow()], [freeze])).toMatchObject([
      {
        kind: 'long-gap',
        gap: { from: local('2026-12-18T00:00'), to: local('2027-01-03T00:00') },
        freezes: ['peak'],
      },
    ]);
  });

  it('warns of the time after the last opening', () => {
    const once = aWindow({ opens: { kind: 'once', at: local('2026-12-01T22:00') } });
    expect(warnings([once])).toMatchObject([{ kind: 'long-gap', needed: undefined }]);
  });

  it.each([
    ['never opens', [aWindow({ opens: cron('0 0 30 2 *') })], [], [{ kind: 'never-opens', window: 'nights' }]],
    [
      'is always frozen',
      [aWindow()],
      [aFreeze({ period: yearly([1, 1], [12, 31]) })],
      [{ kind: 'always-frozen', windows: ['nights'], freezes: ['peak'] }],
    ],
    [
      'is shorter than three looks',
      [aWindow({ end: '22:10', cutoff: minutes(1) })],
      [],
      [{ kind: 'short', length: minutes(10), wanted: minutes(20) }],
    ],
    ['ends before anything may start', [aWindow({ end: '22:25' })], [], [{ kind: 'no-start', windows: ['nights'] }]],
    [
      'is cut to a piece too short',
      [aWindow()],
      [aFreeze({ period: between('2026-11-25T22:05', '2026-11-26T06:00') })],
      [{ kind: 'short', length: minutes(5) }],
    ],
  ])('warns of a window that %s', (_, windows, freezes, expected) => {
    expect(warnings(windows, freezes)).toMatchObject(expected);
  });

  it.each([
    ['that was not asked for is left out', anSsmWindow(), []],
    ['of which nothing is known is left out', anSsmWindow({ openings: [], until: FROM }), []],
    [
      'every other day is enough, as far as it is known',
      anSsmWindow({
        openings: toldOpenings('2026-11-22T22:00', '2026-11-24T22:00', '2026-11-26T22:00', '2026-11-28T22:00'),
        until: local('2026-11-30T00:00'),
      }),
      [],
    ],
    [
      'once a week is not enough, the time after what is known included',
      anSsmWindow({ openings: toldOpenings('2026-11-22T22:00'), until: local('2026-12-01T02:00') }),
      [{ kind: 'long-gap', gap: { from: local('2026-11-23T02:00'), to: local('2026-12-01T02:00') }, needed: days(9) }],
    ],
    [
      'without openings never opens, as far as it is known',
      anSsmWindow({ openings: [], until: local('2027-01-01T00:00'), problem: 'it is disabled there' }),
      [{ kind: 'never-opens', window: 'remote', until: local('2027-01-01T00:00') }],
    ],
  ])('of a window of Systems Manager %s', (_, window, expected) => {
    expect(warnings([window])).toMatchObject(expected);
    expect(warnings([window])).toHaveLength(expected.length);
  });

  it('takes twice the expected duration as the shortest', () => {
    const expected = { ...TERMS, expected: hours(5) };
    expect(warnings([aWindow({ cutoff: minutes(1) })], [], expected)).toMatchObject([
      { kind: 'short', wanted: hours(10) },
    ]);
  });

  it('says that nothing helps where AWS does not wait, unless in its own windows', () => {
    expect(warnings([aWindow()], [], { ...TERMS, wait: 0 })).toEqual([{ kind: 'no-wait' }]);
    expect(warnings([aWindow()], [], { ...TERMS, wait: 0, hasEventWindows: true })).toEqual([]);
  });
});

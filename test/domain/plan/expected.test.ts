import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { expectedDuration, room } from '../../../shared/domain/plan/expected.ts';
import type { ActiveService } from '../../../shared/domain/plan/situation.ts';
import { aSituation, NONE } from '../../support/plans.ts';

const START_AND_STOP = minutes(2) + seconds(30);

describe('the expected duration', () => {
  it.each<[string, Partial<ActiveService>, number, string]>([
    [
      'is the slowest of the last ten',
      { durations: { past: [10, 90, 20, 30, 40, 50, 60, 70, 80, 15, 999].map(minutes) } },
      minutes(90),
      'history',
    ],
    ['is history with three', { durations: { past: [5, 9, 7].map(minutes) } }, minutes(9), 'history'],
    [
      'is an estimate with fewer, of which none is shorter than what happened',
      { durations: { past: [minutes(50)] } },
      minutes(50),
      'estimate',
    ],
    [
      'is one wave where all tasks may be started at once',
      { durations: { past: [] }, targets: NONE },
      START_AND_STOP,
      'estimate',
    ],
    [
      'has the default deregistration delay with targets',
      { durations: { past: [] } },
      START_AND_STOP + minutes(5),
      'estimate',
    ],
    [
      'grows with the waves: one task at a time of four',
      { durations: { past: [] }, targets: NONE, maximumPercent: 125 },
      4 * START_AND_STOP,
      'estimate',
    ],
    [
      'adds grace, delay, stop and the bake of alarms',
      {
        durations: {
          past: [],
          healthGrace: seconds(60),
          deregistrationDelay: seconds(20),
          stopTimeout: seconds(10),
          alarmBake: minutes(5),
        },
      },
      minutes(2) + seconds(90) + minutes(5),
      'estimate',
    ],
    [
      'adds the bake of blue/green',
      { strategy: 'BLUE_GREEN', targets: NONE, durations: { past: [], bake: minutes(15) } },
      START_AND_STOP + minutes(15),
      'estimate',
    ],
    [
      'adds the steps of linear, nine of six minutes by default',
      { strategy: 'LINEAR', targets: NONE, durations: { past: [] } },
      START_AND_STOP + minutes(54),
      'estimate',
    ],
    [
      'adds the step of canary, ten minutes by default',
      { strategy: 'CANARY', targets: NONE, durations: { past: [] } },
      START_AND_STOP + minutes(10),
      'estimate',
    ],
  ])('%s', (_, overrides, length, from) => {
    expect(expectedDuration(aSituation(overrides))).toEqual({ length, from });
  });

  it('is never below the longest that a short history knows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e7 }), { maxLength: 10 }), (past) => {
        expect(expectedDuration(aSituation({ durations: { past } })).length).toBeGreaterThanOrEqual(
          Math.max(0, ...past),
        );
      }),
    );
  });
});

describe('the room to move', () => {
  it.each([
    ['desired 1, 50/100 is stuck', 1, 50, 100, { up: 0, down: 0 }],
    ['desired 1, 0/100 stops first', 1, 0, 100, { up: 0, down: 1 }],
    ['desired 1, 100/200 starts first', 1, 100, 200, { up: 1, down: 0 }],
    ['the minimum is rounded up and the maximum down', 3, 50, 150, { up: 1, down: 1 }],
  ])('%s', (_, desired, minimumHealthyPercent, maximumPercent, expected) => {
    expect(room({ desired, minimumHealthyPercent, maximumPercent })).toEqual(expected);
  });
});

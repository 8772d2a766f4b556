import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../shared/domain/instant.ts';
import { type FailingStarts, wasteOf } from '../../shared/domain/watchdog-waste.ts';
import { NOON } from '../support/observations.ts';

/** 100 Fargate tasks of 1 vCPU and 2 GB that ran an hour each, over five hours until noon, unless said otherwise. */
const starts = (changes: Partial<FailingStarts> = {}): FailingStarts => ({
  firstSeen: NOON - hours(5),
  lastSeen: NOON,
  occurrences: 100,
  meanLifetime: hours(1),
  cpu: 1_024,
  memory: 2_048,
  launchType: 'FARGATE',
  ...changes,
});

const costOf = (changes: Partial<FailingStarts>) => wasteOf(starts(changes), NOON)?.estimatedCost;

describe('starts that fail for hours', () => {
  it('are told with their number, their time and an estimate', () => {
    expect(wasteOf(starts(), NOON)).toEqual({
      lasts: hours(5),
      stops: 100,
      estimatedCost: expect.closeTo(100 * (0.04048 + 2 * 0.004445), 6),
      sentence:
        '100 tasks were started and stopped in 5 h: about 4.94 USD of Fargate, estimated at us-east-1 list prices.',
    });
  });

  it.each<readonly [string, Partial<FailingStarts>]>([
    ['that last no more than two hours', { firstSeen: NOON - hours(2) }],
    ['that have ended', { lastSeen: NOON - minutes(46) }],
    ['of one task', { occurrences: 1 }],
  ])('are not those %s', (_, changes) => {
    expect(wasteOf(starts(changes), NOON)).toBeUndefined();
  });

  it.each<readonly [string, Partial<FailingStarts>]>([
    ['a minute at least for each task', { meanLifetime: seconds(5) }],
    ['a minute for tasks that never ran', { meanLifetime: 0 }],
  ])('cost %s', (_, changes) => {
    expect(costOf(changes)).toBeCloseTo((100 * (0.04048 + 2 * 0.004445)) / 60, 6);
  });

  it.each<readonly [string, Partial<FailingStarts>]>([
    ['on EC2', { launchType: 'EC2' }],
    ['on ECS Anywhere', { launchType: 'EXTERNAL' }],
  ])('cost nothing of their own %s', (_, changes) => {
    const waste = wasteOf(starts(changes), NOON);
    expect(waste).toEqual({ lasts: hours(5), stops: 100, sentence: '100 tasks were started and stopped in 5 h.' });
  });

  it('of tasks of unknown size have no price', () => {
    const { cpu: _, ...sizeless } = starts();
    expect(wasteOf(sizeless, NOON)).not.toHaveProperty('estimatedCost');
  });

  it('that cost next to nothing say so', () => {
    const waste = wasteOf(starts({ occurrences: 2, meanLifetime: 0, cpu: 256, memory: 512 }), NOON);
    expect(waste?.sentence).toContain('less than 0.01 USD');
  });

  it('cost more with more tasks, larger tasks and longer lives, never less', () => {
    const size = fc.integer({ min: 256, max: 16_384 });
    const more = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(size, more, more, more, (cpu, tasks, memory, ran) => {
        const less = costOf({ cpu }) ?? Number.NaN;
        const most = costOf({ cpu, occurrences: 100 + tasks, memory: 2_048 + memory, meanLifetime: hours(1) + ran });
        expect(most).toBeGreaterThanOrEqual(less);
      }),
    );
  });
});

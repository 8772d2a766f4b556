import { describe, expect, it } from 'vitest';
import { days, hours, minutes, seconds } from '../../../shared/domain/instant.ts';
import { openingsSaid, type SsmAnswer } from '../../../shared/domain/windows/imported.ts';
import { local, shown, toldOpenings } from '../../support/maintenance.ts';

const NOW = local('2026-11-21T22:10');

const anAnswer = (answer: Partial<SsmAnswer> = {}): SsmAnswer => ({
  isEnabled: true,
  duration: hours(4),
  cutoff: hours(1),
  upcoming: [local('2026-11-22T22:00')],
  until: NOW + days(60),
  executions: [],
  ...answer,
});

/** Of ten minutes before. */
const before = (...starts: readonly string[]) => ({
  openings: toldOpenings(...starts),
  readAt: local('2026-11-21T21:55'),
});

const ran = (time: string, isCancelled = false) => ({ startedAt: local(time) + seconds(7), isCancelled });

describe('what Systems Manager says of a window', () => {
  it('is when it opens next, for how long, and how long before the close nothing starts', () => {
    expect(openingsSaid(anAnswer(), undefined, NOW)).toEqual(toldOpenings('2026-11-22T22:00'));
  });

  it.each<[string, Partial<SsmAnswer>, ReturnType<typeof before> | undefined, readonly string[]]>([
    ['an opening that has begun is remembered', {}, before('2026-11-21T22:00'), ['11-21T22:00', '11-22T22:00']],
    ['an opening that is over is forgotten', {}, before('2026-11-21T18:10'), ['11-22T22:00']],
    ['an opening that did not begin yet is as it is said now', {}, before('2026-11-21T23:00'), ['11-22T22:00']],
    [
      'an opening that nobody read of in time is known by its execution, from the minute on',
      { executions: [ran('2026-11-21T22:00')] },
      undefined,
      ['11-21T22:00', '11-22T22:00'],
    ],
    [
      'an opening that is remembered and was executed is one',
      { executions: [ran('2026-11-21T22:00')] },
      before('2026-11-21T22:00'),
      ['11-21T22:00', '11-22T22:00'],
    ],
    [
      'an execution that is over by the clock opens nothing',
      { executions: [ran('2026-11-21T18:00')] },
      undefined,
      ['11-22T22:00'],
    ],
    [
      'an opening that somebody has stopped is over',
      { executions: [ran('2026-11-21T22:00', true)] },
      before('2026-11-21T22:00'),
      ['11-22T22:00'],
    ],
    [
      'a window that was changed before it should open is not remembered to have opened',
      { changedAt: local('2026-11-21T21:58') },
      before('2026-11-21T22:00'),
      ['11-22T22:00'],
    ],
    [
      'a window that was changed, and opened all the same, is known by its execution',
      { changedAt: local('2026-11-21T21:58'), executions: [ran('2026-11-21T22:00')] },
      before('2026-11-21T22:00'),
      ['11-21T22:00', '11-22T22:00'],
    ],
    [
      'a window that was changed since it opened goes on',
      { changedAt: local('2026-11-21T22:05') },
      before('2026-11-21T22:00'),
      ['11-21T22:00', '11-22T22:00'],
    ],
    [
      'a window that was changed before it was read goes on',
      { changedAt: local('2026-11-21T21:50') },
      before('2026-11-21T22:00'),
      ['11-21T22:00', '11-22T22:00'],
    ],
    [
      'a window that is disabled has no openings, not even one that has begun',
      { isEnabled: false, executions: [ran('2026-11-21T22:00')] },
      before('2026-11-21T22:00'),
      [],
    ],
    [
      'what opens next may come in any order',
      { upcoming: [local('2026-11-23T22:00'), local('2026-11-22T22:00')] },
      undefined,
      ['11-22T22:00', '11-23T22:00'],
    ],
  ])('%s', (_, answer, known, expected) => {
    const openings = openingsSaid(anAnswer(answer), known, NOW);
    expect(openings.map(({ opens }) => shown(opens).slice(5))).toEqual(expected);
  });

  it('keeps an opening until its close, reading by reading, and not a minute longer', () => {
    let known = before('2026-11-21T22:00');
    for (let now = NOW; now < local('2026-11-22T02:00'); now += minutes(10)) {
      const openings = openingsSaid(anAnswer(), known, now);
      expect(openings).toEqual(toldOpenings('2026-11-21T22:00', '2026-11-22T22:00'));
      known = { openings, readAt: now };
    }
    expect(openingsSaid(anAnswer(), known, local('2026-11-22T02:00'))).toEqual(toldOpenings('2026-11-22T22:00'));
  });
});

import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../../shared/domain/instant.ts';
import { candidatesOf, isOpen, latestSafeStart } from '../../../shared/domain/plan/candidates.ts';
import { anOpening, DEADLINE, DELIVERED, night } from '../../support/plans.ts';

const terms = (expected = minutes(10)) => ({ expected, safe: latestSafeStart(DEADLINE, expected) });
const cutoffs = (openings: Parameters<typeof candidatesOf>[0], expected?: number, now = DELIVERED) =>
  candidatesOf(openings, terms(expected), now).map(({ opens, cutoff }) => [opens, cutoff]);

describe('the latest safe start', () => {
  it.each([
    ['is a day before the deadline', minutes(10), hours(24)],
    ['is three times the duration before it, where that is longer', hours(9), hours(27)],
  ])('%s', (_, expected, before) => {
    expect(latestSafeStart(DEADLINE, expected)).toBe(DEADLINE - before);
  });
});

describe('the openings of use', () => {
  it('take starts until the cutoff, half an hour before the close for what is short', () => {
    expect(cutoffs([anOpening(night(18))])).toEqual([[night(18), night(18) + hours(3.5)]]);
  });

  it('take none that would not be over at the close, whatever cutoff is configured', () => {
    expect(cutoffs([anOpening(night(18), hours(4), { cutoffs: [0] })], hours(3))).toEqual([
      [night(18), night(18) + hours(1)],
    ]);
  });

  it.each([
    ['one that is too short for the work', [anOpening(night(18), hours(1))], hours(1), DELIVERED],
    ['one after the latest safe start', [anOpening(night(23))], minutes(10), DELIVERED],
    ['one whose cutoff has passed', [anOpening(night(18))], minutes(10), night(18) + hours(3.5) + 1],
  ])('leave out %s', (_, openings, expected, now) => {
    expect(cutoffs(openings, expected, now)).toEqual([]);
  });

  it('include the one that is open, until its very cutoff', () => {
    expect(cutoffs([anOpening(night(18))], minutes(10), night(18) + hours(3.5))).toHaveLength(1);
  });

  it('end at the latest safe start where an opening reaches beyond it', () => {
    expect(cutoffs([anOpening(DELIVERED, DEADLINE - DELIVERED)])).toEqual([[DELIVERED, DEADLINE - hours(24)]]);
  });

  it('are open from their first instant to their cutoff', () => {
    const slot = { windows: [], opens: 10, cutoff: 20, closes: 30 };
    expect([9, 10, 20, 21].map((now) => isOpen(slot, now))).toEqual([false, true, true, false]);
  });
});

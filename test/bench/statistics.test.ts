import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { median, quantile, ratios, spreadOf } from '../../bench/functions/statistics.ts';

const figures = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 40 });

describe('what stands for many figures', () => {
  test.prop([figures])('is one of them, and between the least and the greatest', (values) => {
    const { low, median: middle, high } = spreadOf(values);
    expect(values).toContain(middle);
    expect([low, middle, high]).toEqual([low, middle, high].toSorted((a, b) => a - b));
    expect([quantile(values, 0), quantile(values, 1)]).toEqual([Math.min(...values), Math.max(...values)]);
  });

  it('is not a number where there are none', () => {
    expect(median([])).toBeNaN();
  });
});

describe('ratios', () => {
  it('are taken round by round, and not where there is nothing to compare with', () => {
    expect(ratios([10, 30, 8], [5, 10])).toEqual([2, 3]);
    expect(ratios([1], [0])).toEqual([]);
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../sandbox/random.ts';

const drawn = (seed: number): readonly unknown[] => {
  const random = createRandom(seed);
  return [random.next(), random.below(1_000), random.pick(['a', 'b', 'c']), random.hex(8), random.uuid()];
};

describe('seeded chance', () => {
  test.prop([fc.integer()])('is the same for the same seed', (seed) => {
    expect(drawn(seed)).toEqual(drawn(seed));
  });

  test.prop([fc.integer({ min: 0, max: 4_294_967_295 })])('is another for the next seed', (seed) => {
    expect(drawn(seed)).not.toEqual(drawn(seed + 1));
  });

  test.prop([fc.integer(), fc.double({ min: 0, max: 1, noNaN: true })])(
    'happens as often as it should',
    (seed, share) => {
      const random = createRandom(seed);
      const count = Array.from({ length: 4_000 }, () => random.happens(share)).filter(Boolean).length;
      expect(Math.abs(count / 4_000 - share)).toBeLessThan(0.05);
    },
  );

  it('makes ids of the right shape and picks nothing from nothing', () => {
    const random = createRandom(1);
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});

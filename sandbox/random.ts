/** Chance that comes out the same for the same seed, so that a storm or a run of faults can be told again. */
export interface Random {
  /** `0 <= x < 1`. */
  readonly next: () => number;
  /** A whole number, `0 <= n < below`. */
  readonly below: (below: number) => number;
  /** True in `share` (0 to 1) of all calls. */
  readonly happens: (share: number) => boolean;
  /** @throws for an empty list. */
  readonly pick: <Value>(list: readonly Value[]) => Value;
  /** Lower-case hexadecimal digits. */
  readonly hex: (length: number) => string;
  readonly uuid: () => string;
}

/** Mulberry32, 32 bits of state: plenty for faults and fixtures, no use for secrets. https://doi.org/10.1145/2660193.2660195 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join('');
  return {
    next,
    below,
    happens: (share) => next() < share,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      // True for an index below the length.
      return list[below(list.length)] as (typeof list)[number];
    },
    hex,
    uuid: () => [8, 4, 4, 4, 12].map(hex).join('-'),
  };
}

/** Of an empty list it is not a number. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A median with what lies around it. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The tenth and the ninetieth percentile stand for the spread. */
export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  low: quantile(values, 0.1),
  high: quantile(values, 0.9),
});

/** Round by round, so that what else the machine did in a round is in both. */
export const ratios = (values: readonly number[], base: readonly number[]): readonly number[] =>
  values.flatMap((value, round) => {
    const other = base[round];
    return other === undefined || other === 0 ? [] : value / other;
  });

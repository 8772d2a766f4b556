/** A value that changes in time, and what it was a while ago: what an eventually consistent read may answer. */
export interface History<Value> {
  readonly now: () => Value;
  /** The value in force at an instant; the oldest that is remembered for one before. */
  readonly at: (instant: number) => Value;
  readonly set: (value: Value, at: number) => void;
}

/** `remembers()`: milliseconds for which earlier values may be asked for. */
export function createHistory<Value>(first: Value, remembers: () => number): History<Value> {
  let entries: readonly { readonly value: Value; readonly at: number }[] = [
    { value: first, at: Number.NEGATIVE_INFINITY },
  ];
  // True: there is always the first one, and `set` keeps the last.
  const last = (): Value => (entries.at(-1) as (typeof entries)[number]).value;
  return {
    now: last,
    at: (instant) => entries.findLast(({ at }) => at <= instant)?.value ?? entries[0]?.value ?? last(),
    set: (value, at) => {
      const inForce = entries.findLastIndex((entry) => entry.at <= at - remembers());
      entries = [...entries.slice(Math.max(0, inForce)), { value, at }];
    },
  };
}

import { createActivity } from '../delivery/activity.ts';

/** A fixed number of places, each for one user at a time; who finds none waits, first come first served. */
export interface Slots {
  /** Runs with a place of its own: the lowest that is free, so that one user at a time always has the first. */
  readonly use: <Value>(run: (slot: number) => Promise<Value>) => Promise<Value>;
  /** The places in use, the longest used first. */
  readonly inUse: () => readonly number[];
  /** Settles when nobody uses a place or waits for one. */
  readonly idle: () => Promise<void>;
}

export function createSlots(count: number): Slots {
  const free = Array.from({ length: count }, (_, slot) => slot);
  const waiting: ((slot: number) => void)[] = [];
  const inUse = new Set<number>();
  const users = createActivity();

  const take = (): Promise<number> => {
    const slot = free.shift();
    return slot === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(slot);
  };
  const give = (slot: number): void => {
    const next = waiting.shift();
    if (next !== undefined) return next(slot);
    free.push(slot);
    free.sort((a, b) => a - b);
  };
  const useOne = async <Value>(run: (slot: number) => Promise<Value>): Promise<Value> => {
    const slot = await take();
    inUse.add(slot);
    try {
      return await run(slot);
    } finally {
      inUse.delete(slot);
      give(slot);
    }
  };
  return {
    use: (run) => users.during(useOne(run)),
    inUse: () => [...inUse],
    idle: users.idle,
  };
}

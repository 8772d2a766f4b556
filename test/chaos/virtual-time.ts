import type { Instant } from '../../shared/domain/instant.ts';

/** Time that only passes when everything that was to happen before has happened. */
export interface VirtualTime {
  readonly now: () => Instant;
  /** Runs later; what is to run at the same instant runs in the order in which it was asked for. */
  readonly after: (milliseconds: number, run: () => void) => void;
  /** Lets everything happen until then, one thing after the other. */
  readonly advance: (until: Instant) => Promise<void>;
}

interface Planned {
  readonly at: Instant;
  readonly run: () => void;
}

export function createVirtualTime(start: Instant): VirtualTime {
  let now = start;
  /** The soonest last. */
  const planned: Planned[] = [];

  return {
    now: () => now,
    after: (milliseconds, run) => {
      const at = now + milliseconds;
      planned.splice(placeFor(planned, at), 0, { at, run });
    },
    advance: async (until) => {
      for (let next = planned.at(-1); next !== undefined && next.at <= until; next = planned.at(-1)) {
        planned.pop();
        now = next.at;
        next.run();
        await everythingThatFollows();
      }
      now = until;
    },
  };
}

/** In front of all that is planned for `at` or sooner. */
function placeFor(planned: readonly Planned[], at: Instant): number {
  let [low, high] = [0, planned.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((planned[middle]?.at ?? 0) > at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Until nobody can go on without something that is still planned. The code under test waits for promises and, where it
 * gathers what belongs together, for one turn of the event loop: that one, and what follows from it.
 */
async function everythingThatFollows(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

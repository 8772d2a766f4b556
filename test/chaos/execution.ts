import type { Random } from '../../sandbox/random.ts';
import { seconds } from '../../shared/domain/instant.ts';
import type { Reaper } from './reaper.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a call came to, after how many milliseconds. The call itself has had its effect by then, or will never have one. */
export interface Answer<Value> {
  readonly takes: number;
  /** Throws what the caller is to catch. */
  readonly give: () => Value | Promise<Value>;
}

/** One execution environment of a function: it asks the world, and can be killed while it waits. */
export interface Execution {
  readonly name: string;
  /** `ask` is what happens in the world when the call gets there. */
  readonly call: <Value>(what: string, ask: () => Answer<Value>) => Promise<Value>;
  readonly kill: (why: string) => void;
}

/** Asked every minute all day. */
const ROUTINE = 'load due';

/** Before the call has got there, or before its answer is back. */
type Point = 'before' | 'after';

/**
 * Calls take their time, so that what was asked for first is not always answered first. What is killed is not answered
 * any more: it simply never goes on.
 */
export function createExecution(
  name: string,
  deps: {
    readonly time: VirtualTime;
    readonly random: Random;
    readonly reaper: Reaper;
    readonly log: (line: string) => void;
    readonly killed: () => void;
  },
): Execution {
  const { time, random, reaper, log, killed } = deps;
  let isAlive = true;

  function kill(why: string): void {
    if (!isAlive) return;
    isAlive = false;
    log(`${name} is killed ${why}`);
    killed();
  }

  function survives(point: Point, what: string): boolean {
    if (isAlive && reaper.strikes()) kill(`${point} ${what}`);
    return isAlive;
  }

  return {
    name,
    kill,
    call: (what, ask) =>
      new Promise((resolve, reject) => {
        // Now and then a packet is lost on the way, and what was asked later gets there first.
        time.after(random.happens(0.04) ? random.below(seconds(3)) : 1 + random.below(20), () => {
          if (!survives('before', what)) return;
          if (what !== ROUTINE) log(`${name} ${what}`);
          const { takes, give } = ask();
          time.after(takes, () => {
            if (survives('after', what)) Promise.resolve().then(give).then(resolve, reject);
          });
        });
      }),
  };
}

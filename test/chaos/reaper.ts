import type { Random } from '../../sandbox/random.ts';
import { type Instant, minutes } from '../../shared/domain/instant.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Says at every point where a function waits whether it is killed there. */
export interface Reaper {
  readonly strikes: () => boolean;
  /** How often it did. */
  readonly struck: () => number;
}

/** Of the points where it may strike. */
const SHARE = 0.01;
/** Longer than the queue's visibility timeout: the same message is not killed in each of its deliveries. */
const PAUSE = minutes(4);

/** Strikes at random from `from` until `until`, at most `most` times. */
export function createReaper(
  random: Random,
  time: VirtualTime,
  { from, until, most }: { readonly from: Instant; readonly until: Instant; readonly most: number },
): Reaper {
  let struck = 0;
  let restsUntil = from;
  return {
    struck: () => struck,
    strikes: () => {
      const now = time.now();
      if (now < restsUntil || now >= until || struck >= most || !random.happens(SHARE)) return false;
      struck += 1;
      restsUntil = now + PAUSE;
      return true;
    },
  };
}

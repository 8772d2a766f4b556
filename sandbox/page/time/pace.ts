import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox.ts';

type Clock = Pick<Sandbox['clock'], 'now' | 'advance' | 'hold' | 'release' | 'isHeld'>;

export const SPEEDS = ['held', 'real', 'fast'] as const;
export type Speed = (typeof SPEEDS)[number];

/** How fast the sandbox's clock goes. */
export interface Pace {
  readonly speed: () => Speed;
  readonly set: (speed: Speed) => void;
  /** Settles when nothing moves the clock any more but real time. */
  readonly stop: () => Promise<void>;
}

/** Sixty times as fast as real time: a minute, with a run of what is scheduled every minute, in a second. */
export const FAST = 60;
/** Real milliseconds between two steps. */
const STEP = 250;

/** A fast clock is held and moved by `advance`, so that every schedule runs at its time, however long that takes. */
export function createPace(clock: Clock): Pace {
  let isFast = false;
  let stopping = new AbortController();
  let driving: Promise<void> = Promise.resolve();
  const drive = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const began = performance.now();
      await clock.advance(STEP * FAST);
      const rest = Math.max(1, STEP - (performance.now() - began));
      await delay(rest, undefined, { signal }).catch(() => undefined);
    }
  };
  const set = (next: Speed): void => {
    stopping.abort();
    isFast = next === 'fast';
    if (next === 'real') clock.release();
    else clock.hold();
    if (!isFast) return;
    stopping = new AbortController();
    // One after the other: the driver before may be in the middle of a step.
    driving = driving.then(() => drive(stopping.signal));
  };
  return {
    // Somebody else may hold the clock too.
    speed: () => (isFast ? 'fast' : clock.isHeld() ? 'held' : 'real'),
    set,
    stop: async () => {
      isFast = false;
      stopping.abort();
      await driving;
    },
  };
}

/** Milliseconds of the sandbox's time between two looks at whether to stop. */
const CHUNK = 5 * 60_000;

/** Advances to an instant, with all runs of the schedules; `report` is told how far it is, 0 to 1. */
export async function jump(
  clock: Pick<Clock, 'now' | 'advance'>,
  until: number,
  report: (done: number) => void,
  stopping: AbortSignal,
): Promise<void> {
  const from = clock.now();
  while (!stopping.aborted && clock.now() < until) {
    await clock.advance(Math.min(CHUNK, until - clock.now()));
    report(Math.min(1, (clock.now() - from) / (until - from)));
  }
}

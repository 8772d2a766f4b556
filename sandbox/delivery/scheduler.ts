import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxClock } from '../clock.ts';

export interface Schedule {
  /** Milliseconds of the sandbox's time between two runs; the first comes one interval after the start. */
  readonly interval: number;
  readonly run: () => Promise<unknown>;
}

/** Runs what is scheduled, one run after the other, each when the sandbox's clock says so. */
export interface Scheduler {
  /** Moves the clock forward by `milliseconds`, stopping at every run that falls into them, in order, until it is over. */
  readonly advance: (milliseconds: number) => Promise<void>;
  /** Moves the clock forward in one step, and runs once, at the end, what would have run in between. */
  readonly leap: (milliseconds: number) => Promise<void>;
  /** Runs what is due as time passes by itself; settles after `stopping` aborts. */
  readonly follow: (stopping: AbortSignal) => Promise<void>;
}

type Entry = Schedule & { due: number };

/** Real milliseconds between two looks at a clock that somebody holds. */
const LOOK_AGAIN = 250;

/** `passing` is called whenever time has passed, before what is due then runs: for everything else that follows the clock. */
export function createScheduler(
  schedules: readonly Schedule[],
  clock: Pick<SandboxClock, 'now' | 'moveTo'> & Partial<Pick<SandboxClock, 'isHeld'>>,
  passing: () => Promise<void> = async () => undefined,
): Scheduler {
  const entries: Entry[] = schedules.map((schedule) => ({ ...schedule, due: clock.now() + schedule.interval }));
  const earliest = (): Entry | undefined => entries.reduce<Entry | undefined>(earlier, undefined);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (job: () => Promise<void>): Promise<void> => {
    const done = turn.then(job);
    turn = done.catch(() => undefined);
    return done;
  };
  const runUntil = async (instant: number): Promise<void> => {
    for (let next = earliest(); next !== undefined && next.due <= instant; next = earliest()) {
      clock.moveTo(next.due);
      await passing();
      next.due += next.interval;
      await next.run();
    }
  };
  /** A laptop that slept for a night does not run what it missed. */
  const skipMissed = (now: number): void => {
    for (const entry of entries) {
      const missed = Math.floor((now - entry.due) / entry.interval);
      if (missed > 0) entry.due += missed * entry.interval;
    }
  };
  return {
    advance: (milliseconds) =>
      inTurn(async () => {
        const until = clock.now() + milliseconds;
        await runUntil(until);
        clock.moveTo(until);
        await passing();
      }),
    leap: (milliseconds) =>
      inTurn(async () => {
        const until = clock.now() + milliseconds;
        clock.moveTo(until);
        await passing();
        skipMissed(until);
        for (const entry of entries.filter(({ due }) => due <= until)) {
          entry.due += entry.interval;
          await entry.run();
        }
      }),
    follow: async (stopping) => {
      for (let next = earliest(); next !== undefined && !stopping.aborted; next = earliest()) {
        const wait = clock.isHeld?.() ? LOOK_AGAIN : Math.max(0, next.due - clock.now());
        await delay(wait, undefined, { signal: stopping }).catch(() => undefined);
        await inTurn(async () => {
          if (stopping.aborted) return;
          const now = clock.now();
          skipMissed(now);
          await runUntil(now);
        });
      }
    },
  };
}

/** Of two that are due at the same instant the one that the template names first. */
const earlier = (best: Entry | undefined, entry: Entry): Entry =>
  best === undefined || entry.due < best.due ? entry : best;

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Milliseconds of `rate(5 minutes)`. @throws for `cron(…)` and `at(…)`, which the sandbox does not run.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function intervalOf(expression: string): number {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const interval = Number(count) * (UNITS[unit] ?? 0);
  if (interval === 0) throw new Error(`the sandbox runs schedules of the form rate(…), not ${expression}`);
  return interval;
}

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds since 1970, as `Date.now()` gives them. */
export type Now = () => number;

/** The sandbox's time: it runs as real time does, can be held, and can be moved forward. Disposing leaves no file. */
export interface SandboxClock extends Disposable {
  readonly now: Now;
  /** Moves forward to an instant; one that has passed changes nothing. */
  readonly moveTo: (instant: number) => void;
  /** Stops the clock where it is; it can still be moved forward. */
  readonly hold: () => void;
  /** Lets it run on, as real time does. */
  readonly release: () => void;
  readonly isHeld: () => boolean;
  /**
   * Two little-endian doubles, which the functions follow: the milliseconds that `now` is ahead of `Date.now()`, and the
   * instant at which the clock is held, NaN while it runs.
   */
  readonly file: string;
}

/** `startsAt`: the sandbox's first instant, the real one by default; it may be in the past. */
export function createClock(startsAt?: number): SandboxClock {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-clock-'));
  const file = join(folder, 'ahead');
  const descriptor = openSync(file, 'w');
  let ahead = 0;
  let heldAt = Number.NaN;
  const isHeld = (): boolean => !Number.isNaN(heldAt);
  const set = (milliseconds: number, held: number): void => {
    [ahead, heldAt] = [milliseconds, held];
    const bytes = Buffer.alloc(16);
    bytes.writeDoubleLE(ahead);
    bytes.writeDoubleLE(heldAt, 8);
    // All bytes in one call, so that no reader sees half of a change.
    writeSync(descriptor, bytes, 0, bytes.length, 0);
  };
  const now = (): number => (isHeld() ? heldAt : Date.now() + ahead);
  // Whole milliseconds, because `Date.now()` has no others.
  set(startsAt === undefined ? 0 : Math.round(startsAt - Date.now()), Number.NaN);
  return {
    now,
    moveTo: (instant) => {
      if (instant <= now()) return;
      const rounded = Math.round(instant);
      set(rounded - Date.now(), isHeld() ? rounded : Number.NaN);
    },
    hold: () => set(ahead, now()),
    release: () => {
      if (isHeld()) set(heldAt - Date.now(), Number.NaN);
    },
    isHeld,
    file,
    [Symbol.dispose]: () => {
      closeSync(descriptor);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

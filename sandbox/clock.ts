import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds since 1970, as `Date.now()` gives them. */
export type Now = () => number;

/** The sandbox's time: it runs as real time does, and can be moved forward. Disposing leaves no file. */
export interface SandboxClock extends Disposable {
  readonly now: Now;
  /** Moves forward to an instant; one that has passed changes nothing. */
  readonly moveTo: (instant: number) => void;
  /** Holds the milliseconds that `now` is ahead of `Date.now()`, as a little-endian double; the functions follow it. */
  readonly file: string;
}

/** `startsAt`: the sandbox's first instant, the real one by default; it may be in the past. */
export function createClock(startsAt?: number): SandboxClock {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-clock-'));
  const file = join(folder, 'ahead');
  const descriptor = openSync(file, 'w');
  let ahead = 0;
  const set = (milliseconds: number): void => {
    ahead = milliseconds;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(ahead);
    // Eight bytes in one call, so that no reader sees half of a change.
    writeSync(descriptor, bytes, 0, bytes.length, 0);
  };
  const now = (): number => Date.now() + ahead;
  // Whole milliseconds, because `Date.now()` has no others.
  set(startsAt === undefined ? 0 : Math.round(startsAt - Date.now()));
  return {
    now,
    moveTo: (instant) => {
      if (instant > now()) set(Math.round(instant - Date.now()));
    },
    file,
    [Symbol.dispose]: () => {
      closeSync(descriptor);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

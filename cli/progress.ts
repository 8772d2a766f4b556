import { type Instant, seconds } from '../shared/domain/instant.ts';
import { oneLine } from '../shared/render/escape.ts';
import type { Terminal } from './terminal.ts';

/** Tells a person who waits what for, and how far it is. */
export interface Progress {
  /** `reading the table …`. */
  readonly start: (label: string) => void;
  /** `reading the table: 500 of 5000 …`; call it as often as there is something new. */
  readonly at: (count: number, total?: number) => void;
  /** `reading the table: 5000, done`, if a number was said before; otherwise nothing. */
  readonly end: () => void;
}

const FIRST_WAIT = seconds(2);
const LONGEST_WAIT = seconds(30);

/**
 * Lines on standard error, and nothing at all where it is no screen: a log or another program has no use for them. Lines
 * are not written over, as results may be printed in between; instead each number waits twice as long as the one before.
 */
export function createProgress({ err, isErrScreen, clock }: Pick<Terminal, 'err' | 'isErrScreen' | 'clock'>): Progress {
  if (!isErrScreen) return { start: ignore, at: ignore, end: ignore };
  let label = '';
  let count: number | undefined;
  let wait = FIRST_WAIT;
  let saidAt: Instant = 0;
  return {
    start(text) {
      [label, count, wait, saidAt] = [oneLine(text), undefined, FIRST_WAIT, clock()];
      err(`${label} …`);
    },
    at(reached, total) {
      const now = clock();
      if (count !== undefined) count = reached;
      if (now - saidAt < wait) return;
      [count, wait, saidAt] = [reached, Math.min(wait * 2, LONGEST_WAIT), now];
      err(`${label}: ${reached}${total === undefined ? '' : ` of ${total}`} …`);
    },
    end() {
      if (count !== undefined) err(`${label}: ${count}, done`);
      count = undefined;
    },
  };
}

const ignore = (): void => undefined;

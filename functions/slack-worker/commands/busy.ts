import type { Result } from '../perform.ts';

/** What to say when orders could not be saved because others saved theirs each time. */
export const BUSY: Result = {
  decision: 'failed',
  because: 'Others changed mutes and freezes at the same time, and nothing was done: try again.',
};

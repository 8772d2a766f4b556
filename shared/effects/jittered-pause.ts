import { setTimeout } from 'node:timers/promises';

/** Milliseconds. Two functions that save one record in turn take some ten each. */
const STEP = 10;
const LONGEST = 200;

/**
 * Waits between nothing and ten milliseconds longer with each attempt, so that functions that lost together do not lose
 * together again. https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export const jitteredPause = (attempt: number): Promise<void> =>
  setTimeout(Math.random() * Math.min(LONGEST, STEP * (attempt + 1)));

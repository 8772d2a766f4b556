import type { Instant } from '../domain/instant.ts';

/** The only clock. Created where a function is wired and handed down as an argument. */
export const systemClock = (): Instant => Date.now();

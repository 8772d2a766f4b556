import type { Instant } from './instant.ts';
import { type RouteQuestion, type Selector, selects } from './selector.ts';

/** Nobody is told of what it selects while `from <= t < until`. It always ends, so that none is forgotten. */
export interface Mute {
  readonly when: Selector;
  /** Absent: it holds already. */
  readonly from?: Instant;
  readonly until: Instant;
  readonly reason: string;
}

export const isMuted = (question: RouteQuestion, mutes: readonly Mute[], now: Instant): boolean =>
  mutes.some(({ when, from, until }) => (from === undefined || from <= now) && now < until && selects(when, question));

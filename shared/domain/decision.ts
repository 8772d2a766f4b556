import type { Step } from './announcement.ts';
import type { Destination } from './destination.ts';
import type { AnnouncedRecord } from './incident.ts';
import type { QuietReason, SpeakReason } from './reasons.ts';

/** What to do at one destination once the record is saved. */
export interface Effect {
  readonly kind: Step;
  readonly destination: Destination;
}

/** The answer for one signal. `because` is the reason as a sentence about this very event. */
export type Verdict =
  | { readonly outcome: 'told'; readonly reason: SpeakReason; readonly because: string }
  | { readonly outcome: 'quiet'; readonly reason: QuietReason; readonly because: string };

/** Next state, effects and reasons; never a bare boolean. Without `next` there is nothing to save. */
export interface Decision {
  /** One for each observation that was decided on, in order. */
  readonly verdicts: readonly Verdict[];
  readonly next?: AnnouncedRecord;
  /** The record whose place `next` takes, under its own key: what it still owes is told from there. Saved first. */
  readonly archive?: AnnouncedRecord;
  readonly effects: readonly Effect[];
}

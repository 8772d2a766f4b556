import type { Destination } from './destination.ts';
import type { AnnouncedRecord } from './incident.ts';
import type { QuietReason, SpeakReason } from './reasons.ts';

/** What a decision wants done. Run in order, after the record is saved. */
export type Effect =
  | { readonly kind: 'post'; readonly destination: Destination; readonly revision: number }
  | { readonly kind: 'edit'; readonly destination: Destination; readonly revision: number };

/** Next state, effects and reason; never a bare boolean. `because` is the reason as a sentence about this event. */
export type Decision =
  | {
      readonly outcome: 'told';
      readonly reason: SpeakReason;
      readonly because: string;
      readonly next: AnnouncedRecord;
      readonly effects: readonly Effect[];
    }
  | {
      readonly outcome: 'quiet';
      readonly reason: QuietReason;
      readonly because: string;
      readonly next?: AnnouncedRecord;
    };

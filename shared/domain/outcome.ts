import type { CauseId } from './diagnosis/causes.ts';
import type { Confidence } from './diagnosis/diagnosis.ts';
import type { RecordId } from './incident.ts';
import type { Instant } from './instant.ts';
import type { IgnoredReason, Parsed } from './parsed.ts';
import type { Reason } from './reasons.ts';
import type { Severity } from './severity.ts';

/** What became of one event, for the log, the metrics and the command line. */
export interface Outcome {
  readonly eventId?: string;
  /** When the event happened, to the second, by its sender's clock. */
  readonly at?: Instant;
  /** The signal's kind, or `unknown` when it did not parse. */
  readonly kind: string;
  /** What it is about: `harbor-prod/checkout`. */
  readonly subject?: string;
  readonly decision: 'told' | 'quiet' | 'ignored' | 'malformed';
  readonly reason: Reason | IgnoredReason | 'malformed';
  /** How many events of one batch had this answer about the same incident; absent means one. */
  readonly events?: number;
  /** The reason as a sentence about this event. */
  readonly because: string;
  readonly cause?: CauseId;
  readonly confidence?: Confidence;
  readonly severity?: Severity;
  readonly incident?: RecordId;
  /** What was done after the record was saved: `post slack-channel:C0123ABCD: delivered`. */
  readonly effects: readonly string[];
  readonly plan?: PlanProgress;
}

/** How far a plan is, in numbers of services that are all there, also as 0. */
export interface PlanProgress {
  readonly phase: 'planned' | 'under-way' | 'over';
  /** For an opening, an approval, or somebody's decision. */
  readonly waiting: number;
  /** Begun, and not verified yet. */
  readonly running: number;
  readonly done: number;
  /** Failed or rolled back. */
  readonly failed: number;
  /** Left to AWS, to somebody else's deployment, or with nothing to replace. */
  readonly left: number;
}

/** An event that another function reads, that nothing reads, or that does not parse. */
export function outcomeOfParsed(parsed: Parsed): Outcome {
  switch (parsed.status) {
    case 'ignored': {
      const { eventId, reason, because } = parsed;
      return { kind: 'unknown', decision: 'ignored', reason, because, effects: [], ...(eventId && { eventId }) };
    }
    case 'malformed': {
      const { eventId, field, expected } = parsed;
      const because = `${field} is not as expected: ${expected}`;
      return {
        kind: 'unknown',
        decision: 'malformed',
        reason: 'malformed',
        because,
        effects: [],
        ...(eventId && { eventId }),
      };
    }
    case 'parsed': {
      const { envelope, kind } = parsed.signal;
      const because = `${envelope.source} / ${envelope.detailType} belongs to another function`;
      return { eventId: envelope.eventId, kind, decision: 'ignored', reason: 'not-watched', because, effects: [] };
    }
  }
}

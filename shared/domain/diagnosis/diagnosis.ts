import type { Severity } from '../severity.ts';
import type { CauseId } from './causes.ts';

/** `certain`: the text says it. `likely`: inferred from facts, which are named. `unclear`: ECS did not tell. */
export type Confidence = 'certain' | 'likely' | 'unclear';

/** One thing that was seen, with where it was seen: `{ field: 'containers[app].reason', text: 'OutOfMemoryError: …' }`. */
export interface Evidence {
  readonly field: string;
  readonly text: string;
}

export interface Diagnosis {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  /** Nobody has to act. Independent of the cause. */
  readonly benign: boolean;
  readonly severity: Severity;
  /** A few words for a headline: "Out of memory". */
  readonly title: string;
  /** One plain sentence with the concrete names in it. */
  readonly summary: string;
  /** What to change, in order, with concrete values where they are known. */
  readonly fix: readonly string[];
  readonly evidence: readonly Evidence[];
  /** The container that decided, when one did. */
  readonly culprit?: string;
  readonly documentation?: string;
  /** Reads beyond the event that confirmed, sharpened or corrected this: `ecr:DescribeImages`. */
  readonly confirmedBy?: readonly string[];
}

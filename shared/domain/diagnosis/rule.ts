import type { CauseId } from './causes.ts';
import type { Confidence } from './diagnosis.ts';

/** Answers for a folded text (see `normalise`). */
export type Matcher = (folded: string) => boolean;

/** One row of the table. The first row that matches wins. */
export interface Rule {
  readonly cause: CauseId;
  readonly when: Matcher;
  /** `certain` unless told otherwise: the words themselves name the cause. Fallbacks are `unclear`. */
  readonly confidence?: Confidence;
  /** An operator did this on purpose and nobody has to act, although the cause is not of the lifecycle area. */
  readonly benign?: true;
  /** Why this text has this cause, as a sentence. */
  readonly because: string;
  /** A text that this row, and no row before it, matches. */
  readonly example: string;
}

/** The rows of one stage of a task's life. A text that enters an area whose last row is a fallback never leaves it. */
export interface Area {
  readonly applies: Matcher;
  readonly rules: readonly Rule[];
}

export const always: Matcher = () => true;

/** At least one of these fragments, written in lower case with plain apostrophes. */
export const says =
  (...fragments: readonly string[]): Matcher =>
  (folded) =>
    fragments.some((fragment) => folded.includes(fragment));

export const matches =
  (pattern: RegExp): Matcher =>
  (folded) =>
    pattern.test(folded);

export const both =
  (...matchers: readonly Matcher[]): Matcher =>
  (folded) =>
    matchers.every((matcher) => matcher(folded));

export const either =
  (...matchers: readonly Matcher[]): Matcher =>
  (folded) =>
    matchers.some((matcher) => matcher(folded));

export const not =
  (matcher: Matcher): Matcher =>
  (folded) =>
    !matcher(folded);

import type { CauseId } from './causes.ts';
import type { Confidence, Diagnosis, Evidence } from './diagnosis.ts';
import { normalise } from './normalise.ts';
import type { Rule } from './rule.ts';
import { ruleFor } from './table.ts';

/** What was concluded and from what; `diagnose` turns it into words. */
export interface Finding {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  readonly benign?: true;
  readonly culprit?: string;
  readonly exitCode?: number;
  /** Words that are better than those of the catalogue, because more was known where they were found. */
  readonly advice?: Pick<Diagnosis, 'summary' | 'fix'>;
}

/** A text with the row that knows it. */
export interface Reading {
  readonly evidence: Evidence;
  readonly rule: Rule;
  readonly culprit?: string;
}

export function read(evidence: Evidence, culprit?: string): Reading | undefined {
  const rule = ruleFor(normalise(evidence.text).folded);
  return rule && { evidence, rule, ...(culprit !== undefined && { culprit }) };
}

export const confidenceOf = (rule: Rule): Confidence => rule.confidence ?? 'certain';

export const isFallback = (reading: Reading): boolean => confidenceOf(reading.rule) === 'unclear';

export const findingOf = (reading: Reading): Finding => ({
  cause: reading.rule.cause,
  confidence: confidenceOf(reading.rule),
  evidence: [reading.evidence],
  ...(reading.rule.benign && { benign: reading.rule.benign }),
  ...(reading.culprit !== undefined && { culprit: reading.culprit }),
});

/** ECS reported nothing that a row knows. */
export const nothingKnown = (evidence: readonly Evidence[]): Finding => ({
  cause: 'platform/unspecified-failure',
  confidence: 'unclear',
  evidence,
});

import type { Diagnosis } from './diagnosis/diagnosis.ts';
import { redact } from './redact.ts';

/** Longer quotes are cut; the record stays a few kilobytes, and the console has the whole. */
const LONGEST_QUOTE = 1_000;

/** Somebody else's words as they may be stored and shown: without secrets, cut visibly. */
export function quote(text: string): string;
export function quote(text: string | undefined): string | undefined;
export function quote(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const characters = Array.from(redact(text));
  const excess = characters.length - LONGEST_QUOTE;
  return excess <= 0
    ? characters.join('')
    : `${characters.slice(0, LONGEST_QUOTE).join('')}… ${excess} more characters`;
}

/** A diagnosis quotes ECS in its evidence, and puts names out of the text into its sentences. */
export const quoteDiagnosis = (diagnosis: Diagnosis): Diagnosis => ({
  ...diagnosis,
  summary: quote(diagnosis.summary),
  fix: diagnosis.fix.map((step) => quote(step)),
  evidence: diagnosis.evidence.map(({ field, text }) => ({ field, text: quote(text) })),
});

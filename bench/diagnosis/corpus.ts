import { readFileSync } from 'node:fs';
import { SEVERITY_OF_CAUSE } from '../../shared/domain/diagnosis/causes.ts';
import type { Observed } from '../../shared/domain/diagnosis/observed.ts';
import { parseObserved } from '../../shared/domain/diagnosis/parse-observed.ts';

/** One labelled observation: a line of a corpus. */
export interface Case {
  readonly id: string;
  readonly kind: Observed['kind'];
  /** As the API or the event spells it; `parseObserved` reads it. */
  readonly input: unknown;
  /** The cause that docs/causes.md gives. */
  readonly label: string;
  /** Other causes that an honest reader may give. */
  readonly also: readonly string[];
  readonly benign: boolean;
}

/**
 * Reads a corpus: one JSON object a line, `{"id", "kind", "input", "label", "also", "benign"}`; further fields are
 * ignored. Throws an error that names file and line for a line of another shape or an unknown cause.
 */
export function readCorpus(file: string | URL): readonly Case[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseCase(line, `${String(file)}:${index + 1}`)]));
}

/** What a case shows, as the domain wants it. */
export function observedOf({ id, kind, input }: Pick<Case, 'id' | 'kind' | 'input'>): Observed {
  const observed = parseObserved(kind, input);
  if (observed === undefined) throw new Error(`${id}: unknown kind ${kind}`);
  return observed;
}

function parseCase(line: string, place: string): Case {
  const value: unknown = JSON.parse(line);
  if (!isCase(value)) throw new Error(`${place}: not a labelled case`);
  for (const cause of [value.label, ...value.also]) {
    if (!Object.hasOwn(SEVERITY_OF_CAUSE, cause)) throw new Error(`${place}: unknown cause ${cause}`);
  }
  return value;
}

function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false;
  const { id, kind, input, label, also, benign }: Partial<Record<keyof Case, unknown>> = value;
  return (
    typeof id === 'string' &&
    (kind === 'task' || kind === 'service' || kind === 'deployment') &&
    typeof input === 'object' &&
    typeof label === 'string' &&
    Array.isArray(also) &&
    also.every((cause) => typeof cause === 'string') &&
    typeof benign === 'boolean'
  );
}

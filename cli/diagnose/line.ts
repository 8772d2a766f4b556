import { diagnose } from '../../shared/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.ts';
import { parseObserved } from '../../shared/domain/diagnosis/parse-observed.ts';
import { quoteDiagnosis } from '../../shared/domain/quote.ts';
import { parseJson } from '../../shared/parse/json.ts';

/** What became of one line. `id` is the line's own, of any JSON type; a line that has none gets none back. */
export type Answer =
  | { readonly status: 'diagnosed'; readonly id: unknown; readonly diagnosis: Diagnosis }
  | { readonly status: 'wrong'; readonly id: unknown; readonly problem: string };

type Fields = Readonly<Record<string, unknown>>;

/** Diagnoses one line `{"id", "kind", "input"}`. What it quotes is without secrets. Unknown fields are passed over. */
export function answerLine(line: string): Answer {
  const value = parseJson(line);
  if (value === undefined) return { status: 'wrong', id: undefined, problem: 'not JSON' };
  if (!isObject(value)) return { status: 'wrong', id: undefined, problem: 'not a JSON object' };
  const { id, kind, input } = value;
  const observed = typeof kind === 'string' ? parseObserved(kind, input) : undefined;
  if (observed === undefined) return { status: 'wrong', id, problem: 'kind is not "task", "service" or "deployment"' };
  const problem = isObject(input) ? shapeProblem(input, observed.kind) : 'input is not a JSON object';
  return problem === undefined
    ? { status: 'diagnosed', id, diagnosis: quoteDiagnosis(diagnose(observed)) }
    : { status: 'wrong', id, problem };
}

/** Without these a diagnosis would be of something else than what was meant; `null` is as good as absent. */
function shapeProblem(input: Fields, kind: 'task' | 'service' | 'deployment'): string | undefined {
  if (kind !== 'task') return undefined;
  for (const name of ['containers', 'attachments']) {
    const list = input[name] ?? [];
    if (!Array.isArray(list)) return `input.${name} is not a list`;
    const wrong = list.findIndex((entry) => !isObject(entry));
    if (wrong >= 0) return `input.${name}[${wrong}] is not a JSON object`;
  }
  return undefined;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The line that answers a diagnosed one. Public contract. */
export const diagnosisLine = (id: unknown, diagnosis: Diagnosis): string => {
  const { cause, confidence, benign, summary, fix, evidence } = diagnosis;
  return JSON.stringify({ id, cause, confidence, benign, summary, fix, evidence });
};

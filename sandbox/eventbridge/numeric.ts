import { InvalidPatternError } from './invalid-pattern-error.ts';
import type { Json } from './json.ts';

const COMPARISONS: ReadonlyMap<string, Term['compare']> = new Map([
  ['=', (value: number, bound: number) => value === bound],
  ['<', (value: number, bound: number) => value < bound],
  ['<=', (value: number, bound: number) => value <= bound],
  ['>', (value: number, bound: number) => value > bound],
  ['>=', (value: number, bound: number) => value >= bound],
]);

/** `["=", 5]`, `[">", 0]`, or a range with its lower bound first: `[">", 0, "<=", 5]`. */
export function compileNumeric(terms: readonly Json[], path: string): (value: number) => boolean {
  const lower = parseTerm(terms[0], terms[1], path);
  if (terms.length === 2) return holds(lower);

  const upper = parseTerm(terms[2], terms[3], path);
  if (!lower.operator.startsWith('>') || !upper.operator.startsWith('<') || terms.length > 4) {
    throw new InvalidPatternError(path, 'a range is a lower bound (> or >=) and then an upper bound (< or <=)');
  }
  if (lower.bound >= upper.bound) throw new InvalidPatternError(path, 'the lower bound must be below the upper bound');
  return (value) => holds(lower)(value) && holds(upper)(value);
}

interface Term {
  readonly operator: string;
  readonly bound: number;
  readonly compare: (value: number, bound: number) => boolean;
}

const holds =
  ({ compare, bound }: Term) =>
  (value: number): boolean =>
    compare(value, bound);

function parseTerm(operator: Json | undefined, bound: Json | undefined, path: string): Term {
  const compare = typeof operator === 'string' ? COMPARISONS.get(operator) : undefined;
  if (typeof operator !== 'string' || compare === undefined) {
    throw new InvalidPatternError(path, 'expected one of = < <= > >=');
  }
  if (typeof bound !== 'number') throw new InvalidPatternError(path, 'expected a number after the operator');
  return { operator, bound, compare };
}

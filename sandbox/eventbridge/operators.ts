import { compileCidr } from './cidr.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonLeaf, type JsonObject } from './json.ts';
import { compileNumeric } from './numeric.ts';
import { compileWildcard } from './wildcard.ts';

export type Accepts = (value: JsonLeaf) => boolean;
type Operator = (argument: Json, path: string) => Accepts;

/** Operators that ask about a value; `exists` asks about its presence and is not among them. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['exactly', (argument, path) => textEquals(textAt(argument, path))],
  ['prefix', (argument, path) => affix(argument, path, (text, part) => text.startsWith(part))],
  ['suffix', (argument, path) => affix(argument, path, (text, part) => text.endsWith(part))],
  ['equals-ignore-case', (argument, path) => textEqualsIgnoringCase(textAt(argument, path))],
  ['wildcard', (argument, path) => onText(compileWildcard(textAt(argument, path), path))],
  ['cidr', (argument, path) => onText(compileCidr(textAt(argument, path), path))],
  ['numeric', (argument, path) => onNumber(compileNumeric(listAt(argument, path), path))],
  ['anything-but', anythingBut],
]);

/** What `anything-but` can be applied to beside plain values. */
const NEGATABLE: ReadonlySet<string> = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

/** Compiles `{"prefix": "x"}` and its like. */
export function compileOperator(object: JsonObject, path: string): Accepts {
  const [name, argument] = onlyEntryOf(object, path);
  const operator = OPERATORS.get(name);
  if (operator === undefined) throw new InvalidPatternError(path, `there is no operator "${name}"`);
  return operator(argument, `${path}.${name}`);
}

/** The one key and its value: EventBridge refuses an operator object with more or fewer. */
export function onlyEntryOf(object: JsonObject, path: string): readonly [name: string, argument: Json] {
  const [entry, ...more] = Object.entries(object);
  if (entry === undefined || more.length > 0) throw new InvalidPatternError(path, 'exactly one operator is expected');
  return entry;
}

/** Needs the field to be there, of whatever type: nothing is said about an absent one. */
function anythingBut(argument: Json, path: string): Accepts {
  const refused = isJsonObject(argument) ? negated(argument, path) : plainValues(argument, path);
  return (value) => !refused.some((accepts) => accepts(value));
}

function negated(object: JsonObject, path: string): readonly Accepts[] {
  const [name, argument] = onlyEntryOf(object, path);
  const operator = OPERATORS.get(name);
  if (operator === undefined || !NEGATABLE.has(name)) {
    throw new InvalidPatternError(path, `anything-but cannot be combined with "${name}"`);
  }
  const inner = `${path}.${name}`;
  return (isJsonArray(argument) ? nonEmpty(argument, inner) : [argument]).map((value) => {
    if (textAt(value, inner) === '') throw new InvalidPatternError(inner, 'an empty text would refuse everything');
    return operator(value, inner);
  });
}

function plainValues(argument: Json, path: string): readonly Accepts[] {
  const values = isJsonArray(argument) ? nonEmpty(argument, path) : [argument];
  const types = new Set(values.map((value) => typeof value));
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    throw new InvalidPatternError(path, 'expected texts or numbers, all of one type');
  }
  return values.map((refused) => (value) => value === refused);
}

function affix(argument: Json, path: string, has: (text: string, part: string) => boolean): Accepts {
  if (!isJsonObject(argument)) {
    const part = textAt(argument, path);
    return onText((text) => has(text, part));
  }
  const [name, value] = onlyEntryOf(argument, path);
  if (name !== 'equals-ignore-case') throw new InvalidPatternError(path, `"${name}" is not allowed here`);
  const part = textAt(value, path).toLowerCase();
  return onText((text) => has(text.toLowerCase(), part));
}

const textEquals = (expected: string): Accepts => onText((text) => text === expected);

function textEqualsIgnoringCase(expected: string): Accepts {
  const lowered = expected.toLowerCase();
  return onText((text) => text.toLowerCase() === lowered);
}

const onText =
  (accepts: (text: string) => boolean): Accepts =>
  (value) =>
    typeof value === 'string' && accepts(value);

const onNumber =
  (accepts: (value: number) => boolean): Accepts =>
  (value) =>
    typeof value === 'number' && accepts(value);

function textAt(value: Json, path: string): string {
  if (typeof value !== 'string') throw new InvalidPatternError(path, 'expected a text');
  return value;
}

function listAt(value: Json, path: string): readonly Json[] {
  if (!isJsonArray(value)) throw new InvalidPatternError(path, 'expected a list');
  return value;
}

function nonEmpty(values: readonly Json[], path: string): readonly Json[] {
  if (values.length === 0) throw new InvalidPatternError(path, 'an empty list is not allowed');
  return values;
}

import { InvalidPatternError } from './invalid-pattern-error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonLeaf, type JsonObject } from './json.ts';
import { type Accepts, compileOperator, onlyEntryOf } from './operators.ts';

/** What a pattern asks of the leaves at one path. */
export interface Condition {
  readonly path: string;
  readonly accepts: Accepts;
  readonly acceptsAbsence: boolean;
}

/** Conditions that hold together, by path. A pattern without `$or` is one branch. */
type Branch = ReadonlyMap<string, Condition>;

/** Names that EventBridge keeps for itself inside `$or`, operators of today and of tomorrow. */
const RESERVED_IN_OR: ReadonlySet<string> = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard ' +
    'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

/**
 * The branches of a pattern, each with its conditions sorted by path; the order matters to `exists: false`.
 * @throws InvalidPatternError for what EventBridge refuses.
 */
export function parsePattern(pattern: unknown): readonly (readonly Condition[])[] {
  if (!isJsonObject(pattern)) throw new InvalidPatternError('', 'must be an object');
  const branches = parseObject(pattern, '', [new Map()], false);
  return branches.map((branch) => [...branch.values()].sort((a, b) => (a.path < b.path ? -1 : 1)));
}

function parseObject(
  object: JsonObject,
  path: string,
  before: readonly Branch[],
  insideOr: boolean,
): readonly Branch[] {
  const entries = Object.entries(object);
  if (entries.length === 0) throw new InvalidPatternError(path, 'an empty object is not allowed');
  return entries.reduce<readonly Branch[]>((branches, [key, value]) => {
    if (key === '$or') return parseOr(value, path, branches);
    const inner = path === '' ? key : `${path}.${key}`;
    if (insideOr && RESERVED_IN_OR.has(key)) throw new InvalidPatternError(inner, 'this name is reserved inside $or');
    if (isJsonObject(value)) return parseObject(value, inner, branches, insideOr);
    // As in the engine, a condition inside $or takes the place of one for the same path before it.
    const condition = parseCondition(value, inner);
    return branches.map((branch) => new Map(branch).set(inner, condition));
  }, before);
}

/** Each alternative continues every branch so far: two `$or` with two and three alternatives make six branches. */
function parseOr(alternatives: Json, path: string, before: readonly Branch[]): readonly Branch[] {
  const inner = path === '' ? '$or' : `${path}.$or`;
  if (!isJsonArray(alternatives) || alternatives.length < 2) {
    throw new InvalidPatternError(inner, 'expected a list of at least two objects');
  }
  return alternatives.flatMap((alternative, index) => {
    if (!isJsonObject(alternative)) throw new InvalidPatternError(`${inner}[${index}]`, 'expected an object');
    return parseObject(alternative, path, before, true);
  });
}

function parseCondition(values: Json, path: string): Condition {
  if (!isJsonArray(values)) throw new InvalidPatternError(path, 'expected a list of values or an object');
  if (values.length === 0) throw new InvalidPatternError(path, 'an empty list is not allowed');
  const alternatives = values.map((value, index) => parseValue(value, `${path}[${index}]`));
  return {
    path,
    accepts: (value) => alternatives.some((alternative) => alternative !== 'absent' && alternative(value)),
    acceptsAbsence: alternatives.includes('absent'),
  };
}

function parseValue(value: Json, path: string): Accepts | 'absent' {
  if (isJsonArray(value)) throw new InvalidPatternError(path, 'a list inside a list is not allowed');
  if (!isJsonObject(value)) return (actual: JsonLeaf) => actual === value;
  if (!Object.hasOwn(value, 'exists')) return compileOperator(value, path);
  const [, presence] = onlyEntryOf(value, path);
  if (typeof presence !== 'boolean') throw new InvalidPatternError(`${path}.exists`, 'expected true or false');
  return presence ? () => true : 'absent';
}

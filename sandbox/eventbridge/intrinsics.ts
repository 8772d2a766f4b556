import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { TemplateError } from './template-error.ts';

/** Where names are looked up while a template is resolved. Each throws a `TemplateError` for a name it does not know. */
export interface Scope {
  /** A parameter, a pseudo-parameter or a resource; `undefined` is `AWS::NoValue`. */
  readonly ref: (name: string, path: string) => Json | undefined;
  readonly attribute: (logicalId: string, attribute: string, path: string) => Json;
  readonly condition: (name: string, path: string) => boolean;
  readonly mapping: (map: string, first: string, second: string, path: string) => Json;
}

type Intrinsic = (argument: Json, scope: Scope, path: string) => Json | undefined;

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (name, scope, path) => scope.ref(textOf(name, path), path)],
  ['Fn::GetAtt', getAttribute],
  ['Fn::Sub', substitute],
  ['Fn::If', choose],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::FindInMap', findInMap],
]);

/** Replaces every intrinsic below `value`. `undefined` stands for a property that `AWS::NoValue` removes. */
export function resolveValue(value: Json, scope: Scope, path: string): Json | undefined {
  if (isJsonArray(value)) {
    return value.flatMap((element, index) => resolveValue(element, scope, `${path}[${index}]`) ?? []);
  }
  if (!isJsonObject(value)) return value;

  const [[name, argument] = [], ...more] = Object.entries(value);
  if (more.length === 0 && name !== undefined && argument !== undefined && isIntrinsic(name)) {
    const intrinsic = INTRINSICS.get(name);
    if (intrinsic === undefined) throw new TemplateError(path, `${name} is not supported by this reader`);
    return intrinsic(argument, scope, path);
  }
  return resolveObject(value, scope, path);
}

export function resolveObject(object: JsonObject, scope: Scope, path: string): JsonObject {
  const entries = Object.entries(object).flatMap(([key, child]) => {
    const resolved = resolveValue(child, scope, `${path}.${key}`);
    return resolved === undefined ? [] : [[key, resolved] as const];
  });
  return Object.fromEntries(entries);
}

type ConditionFunction = (argument: Json, scope: Scope, path: string) => boolean;

const CONDITION_FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map<string, ConditionFunction>([
  ['Condition', (name, scope, path) => scope.condition(textOf(name, path), path)],
  ['Fn::Equals', equals],
  ['Fn::Not', (list, scope, path) => !evaluateAll(list, scope, path)[0]],
  ['Fn::And', (list, scope, path) => evaluateAll(list, scope, path).every(Boolean)],
  ['Fn::Or', (list, scope, path) => evaluateAll(list, scope, path).some(Boolean)],
]);

/** Evaluates a condition function: `Fn::Equals`, `Fn::Not`, `Fn::And`, `Fn::Or` or `Condition`. */
export function evaluate(condition: Json, scope: Scope, path: string): boolean {
  const [[name, argument] = []] = isJsonObject(condition) ? Object.entries(condition) : [];
  const conditionFunction = CONDITION_FUNCTIONS.get(name ?? '');
  if (conditionFunction === undefined || argument === undefined) {
    throw new TemplateError(path, 'expected a condition function');
  }
  return conditionFunction(argument, scope, path);
}

const evaluateAll = (list: Json, scope: Scope, path: string): readonly boolean[] =>
  listOf(list, path).map((condition) => evaluate(condition, scope, path));

function equals(argument: Json, scope: Scope, path: string): boolean {
  const [left, right] = listOf(argument, path).map((side) => textOf(resolveValue(side, scope, path), path));
  return left === right;
}

const isIntrinsic = (key: string): boolean => key === 'Ref' || key.startsWith('Fn::');

function getAttribute(argument: Json, scope: Scope, path: string): Json {
  const [logicalId, attribute] = listOf(argument, path);
  return scope.attribute(textOf(logicalId, path), textOf(attribute, path), path);
}

/** `${Name}` and `${Name.Attribute}`; `${!Literal}` stays as `${Literal}`. */
function substitute(argument: Json, scope: Scope, path: string): Json {
  const [text, own] = isJsonArray(argument) ? argument : [argument, {}];
  const variables = isJsonObject(own) ? own : {};
  return textOf(text, path).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (variables[name] !== undefined) return textOf(resolveValue(variables[name], scope, path), path);
    const [logicalId = '', ...attribute] = name.split('.');
    if (attribute.length === 0) return textOf(scope.ref(name, path), path);
    return textOf(scope.attribute(logicalId, attribute.join('.'), path), path);
  });
}

/** Only the branch that holds is resolved: the other may name resources that do not exist. */
function choose(argument: Json, scope: Scope, path: string): Json | undefined {
  const [condition, whenTrue = null, whenFalse = null] = listOf(argument, path);
  return resolveValue(scope.condition(textOf(condition, path), path) ? whenTrue : whenFalse, scope, path);
}

function join(argument: Json, scope: Scope, path: string): Json {
  const [delimiter, list = null] = listOf(argument, path);
  return listOf(resolveValue(list, scope, path), path)
    .map((part) => textOf(part, path))
    .join(textOf(delimiter, path));
}

function select(argument: Json, scope: Scope, path: string): Json {
  const [index, list = null] = listOf(argument, path);
  const chosen = listOf(resolveValue(list, scope, path), path)[Number(index)];
  if (chosen === undefined) throw new TemplateError(path, `Fn::Select has no element ${textOf(index, path)}`);
  return chosen;
}

function split(argument: Json, scope: Scope, path: string): Json {
  const [delimiter, text = null] = listOf(argument, path);
  return textOf(resolveValue(text, scope, path), path).split(textOf(delimiter, path));
}

function findInMap(argument: Json, scope: Scope, path: string): Json {
  const [map, first, second] = listOf(argument, path).map((key) => textOf(resolveValue(key, scope, path), path));
  return scope.mapping(map ?? '', first ?? '', second ?? '', path);
}

function textOf(value: Json | undefined, path: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(path, 'expected a text');
}

function listOf(value: Json | undefined, path: string): readonly Json[] {
  if (!isJsonArray(value)) throw new TemplateError(path, 'expected a list');
  return value;
}

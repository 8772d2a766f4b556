import { isJsonArray, type Json, type JsonObject } from './json.ts';
import { TemplateError } from './template-error.ts';

/** The value of every declared parameter, refusing what CloudFormation refuses when a stack is created. */
export function parameterValues(
  declared: Readonly<Record<string, JsonObject>>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, Json>> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) throw new TemplateError(`Parameters.${unknown}`, 'is not declared by the template');
  const values = Object.entries(declared).map(([name, declaration]) => {
    const value = given[name] ?? defaultOf(declaration);
    const problem = value === undefined ? 'needs a value: it has no default' : problemOf(value, declaration);
    if (problem !== undefined) throw new TemplateError(`Parameters.${name}`, problem);
    return [name, typed(String(value), declaration['Type'])] as const;
  });
  return Object.fromEntries(values);
}

function typed(value: string, type: Json | undefined): Json {
  if (type === 'Number') return Number(value);
  return type === 'CommaDelimitedList' ? value.split(',').map((entry) => entry.trim()) : value;
}

const defaultOf = ({ Default: value }: JsonObject): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** AllowedPattern has to match the whole value, as in CloudFormation. */
function problemOf(value: string, declaration: JsonObject): string | undefined {
  const { AllowedValues: allowed, AllowedPattern: pattern } = declaration;
  if (isJsonArray(allowed) && !allowed.map(String).includes(value)) return `must be one of ${JSON.stringify(allowed)}`;
  if (typeof pattern === 'string' && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) return `must match ${pattern}`;
  return undefined;
}

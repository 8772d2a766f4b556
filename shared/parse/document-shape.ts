import * as v from 'valibot';
import { suggestion } from './nearest.ts';

// Shapes for what people write by hand: nothing is passed over, and every problem is reported at once. The message of
// each says in words what was expected, and never what came.

/** An object of these keys and no others. */
export const exact = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom<Record<string, unknown>>(isObject, 'an object'),
    v.looseObject(entries, (issue) => wordsFor(entries[String(issue.path?.[0]?.key)])),
    v.rawCheck(({ dataset, addIssue }) => {
      const known = Object.keys(entries);
      // True because what is checked here has passed as an object.
      for (const key of Object.keys(dataset.value as object).filter((name) => !known.includes(name))) {
        addIssue({ message: `one of the keys ${known.join(', ')}${suggestion(key, known)}`, path: [step(key)] });
      }
    }),
  );

/** A list with at least one entry; an empty one would mean nobody or everybody, and nobody knows which. */
export const listOf = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.pipe(v.array(entry, 'a list'), v.minLength(1, 'a list with at least one entry'));

/** A list of so many entries at the most, also when some of them are wrong. */
export const listUpTo = <const Entry extends v.GenericSchema>(most: number, entry: Entry) =>
  v.pipe(
    v.array(entry, 'a list'),
    v.rawCheck(({ dataset: { value }, addIssue }) => {
      if (Array.isArray(value) && value.length > most) addIssue({ message: `a list of at most ${most}` });
    }),
  );

/** Values by name, with any names but the few that JavaScript keeps for itself. */
export const namesOf = <const Value extends v.GenericSchema>(value: Value, words: string) =>
  v.pipe(v.custom<Record<string, unknown>>(isObject, words), v.record(v.string(), value));

export const matching = (pattern: RegExp, words: string) => v.pipe(v.string(words), v.regex(pattern, words));

export const oneOf = <const Choices extends readonly string[]>(choices: Choices) =>
  v.picklist(choices, `one of ${choices.join(', ')}`);

export function wholeBetween(least: number, most: number) {
  const words = `a whole number from ${least} to ${most}`;
  const isIn = (count: number): boolean => Number.isInteger(count) && least <= count && count <= most;
  return v.pipe(v.number(words), v.check(isIn, words));
}

export const textUpTo = (length: number) => {
  const words = `a text of 1 to ${length} characters`;
  return v.pipe(v.string(words), v.regex(/\S/, words), v.maxLength(length, words));
};

/** The place of a problem below the value that is checked; only the key is ever read. */
export const step = (key: string | number): v.IssuePathItem => ({
  type: 'unknown',
  origin: 'value',
  input: undefined,
  key,
  value: undefined,
});

/** The keys of what should be an object, of which some may be missing or still be as they came. */
export const partsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Keys that would change what an object is are as good as a wrong type. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

function isObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !RESERVED.some((key) => Object.hasOwn(value, key));
}

/** What a key that is missing would have had to be. */
const wordsFor = (schema: v.GenericSchema | undefined): string =>
  (schema && v.safeParse(schema, undefined).issues?.[0].message) ?? 'an object';

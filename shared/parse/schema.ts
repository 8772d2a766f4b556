import * as v from 'valibot';
import { parseHealthInstant, parseIsoInstant } from './instant-text.ts';

// The message of every schema says in words what was expected, and never what came.

/** A text that says something; empty is as good as absent. */
export const text = v.pipe(v.string('a text'), v.nonEmpty('a text'));

/** A text in the format that `parse` reads; `words` name the format: "a task ARN". */
export const textOf = <Value>(words: string, parse: (text: string) => Value | undefined) =>
  v.pipe(
    v.string(words),
    v.rawTransform<string, Value>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: words });
      return NEVER;
    }),
  );

export const isoInstant = textOf('an ISO 8601 instant', parseIsoInstant);
export const healthInstant = textOf('an RFC 1123 date', parseHealthInstant);
export const wholeNumber = v.pipe(v.number('a whole number'), v.safeInteger('a whole number'));

/** A whole number in a text, as task sizes are. Injected containers and their tasks may say `"null"`. */
export const numberInText = textOf('a whole number in a text', (digits) =>
  /^\d{1,15}$/.test(digits) ? Number(digits) : undefined,
);

/** What a decision can live without: absent, `null` and a wrong type all become `undefined`, and no issue. */
export const lenient = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.optional(schema), undefined);

/** A list that a decision can live without: what is not a list is empty, and entries that do not fit are left out. */
export const lenientList = <Value>(entry: v.GenericSchema<unknown, Value>) =>
  v.fallback(
    v.pipe(
      v.array(lenient(entry)),
      v.transform((entries): readonly Value[] => entries.filter((value) => value !== undefined)),
    ),
    [],
  );

/** A list that has to be one, and whose every entry has to fit. */
export const list = <Value>(entry: v.GenericSchema<unknown, Value>) => v.array(entry, 'a list');

/** An object with at least these fields; unknown fields are left out. */
export const shape = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.object(entries, (issue) => {
    // valibot reports a missing field on the object that misses it; say what the field itself would have said.
    const missing = entries[String(issue.path?.[0]?.key)];
    return (missing && firstIssue(missing, undefined)?.message) ?? 'a JSON object';
  });

/** The first thing wrong with `raw`, or `undefined`. */
function firstIssue(schema: v.GenericSchema, raw: unknown): v.BaseIssue<unknown> | undefined {
  return v.safeParse(schema, raw, { abortEarly: true }).issues?.[0];
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/domain/diagnosis/diagnose.ts';
import type { Observed } from '../../../shared/domain/diagnosis/observed.ts';
import { parseObserved } from '../../../shared/domain/diagnosis/parse-observed.ts';
import { TABLE } from '../../../shared/domain/diagnosis/table.ts';

const examples = TABLE.flatMap((area) => area.rules.map((rule) => rule.example));
const example = fc.constantFrom(...examples);
const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Drops absent keys, as the type wants them: absent, not `undefined`. */
const compact = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const container = fc.record({
  name: maybe(anyText),
  exitCode: maybe(fc.oneof(fc.integer(), fc.constantFrom(0, 1, 137, 139, 143, Number.NaN, Number.POSITIVE_INFINITY))),
  reason: maybe(fc.oneof(anyText, example)),
  isEssential: maybe(fc.boolean()),
});
const observed = fc
  .oneof(
    fc.record({
      kind: fc.constant('task'),
      stopCode: maybe(
        fc.oneof(anyText, fc.constantFrom('UserInitiated', 'TaskFailedToStart', '__proto__', 'constructor')),
      ),
      stoppedReason: maybe(fc.oneof(anyText, example)),
      containers: fc.array(container.map(compact), { maxLength: 4 }),
      attachmentReasons: maybe(fc.array(anyText, { maxLength: 2 })),
      belongsToService: maybe(fc.boolean()),
    }),
    fc.record({ kind: fc.constant('service'), eventName: maybe(anyText), message: maybe(fc.oneof(anyText, example)) }),
    fc.record({
      kind: fc.constant('deployment'),
      reason: maybe(fc.oneof(anyText, example)),
      isRollback: maybe(fc.boolean()),
    }),
  )
  // The records above have exactly the keys and types of the three members of the union.
  .map((fields) => compact(fields) as Observed);

const ofText = (text: string) => diagnose({ kind: 'task', containers: [], stoppedReason: text });
const prefixes = (text: string): string[] => Array.from(text, (_, length) => text.slice(0, length));
const areaOf = (cause: string): string => cause.slice(0, cause.indexOf('/'));

describe('the laws of a diagnosis', () => {
  it('never throws, and says the same about the same', () => {
    fc.assert(
      fc.property(observed, (input) => {
        expect(diagnose(structuredClone(input))).toEqual(diagnose(input));
      }),
    );
  });

  it('never throws on any JSON, and answers in full', () => {
    const kind = fc.constantFrom('task', 'service', 'deployment');
    const field = fc.oneof(fc.jsonValue(), example, anyText);
    const fields = fc.record({
      stopCode: field,
      stoppedReason: field,
      containers: fc.oneof(fc.jsonValue(), fc.array(fc.record({ name: field, exitCode: field, reason: field }))),
      attachments: field,
      message: field,
      reason: field,
      eventName: field,
      group: field,
    });
    fc.assert(
      fc.property(kind, fc.oneof(fc.jsonValue(), fields), (name, input) => {
        const parsed = parseObserved(name, input);
        expect(parsed).toBeDefined();
        if (parsed === undefined) return;
        const { summary, fix, title } = diagnose(parsed);
        expect([summary, title, ...fix].every((words) => words.length > 0)).toBe(true);
        expect(fix.length).toBeGreaterThan(0);
      }),
    );
  });

  it('always keeps what ECS said of a service or a deployment, whatever it said', () => {
    fc.assert(
      fc.property(fc.constantFrom('service', 'deployment'), fc.oneof(anyText, example), (name, reason) => {
        fc.pre(reason !== '');
        const parsed = parseObserved(name, { reason });
        const kept = parsed && diagnose(parsed).evidence.map(({ text }) => text);
        expect(kept).toContain(reason);
      }),
    );
  });

  it('keeps the text that decided as it came', () => {
    fc.assert(
      fc.property(example, fc.constantFrom('\n', ' ', '\u00a0'), (text, end) => {
        const raw = text + end;
        expect(ofText(raw).evidence.some((evidence) => evidence.text === raw)).toBe(true);
      }),
    );
  });

  it('does not depend on case, apostrophes, quotes or white space', () => {
    const change = fc.constantFrom<(text: string) => string>(
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.replaceAll("'", '’'),
      (text) => text.replaceAll('"', '\\\\\\"'),
      (text) => text.replace(/"([^"]*)"/g, '“$1”'),
      (text) => text.replaceAll(' ', '\n\t '),
      (text) => text.replaceAll(' ', '\u00a0'),
      (text) => `  ${text}\r\n`,
    );
    fc.assert(
      fc.property(example, change, (text, changed) => {
        expect(ofText(changed(text)).cause).toBe(ofText(text).cause);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on partition, Region or account', () => {
    for (const text of examples) {
      const elsewhere = text
        .replaceAll('arn:aws:', 'arn:aws-cn:')
        .replaceAll('eu-west-1', 'cn-northwest-1')
        .replaceAll('111122223333', '999900001111');
      expect(ofText(elsewhere).cause).toBe(ofText(text).cause);
    }
  });

  it('does not depend on what wraps the text of a failed start', () => {
    const starts = TABLE.flatMap(({ rules }) => rules).filter(
      ({ cause, example: text }) => !/^(?:lifecycle|deployment)/.test(cause) && !text.includes('service'),
    );
    const wrapped = starts.map(({ example: text }) => {
      const message = `(service api-oom-killed) was unable to place a task. Reason: ${text}`;
      return [text, diagnose({ kind: 'service', message }).cause];
    });
    expect(wrapped).toEqual(starts.map(({ cause, example: text }) => [text, cause]));
  });

  it('is never certain of another area when the text is cut', () => {
    const wrong = examples.flatMap((text) => {
      const area = areaOf(ofText(text).cause);
      return prefixes(text).filter((cut) => {
        const { cause, confidence } = ofText(cut);
        // A whole sentence of narration may come before the sentence that tells the failure.
        return confidence === 'certain' && cause !== 'lifecycle/progress' && areaOf(cause) !== area;
      });
    });
    expect(wrong).toEqual([]);
  });

  it('takes time in proportion to the text, whatever it holds', () => {
    const hostile = [
      'service (',
      'arn:a:a:',
      'target-group (',
      'image"',
      "\\'\\n",
      'container-instance ',
      '//',
      'log group ',
      'https://a/',
      '/a',
      'dependency [',
      'exec: "',
    ];
    for (const piece of hostile) {
      const began = performance.now();
      ofText(piece.repeat(50_000));
      // A linear scan needs a few milliseconds; a quadratic one over this length needs minutes.
      expect({ piece, isQuick: performance.now() - began < 2_000 }).toEqual({ piece, isQuick: true });
    }
  });
});

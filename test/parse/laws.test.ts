import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEvent } from '../../shared/parse/index.ts';
import { parseRecord, readEvents } from '../../shared/parse/sqs-record.ts';
import { eventFiles, eventIn } from '../support/event-files.ts';

const recorded = eventFiles.filter((path) => !path.startsWith('sqs/')).map((path) => eventIn(path));
const anEvent = fc.constantFrom(...recorded);
/** An event that leads to a signal, and in which no field stands in for another. */
const aWholeEvent = fc.constantFrom(
  ...eventFiles
    .filter((path) => /^(ecs|health)/.test(path) && !path.includes('short-arn'))
    .map((path) => eventIn(path)),
);
const STATUSES = ['parsed', 'ignored', 'malformed'];

/** Where every value of a JSON tree is, the tree itself left out. */
function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((path) => [key, ...path])]);
}

function replaced(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((inner, at) => (String(at) === key ? replaced(inner, rest, replacement) : inner));
  const fields = Object.entries(value ?? {});
  return Object.fromEntries(
    fields.map(([name, inner]) => [name, name === key ? replaced(inner, rest, replacement) : inner]),
  );
}

function withUnknownFields(value: unknown, extra: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => withUnknownFields(inner, extra));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, inner]) => [key, withUnknownFields(inner, extra)]);
  return { ...Object.fromEntries(fields), 'x-not-yet-invented': extra };
}

const damaged = (events: fc.Arbitrary<unknown>, replacements: fc.Arbitrary<unknown> = fc.jsonValue()) =>
  events.chain((event) =>
    fc
      .tuple(fc.constantFrom(...pathsOf(event)), replacements)
      .map(([path, replacement]) => ({ path, event: replaced(event, path, replacement) })),
  );

/** `detail.containers[0].name`, as a malformed outcome writes it. */
function written(path: readonly string[]): string {
  const steps = path.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`));
  return steps.join('').slice(1);
}

describe('whatever arrives', () => {
  test('any JSON value has an outcome', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        expect(STATUSES).toContain(parseEvent(raw).status);
      }),
    );
  });

  test('an event with any one field replaced by anything has an outcome', () => {
    fc.assert(
      fc.property(damaged(anEvent), ({ event }) => {
        expect(STATUSES).toContain(parseEvent(event).status);
      }),
      { numRuns: 2_000 },
    );
  });

  test('fields that nobody knows change nothing, wherever they are', () => {
    fc.assert(
      fc.property(anEvent, fc.jsonValue(), (event, extra) => {
        expect(parseEvent(withUnknownFields(event, extra))).toEqual(parseEvent(event));
      }),
    );
  });

  test('an event with one damaged field is malformed there or not at all, and the value is not said', () => {
    const secret = fc.constantFrom('hunter2', ['hunter2'], { hunter2: 'hunter2' });
    fc.assert(
      fc.property(damaged(aWholeEvent, secret), ({ path, event }) => {
        const parsed = parseEvent(event);
        const { field, expected } =
          parsed.status === 'malformed' ? parsed : { field: written(path), expected: 'a text' };
        expect(field.startsWith(written(path)) || written(path).startsWith(field)).toBe(true);
        expect(`${field} ${expected}`).not.toContain('hunter2');
        expect(expected).toMatch(/^an? /);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a body of any text has an outcome, and keeps the id of its message', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.uuid(), (body, messageId) => {
        const record = parseRecord({ messageId, body });
        expect(record.messageId).toBe(messageId);
        expect(STATUSES).toContain(record.parsed.status);
      }),
    );
  });

  test('a body is read as the event it holds, wrapped by SNS or not', () => {
    fc.assert(
      fc.property(anEvent, (event) => {
        const body = JSON.stringify(event);
        const wrapped = JSON.stringify({ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message: body });
        expect(parseRecord({ messageId: 'm', body }).parsed).toEqual(parseEvent(event));
        expect(parseRecord({ messageId: 'm', body: wrapped }).parsed).toEqual(parseEvent(event));
      }),
    );
  });

  test('a file gives the same events in the same order in every form', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { minLength: 1, maxLength: 5 }), (events) => {
        const lines = events.map((event) => JSON.stringify(event));
        const batch = { Records: lines.map((body, at) => ({ messageId: String(at), body })) };
        expect(readEvents(JSON.stringify(events, null, 2))).toEqual(events);
        expect(readEvents(lines.join('\n'))).toEqual(events);
        expect(readEvents(`${lines.join('\r\n\r\n')}\r\n`)).toEqual(events);
        expect(readEvents(JSON.stringify(batch))).toEqual(events);
        expect(readEvents(`${JSON.stringify(batch)}\n${JSON.stringify(batch)}`)).toEqual([...events, ...events]);
      }),
    );
  });
});

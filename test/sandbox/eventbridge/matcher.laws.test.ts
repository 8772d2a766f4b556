import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../sandbox/eventbridge/json.ts';
import { compilePattern } from '../../../sandbox/eventbridge/matcher.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const leaf = fc.oneof(
  fc.constantFrom('x', 'y', 'xy', ''),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec<{ tree: JsonObject }>((tie) => ({
  tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, leaf, tie('tree'), fc.array(leaf, { maxLength: 3 })), {
    minKeys: 1,
    maxKeys: 3,
  }),
}));

const operator = fc.oneof(
  leaf,
  fc.constantFrom<JsonObject>(
    { exists: true },
    { exists: false },
    { prefix: 'x' },
    { suffix: 'y' },
    { 'anything-but': 'x' },
    { 'anything-but': [0, 1] },
    { numeric: ['>', -2, '<=', 2] },
  ),
);
const { pattern } = fc.letrec<{ pattern: JsonObject }>((tie) => ({
  pattern: fc.dictionary(
    name,
    fc.oneof({ maxDepth: 2 }, fc.array(operator, { minLength: 1, maxLength: 2 }), tie('pattern')),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  ),
}));

/** The pattern that asks for exactly the leaves of an event. */
function literal(event: JsonObject): JsonObject {
  const fields = Object.entries(event).flatMap(([key, value]): [string, Json][] => {
    if (isJsonObject(value)) return Object.keys(literal(value)).length === 0 ? [] : [[key, literal(value)]];
    const values = [value].flat();
    return values.length === 0 ? [] : [[key, values]];
  });
  return Object.fromEntries(fields);
}

const reversed = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .toReversed()
      .map(([key, value]) => [key, isJsonObject(value) ? reversed(value) : value]),
  );

const wildcardText = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
const byte = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(byte, byte, byte, byte);
const bitsOf = (bytes: readonly number[]): string => bytes.map((one) => one.toString(2).padStart(8, '0')).join('');

describe('laws of patterns', () => {
  it('an event matches its own leaves', () => {
    const withLeaves = tree.filter((event) => Object.keys(literal(event)).length > 0);
    fc.assert(
      fc.property(withLeaves, (event) => {
        expect(compilePattern(literal(event))(event)).toBe(true);
      }),
    );
  });

  it('the order of fields does not matter, in the pattern or in the event', () => {
    fc.assert(
      fc.property(tree, pattern, (event, some) => {
        expect(compilePattern(reversed(some))(reversed(event))).toBe(compilePattern(some)(event));
      }),
    );
  });

  it('$or is either alternative', () => {
    fc.assert(
      fc.property(tree, pattern, pattern, (event, one, other) => {
        const either = compilePattern(one)(event) || compilePattern(other)(event);
        expect(compilePattern({ $or: [one, other] })(event)).toBe(either);
      }),
    );
  });

  it('conditions on two parts of an event hold both or not at all', () => {
    fc.assert(
      fc.property(tree, pattern, pattern, (event, one, other) => {
        const both = compilePattern(one)(event) && compilePattern(other)(event);
        expect(compilePattern({ left: one, right: other })({ left: event, right: event })).toBe(both);
      }),
    );
  });

  it('a field exists or it does not', () => {
    fc.assert(
      fc.property(tree, name, (event, field) => {
        const exists = compilePattern({ [field]: [{ exists: true }] })(event);
        expect(compilePattern({ [field]: [{ exists: false }] })(event)).toBe(!exists);
      }),
    );
  });

  it('anything-but holds when any element differs', () => {
    fc.assert(
      fc.property(fc.array(leaf), fc.constantFrom('x', 1), (values, refused) => {
        const matches = compilePattern({ a: [{ 'anything-but': refused }] })({ a: values });
        expect(matches).toBe(values.some((value) => value !== refused));
      }),
    );
  });

  it('another alternative for a field never loses a match', () => {
    fc.assert(
      fc.property(tree, pattern, operator, (event, some, more) => {
        fc.pre(compilePattern(some)(event));
        const wider = Object.fromEntries(
          Object.entries(some).map(([key, value]) => [key, Array.isArray(value) ? [...value, more] : value]),
        );
        expect(compilePattern(wider)(event)).toBe(true);
      }),
    );
  });

  it('a wildcard is the regular expression with .* for each star', () => {
    const withoutPairs = wildcardText.filter((stars) => !stars.includes('**'));
    fc.assert(
      fc.property(withoutPairs, wildcardText, (stars, candidate) => {
        const expected = new RegExp(`^${stars.replaceAll('*', '.*')}$`, 'su').test(candidate);
        expect(compilePattern({ a: [{ wildcard: stars }] })({ a: candidate })).toBe(expected);
      }),
    );
  });

  it('a block holds the addresses that share its first bits', () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 31 }), (base, candidate, mask) => {
        const prefix = bitsOf(base).slice(0, mask);
        const first = prefix.padEnd(32, '0').match(/.{8}/g) ?? [];
        const block = `${first.map((bits) => Number.parseInt(bits, 2)).join('.')}/${mask}`;
        const matches = compilePattern({ a: [{ cidr: block }] })({ a: candidate.join('.') });
        expect(matches).toBe(bitsOf(candidate).startsWith(prefix));
      }),
    );
  });
});

import { expect, it, test } from 'vitest';
import { sameContent } from '../../shared/domain/same-content.ts';

test.each([
  ['numbers', 1, 1, true],
  ['other numbers', 1, 2, false],
  ['nothing and something', undefined, 0, false],
  ['nothing and null', undefined, null, false],
  ['fields in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
  ['a field that is not there', { a: 1 }, { a: 1, b: 2 }, false],
  ['a field that is undefined', { a: 1, b: undefined }, { a: 1 }, true],
  ['lists', [1, { a: 2 }], [1, { a: 2 }], true],
  ['lists in another order', [1, 2], [2, 1], false],
  ['a list and its beginning', [1, 2], [1], false],
  ['a list and an object with its keys', [1], { 0: 1 }, false],
])('compares %s', (_, a, b, expected) => {
  expect([sameContent(a, b), sameContent(b, a)]).toEqual([expected, expected]);
});

it('is true of a copy', () => {
  const value = { list: [{ a: [1, 'two', null, true] }], empty: {} };
  expect(sameContent(value, structuredClone(value))).toBe(true);
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card } from '../../shared/render/card.ts';
import { excerpt, headline, notAvailable, steps } from '../../shared/render/excerpt.ts';
import { incidentCard } from '../../shared/render/incident-card.ts';
import { wrap } from '../../shared/render/wrap.ts';
import { anIncident } from '../support/records.ts';

const aCard = (overrides: Partial<Card>): Card => ({ ...incidentCard(anIncident()), ...overrides });
const count = (text: string): number => Array.from(text).length;

describe('excerpt', () => {
  const lines = ['first line', 'second line', 'third line'];

  test('what ECS said keeps its beginning', () => {
    expect(excerpt({ title: '', lines, keeps: 'beginning' }, 32)).toBe('first line\ns… 21 more characters');
  });

  test('a log keeps its last lines', () => {
    expect(excerpt({ title: '', lines, keeps: 'end' }, 32)).toBe('… 2 earlier lines\nthird line');
  });

  test('a log line that is a dump shows its beginning', () => {
    const dump = 'x'.repeat(5_000);
    expect(excerpt({ title: '', lines: [dump, 'panic'], keeps: 'end' }, 2_000)).toMatch(
      /^x+… \d+ more characters\npanic$/,
    );
  });

  test('never exceeds its limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 600 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 60, max: 3_000 }),
        fc.constantFrom('beginning' as const, 'end' as const),
        (texts, limit, keeps) => {
          expect(count(excerpt({ title: '', lines: texts, keeps }, limit))).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});

describe('headline', () => {
  test('a long name gives way to the words around it', () => {
    const text = headline(aCard({ headline: ['Out of memory', 'x'.repeat(300), 'harbor-prod'] }), ' · ', 60);
    expect(text).toBe(`Out of memory · ${'x'.repeat(29)}… · harbor-prod`);
  });

  test('the state comes first, and two long names share the room', () => {
    const names = ['Out of memory', 'x'.repeat(300), 'y'.repeat(300)];
    const text = headline(aCard({ state: 'Resolved', headline: names }), ' - ', 60);
    expect(text).toBe(`Resolved - Out of memory - ${'x'.repeat(14)}… - ${'y'.repeat(14)}…`);
  });

  test('an empty part leaves no gap', () => {
    expect(headline(aCard({ headline: ['Out of memory', '', 'prod'] }), ' · ', 60)).toBe('Out of memory · prod');
  });
});

test('steps beyond the eighth are counted', () => {
  expect(steps(aCard({ steps: Array.from({ length: 12 }, (_, index) => `step ${index}`) })).at(-1)).toBe('and 5 more');
});

test('nothing is said of what could be read', () => expect(notAvailable(aCard({ missing: [] }))).toBeUndefined());

describe('wrap', () => {
  test.each([
    ['breaks at spaces', 'one two three', 8, ['one two', 'three']],
    ['keeps the indentation of a stack trace', '    at main', 20, ['    at main']],
    ['breaks a word that is longer than a line', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    [
      'never breaks an address',
      'see https://example.com/a-long-path now',
      10,
      ['see', 'https://example.com/a-long-path', 'now'],
    ],
    ['an empty line stays one', '', 10, ['']],
  ])('%s', (_, line, width, expected) => expect(wrap(line, width)).toEqual(expected));
});

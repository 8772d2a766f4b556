import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, escapeMarkup, oneLine, shorten, shortenEscaped, truncate } from '../../shared/render/escape.ts';

const count = (text: string): number => Array.from(text).length;
const anyText = fc.string({ unit: 'binary', maxLength: 400 });

describe('escapeMarkup', () => {
  test.each([
    ['the ampersand comes first, so that nothing is escaped twice', '&lt;', '&amp;lt;'],
    ['a mention is only text', '<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['nothing else is touched', '*bold* `code` "quote"', '*bold* `code` "quote"'],
  ])('%s', (_, text, expected) => expect(escapeMarkup(text)).toBe(expected));
});

describe('clean', () => {
  test.each([
    ['terminal colours vanish whole', '\u001b[31mERROR\u001b[0m', 'ERROR'],
    ['control characters vanish, tabs and line feeds stay', 'a\u0000b\u0007\tc\nd', 'ab\tc\nd'],
    ['every kind of line end becomes a line feed', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['marks that turn the reading direction vanish', 'abc\u202ecod.exe', 'abccod.exe'],
    ['half a surrogate pair becomes the replacement character', 'a\ud83d', 'a\ufffd'],
    ['right-to-left letters stay', 'שלום', 'שלום'],
  ])('%s', (_, text, expected) => expect(clean(text)).toBe(expected));

  test('oneLine leaves single spaces', () => expect(oneLine('  a\n\n b\tc ')).toBe('a b c'));
});

describe('cutting', () => {
  test.each([
    ['what fits is left alone', truncate('12345', 5), '12345'],
    ['what is cut off is counted', truncate('a'.repeat(100), 40), `${'a'.repeat(19)}… 81 more characters`],
    ['a limit too small for the count still marks the cut', truncate('abcdef', 3), '…'],
    ['names end in an ellipsis', shorten('harbor-production', 8), 'harbor-…'],
    ['an emoji is one character', shorten('🔴🔴🔴🔴', 3), '🔴🔴…'],
    ['an escape is kept whole or left out', shortenEscaped('a&b&c', 8), 'a&amp;b…'],
    ['an ampersand of the text counts as one character', truncate('&&&&&', 5), '&&&&&'],
  ])('%s', (_, cut, expected) => expect(cut).toBe(expected));

  test('never exceeds the limit, and shows every cut', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 500 }), (text, limit) => {
        for (const result of [truncate(text, limit), shorten(text, limit)]) {
          expect(count(result)).toBeLessThanOrEqual(limit);
          expect(result === text || result.includes('…')).toBe(true);
          expect(result === text).toBe(count(text) <= limit);
        }
      }),
    );
  });

  test('escaped text is only ever whole escapes', () => {
    fc.assert(
      fc.property(anyText, fc.nat(300), (text, limit) => {
        const result = shortenEscaped(text, limit);
        expect(count(result)).toBeLessThanOrEqual(limit);
        expect(result.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
      }),
    );
  });

  test('never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), (text, limit) => {
        expect(truncate(text, limit).isWellFormed()).toBe(true);
      }),
    );
  });
});

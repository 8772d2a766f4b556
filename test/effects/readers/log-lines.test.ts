import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE, readableLines } from '../../../shared/effects/readers/log-lines.ts';

const lines = (...messages: string[]) => readableLines(messages, 20, (text) => text);

const redactKey = (text: string) => text.replace(/BEGIN KEY[^]*END KEY/, '[key]').replaceAll('hunter2', '[redacted]');

describe('readable lines', () => {
  it.each([
    ['colours go', '\u001b[31;1mpanic\u001b[0m: oops', ['panic: oops']],
    ['titles of a terminal go', '\u001b]0;title\u0007panic', ['panic']],
    ['an unfinished sequence loses its escape', 'panic\u001b', ['panic']],
    ['control characters go', 'pa\u0000n\u0007ic\u009b', ['panic']],
    ['marks that turn the direction of text go', 'user\u202eadmin\u2066', ['useradmin']],
    ['tabs become spaces', '\tat main', [' at main']],
    ['a progress bar is one line a step', '10%\r20%\r\ndone', ['10%', '20%', 'done']],
    ['empty lines go', '\n \npanic\n\n', ['panic']],
    ['nothing is no line', '', []],
  ])('%s', (_sentence, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('are cut at 300 characters, visibly, and never within one', () => {
    expect(lines('x'.repeat(300))).toEqual(['x'.repeat(300)]);
    expect(lines('x'.repeat(420))).toEqual([`${'x'.repeat(300)}… [120 more]`]);
    expect(lines('🔥'.repeat(300))).toEqual(['🔥'.repeat(300)]);
    expect(lines('🔥'.repeat(301))).toEqual([`${'🔥'.repeat(300)}… [1 more]`]);
  });

  it('are redacted as a whole and before they are cut, so that no part of a secret is left', () => {
    const key = ['BEGIN KEY', 'secret-half-1', 'secret-half-2', 'END KEY'];
    expect(readableLines(key, 2, redactKey)).toEqual(['[key]']);
    const [line] = readableLines([`${'x'.repeat(297)}hunter2`], 1, redactKey);
    expect(line).not.toContain('hun');
  });

  it('are at most as many as asked for, short, and without control characters', () => {
    const messages = fc.array(fc.string({ unit: 'binary', maxLength: 900 }), { maxLength: 7 });
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 5 }), (written, count) => {
        const readable = readableLines(written, count, (text) => text);
        expect(readable.length).toBeLessThanOrEqual(count);
        for (const line of readable) {
          expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
          expect(Array.from(line).length).toBeLessThanOrEqual(LONGEST_LINE + '… [600 more]'.length);
        }
      }),
    );
  });
});

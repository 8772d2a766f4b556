import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDifference } from '../../cli/config/line-difference.ts';

describe('the difference of two texts', () => {
  it('is nothing for equal ones', () => {
    expect(lineDifference('a\nb', 'a\nb')).toEqual([]);
  });

  it('shows changed lines with two lines around them, and where it left lines out', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join('\n');
    expect(lineDifference(before, before.replace('a', 'A').replace('i\n', ''))).toEqual([
      '- a',
      '+ A',
      '  b',
      '  c',
      '  …',
      '  g',
      '  h',
      '- i',
      '  j',
    ]);
  });

  it('takes out and puts in exactly what makes the one of the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before.join('\n'), after.join('\n'));
        const out = lines.filter((line) => line.startsWith('- ')).length;
        const into = lines.filter((line) => line.startsWith('+ ')).length;
        expect(before.length - out + into).toBe(after.length);
        expect(lines.length === 0).toBe(before.join() === after.join());
      }),
    );
  });

  it('of large texts that have little in common is not searched for long', () => {
    const large = (word: string): string => Array.from({ length: 20_000 }, (_, index) => word + index).join('\n');
    expect(lineDifference(large('a'), large('b'))).toHaveLength(40_000);
  });
});

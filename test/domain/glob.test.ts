import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '../../shared/domain/glob.ts';

describe('a pattern', () => {
  it.each([
    ['api', 'api', true],
    ['api', 'ap', false],
    ['api', '*', true],
    ['', '*', true],
    ['', '', true],
    ['prod-eu', 'prod-*', true],
    ['prod', 'prod-*', false],
    ['checkout-api', '*-api', true],
    ['checkout-api', '*out*', true],
    ['ab', 'a*b*b', false],
    ['abb', 'a*b*b', true],
    ['aa', 'a*a', true],
    ['a', 'a*a', false],
    ['a.b', 'a?b', false],
    ['API', 'api', false],
  ])('%j fits %j: %s', (text, pattern, expected) => {
    expect(fits(text, pattern)).toBe(expected);
  });

  it('means what the same regular expression means', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(short, short, (text, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '[^]*')}$`);
        expect(fits(text, pattern)).toBe(expression.test(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

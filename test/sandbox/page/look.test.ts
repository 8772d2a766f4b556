import { describe, expect, it } from 'vitest';
import { addressOf, lookIn } from '../../../sandbox/page/look.ts';
import { USUALLY_SHOWN } from '../../../sandbox/page/timeline/groups.ts';

describe('a look', () => {
  it('is kept in the address', () => {
    const look = { zone: 'Europe/Berlin', service: 'north/ferry', shown: ['writes', 'runs'] } as const;
    const address = addressOf(look, 'estate');
    expect(address).toMatch(/#estate$/);
    expect(lookIn(new URLSearchParams(address.split('#')[0]))).toEqual(look);
  });

  it.each([
    ['an address without a query', '', { shown: USUALLY_SHOWN }],
    ['a zone that there is not', 'zone=Mars/Olympus', { shown: USUALLY_SHOWN }],
    ['nothing to be shown', 'show=none', { shown: [] }],
    ['kinds that there are and are not', 'show=runs&show=jumps', { shown: ['runs'] }],
  ])('understands %s', (_, query, look) => {
    expect(lookIn(new URLSearchParams(query))).toEqual(look);
  });
});

import { expect, test } from 'vitest';
import { hours, minutes, seconds } from '../../shared/domain/instant.ts';
import { inWords } from '../../shared/render/duration.ts';

test.each([
  ['nothing takes no time at all', 0, '1 s'],
  ['seconds', seconds(40), '40 s'],
  ['what rounds to a minute is one', 59_600, '1 min'],
  ['minutes', minutes(12), '12 min'],
  ['what rounds to an hour is one', minutes(59.6), '1 h'],
  ['hours and minutes', minutes(185), '3 h 5 min'],
  ['a day is still told in hours', hours(26), '26 h'],
  ['days and hours', hours(52), '2 d 4 h'],
])('%s', (_, milliseconds, expected) => expect(inWords(milliseconds)).toBe(expected));

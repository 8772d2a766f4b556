import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../functions/slack-worker/commands/words.ts';

describe('the words of a command', () => {
  it.each([
    ['nothing is no word', '   ', []],
    ['spaces and line breaks part words', ' mute  a/b\n2h ', ['mute', 'a/b', '2h']],
    ['quotation marks keep spaces', 'freeze 1d 2d "end of  the year"', ['freeze', '1d', '2d', 'end of  the year']],
    ['a telephone turns them into curly ones', 'mute a/b 2h “load test”', ['mute', 'a/b', '2h', 'load test']],
    ['single ones do as well', "mute a/b 2h 'load test'", ['mute', 'a/b', '2h', 'load test']],
    [
      'an apostrophe is part of its word',
      'freeze 1d 2d don’t touch it',
      ['freeze', '1d', '2d', "don't", 'touch', 'it'],
    ],
    ['what nobody closed stays', 'mute a/b 2h "load test', ['mute', 'a/b', '2h', '"load', 'test']],
    ['empty quotation marks are an empty word', 'why ""', ['why', '']],
  ])('%s', (_, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('come back as they were, each in quotation marks', () => {
    const word = fc.string().filter((text) => !/["'\u2018\u2019\u201c-\u201f]/.test(text));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(wordsOf(words.map((one) => `"${one}"`).join(' '))).toEqual(words);
      }),
    );
  });
});

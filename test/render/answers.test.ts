import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordList } from '../../shared/render/answer-incidents.ts';
import { answerMessage } from '../../shared/render/answer-message.ts';
import { paragraph, preformatted } from '../../shared/render/blocks.ts';
import { clean } from '../../shared/render/escape.ts';
import { homeView } from '../../shared/render/home-view.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';
import { record } from './random-records.ts';

const anything = fc.string({ unit: 'grapheme', maxLength: 4_000 });

describe('an answer', () => {
  it('keeps the limits of Slack, whatever it says', () => {
    const block = anything.map((text) => preformatted('Quote', clean(text) || 'nothing'));
    fc.assert(
      fc.property(
        anything,
        fc.array(block, { maxLength: 80 }),
        fc.array(anything, { maxLength: 3 }),
        (lead, blocks, notes) => {
          const message = answerMessage(['Answer: ', lead], { blocks, notes: notes.map((note) => `Note: ${note}`) });
          expect(slackLimitProblems(message)).toEqual([]);
        },
      ),
    );
  });

  it('says that it was cut, keeps its notes, and loses its end', () => {
    const blocks = Array.from({ length: 60 }, (_, index) => paragraph([`line ${index}.`]));
    const { blocks: shown } = answerMessage(['Lines.'], { blocks, notes: ['A note.'] });
    const text = JSON.stringify(shown);
    expect(text).toContain('line 0.');
    expect(text).not.toContain('line 59.');
    expect(text).toContain('The rest is too long for one message');
    expect(text).toContain('A note.');
  });

  it('is whole where it fits', () => {
    const { blocks } = answerMessage(['Lines.'], { blocks: [paragraph(['one.'])] });
    expect(blocks).toEqual([paragraph(['Lines.']), paragraph(['one.'])]);
  });
});

describe('lists of records and the home', () => {
  it('keep the limits of Slack, whatever the records hold', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const message = answerMessage(['Open.'], { blocks: [recordList('Open', records, 15)] });
        expect(slackLimitProblems(message)).toEqual([]);
        const { blocks } = homeView({ open: records, isCut: true, plans: [], audit: [], now: 0 });
        // A tab may have more blocks and bytes than a message; its texts have the same limits.
        const problems = slackLimitProblems({ text: 'home', blocks }).filter((one) => !one.endsWith('bytes of blocks'));
        expect(problems).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

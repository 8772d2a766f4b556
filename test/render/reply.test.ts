import { describe, expect, test } from 'vitest';
import type { AnnouncedRecord } from '../../shared/domain/incident.ts';
import { minutes } from '../../shared/domain/instant.ts';
import type { Utterance } from '../../shared/domain/timeline.ts';
import { renderReply } from '../../shared/render/reply.ts';
import { aNotice, anIncident, SEEN_AT } from '../support/records.ts';
import { aDigest } from './records.ts';

const worse: Utterance = { n: 2, reason: 'worse', at: SEEN_AT, text: 'severity high now, was medium' };
const many: Utterance = { n: 3, reason: 'many-more', at: SEEN_AT + minutes(1), text: '10 stops by now' };

describe('a reply', () => {
  test('is one message with the state and a line for each of the news', () => {
    expect(renderReply(anIncident(), [worse, many])).toEqual({
      text: '🔴 Open · Out of memory · checkout · harbor-prod: 10 stops by now',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: '🔴 Open · Out of memory · checkout · harbor-prod', style: { bold: true } },
              ],
            },
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [worse, many].map(({ at, text }) => ({
                type: 'rich_text_section',
                elements: [
                  expect.objectContaining({ type: 'date', timestamp: at / 1_000 }),
                  { type: 'text', text: ': ' },
                  { type: 'text', text },
                ],
              })),
            },
          ],
        },
      ],
    });
  });

  test.each<[string, AnnouncedRecord, string]>([
    [
      'what is over says so',
      anIncident({ state: { status: 'resolved', at: SEEN_AT, how: 'recovered' } }),
      '✅ Resolved · Out of memory · checkout · harbor-prod',
    ],
    ['a storm is one', aDigest(), '⛈️ Storm: 2 new problems in 2 services · harbor-prod'],
    ['a notice says what AWS said', aNotice({ phase: 'closed' }), '✅ Fargate retirement · 1 service · closed by AWS'],
  ])('%s', (_, record, expected) => expect(renderReply(record, []).text).toBe(expected));

  test('counts the news that are too many', () => {
    const news = Array.from({ length: 25 }, (_, index) => ({ ...many, n: index + 1, text: `news ${index}` }));
    const text = JSON.stringify(renderReply(anIncident(), news).blocks);
    expect(text).toContain('… 5 earlier');
    expect(text).not.toContain('news 4"');
    expect(text).toContain('news 24"');
  });

  test('tells news about several services a line each, and the instant once', () => {
    const text = 'harbor-prod/checkout: done.\nharbor-prod/ledger: failed.';
    const lines = JSON.stringify(renderReply(aNotice(), [{ ...many, text }]).blocks).match(/"(date|harbor[^"]*)"/g);
    expect(lines).toEqual(['"date"', '"harbor-prod/checkout: done."', '"harbor-prod/ledger: failed."']);
  });

  test('shortens long lines rather than leave one out', () => {
    const news = Array.from({ length: 12 }, (_, index) => ({ ...many, text: `${index} ${'表'.repeat(1_000)}` }));
    const text = JSON.stringify(renderReply(anIncident(), news).blocks);
    expect(text.match(/more characters/g)).toHaveLength(12);
  });
});

import { describe, expect, test } from 'vitest';
import type { Digest } from '../../shared/domain/digest.ts';
import { digestCard } from '../../shared/render/digest-card.ts';
import { headline } from '../../shared/render/excerpt.ts';
import { phraseText } from '../../shared/render/plain.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';
import { aDigest, anEntry } from './records.ts';

const over = anEntry({ name: 'ledger', isResolved: true });

describe('the headline and the lead', () => {
  test.each<[string, Partial<Digest>, string, string]>([
    [
      'a storm that goes on',
      {},
      '⛈️ Storm: 2 new problems in 2 services · harbor-prod',
      '2 problems since 2026-11-21 08:02 UTC: 2 open, 0 resolved. New ones are added here instead of a message each.',
    ],
    [
      'two problems of one service, and clusters that are counted',
      {
        entries: [anEntry(), anEntry({ cause: 'image/not-found' }), anEntry({ cluster: 'staging' })],
      },
      '⛈️ Storm: 3 new problems in 2 services · 2 clusters',
      '3 problems since 2026-11-21 08:02 UTC: 3 open, 0 resolved. New ones are added here instead of a message each.',
    ],
    [
      'more than a digest lists',
      { unlisted: 23 },
      '⛈️ Storm: 25 new problems in at least 2 services · harbor-prod',
      '25 problems since 2026-11-21 08:02 UTC: 2 open, 0 resolved, 23 not followed here. New ones are added here instead of a message each.',
    ],
    [
      'no new ones come',
      { state: 'settling', entries: [anEntry(), over] },
      '🌧️ Storm settling: 2 problems in 2 services, 1 open · harbor-prod',
      '2 problems since 2026-11-21 08:02 UTC: 1 open, 1 resolved. No new ones have come for some minutes; this message is kept current until all are resolved.',
    ],
    [
      'all is well',
      { state: 'over', entries: [over] },
      '✅ Storm over: 1 problem in 1 service, all resolved · harbor-prod',
      '1 problem since 2026-11-21 08:02 UTC: 0 open, 1 resolved. The storm is over.',
    ],
    [
      'closed while something is open',
      { state: 'over', entries: [anEntry(), over] },
      '🌥️ Storm over: 2 problems in 2 services, 1 open · harbor-prod',
      '2 problems since 2026-11-21 08:02 UTC: 1 open, 1 resolved. No new one has come for long, so this message is no longer kept current.',
    ],
    [
      'closed while nobody knows of those that are not listed',
      { state: 'over', entries: [over], unlisted: 4 },
      '🌥️ Storm over: 5 problems in at least 1 service, all listed ones resolved · harbor-prod',
      '5 problems since 2026-11-21 08:02 UTC: 0 open, 1 resolved, 4 not followed here. No new one has come for long, so this message is no longer kept current.',
    ],
    ['no storm at all', { state: 'calm', entries: [] }, '🌤️ No storm', 'Each new problem has a message of its own.'],
  ])('%s', (_, overrides, head, lead) => {
    const card = digestCard(aDigest(overrides));
    expect(`${card.icon} ${headline(card, ' · ', 150)}`).toBe(head);
    expect(phraseText(card.lead)).toBe(lead);
  });
});

describe('the list', () => {
  const groupsOf = (overrides: Partial<Digest>) =>
    digestCard(aDigest(overrides)).groups.map(({ title, entries }) => [
      title,
      ...entries.map(({ term, text }) => `${term} ${text}`),
    ]);

  test('groups by cause and cluster, the worst severity first, what was seen most first', () => {
    const entries = [
      anEntry({ name: 'a', title: 'Spot interruption', severity: 'low' }),
      anEntry({ name: 'b', title: 'Spot interruption', severity: 'low' }),
      anEntry({ name: 'c', title: 'Image not found', severity: 'high' }),
      anEntry({ name: 'd', occurrences: 2 }),
      anEntry({ name: 'e', occurrences: 40 }),
    ];
    expect(groupsOf({ entries })).toEqual([
      [
        'Open, the worst first',
        'Out of memory in harbor-prod (2 services, seen 42 times): e, d',
        'Image not found in harbor-prod (1 service, seen 1 time): c',
        'Spot interruption in harbor-prod (2 services, seen 2 times): a, b',
      ],
    ]);
  });

  test('says what has a message of its own, what is not listed and, last, what is resolved', () => {
    const entries = [anEntry({ hasOwnMessage: true }), over];
    expect(groupsOf({ entries, unlisted: 7 })[1]).toEqual([
      'Also',
      'With a message of their own (1): checkout',
      'Not listed (7): there is no room for more in this message',
      'Resolved (1): ledger',
    ]);
  });

  test('says what it was once all of it is resolved', () => {
    expect(groupsOf({ state: 'over', entries: [over] })).toEqual([
      ['What it was', 'Out of memory in harbor-prod (1 service, seen 1 time): ledger'],
    ]);
  });

  test('says how to unfold it, until there is nothing to unfold', () => {
    expect(digestCard(aDigest()).footer.at(-1)).toBe('to get a message for each: slackwater unfold dig-5be20c19f3');
    expect(digestCard(aDigest({ state: 'over', entries: [over] })).footer.at(-1)).toBe('dig-5be20c19f3');
  });
});

test('400 problems with the longest names that ECS allows are listed in one message, and all are counted', () => {
  const entries = Array.from({ length: 400 }, (_, index) =>
    anEntry({
      name: `${index}-${'n'.repeat(255)}`.slice(0, 255),
      cluster: `${index % 40}-${'c'.repeat(255)}`.slice(0, 255),
      title: 'Load balancer check failed',
      hasOwnMessage: index < 10,
      isResolved: index % 7 === 0,
    }),
  );
  const message = renderSlack(aDigest({ entries, unlisted: 9 }));
  const text = JSON.stringify(message.blocks);
  expect(slackLimitProblems(message)).toEqual([]);
  expect(text).toContain('Open, the worst first');
  expect(text).not.toContain('too long for one message');
  const open = [...text.matchAll(/ \((\d+) services?, seen/g)].map(([, count]) => Number(count));
  const [, rest] = / \((\d+) problems\)/.exec(text) ?? [];
  const [, resolved] = /"Resolved".*? \((\d+)\):/.exec(text) ?? [];
  expect(open.reduce((sum, count) => sum + count, 0) + Number(rest) + Number(resolved)).toBe(400);
});

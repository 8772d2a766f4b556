import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderNotification } from '../../shared/render/notification.ts';
import { renderReply } from '../../shared/render/reply.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { renderText } from '../../shared/render/text.ts';
import {
  aDiagnosis,
  aNotice,
  anAffectedService,
  anIncident,
  CLUSTER,
  SEEN_AT,
  someDetails,
} from '../support/records.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';
import { absurd } from './absurd.ts';
import { digest, incident, reason, record, utterances } from './random-records.ts';
import { aDigest, anEntry } from './records.ts';

const about = fc.record({ news: reason, insteadOf: absurd });
const CHANGES = /^(first|worse|resolved|reopened|storm|planned)$/;

describe('whatever a record holds', () => {
  test('Slack accepts the message, and nobody else’s words become markup', () => {
    fc.assert(
      fc.property(record, (any) => {
        expect(slackLimitProblems(renderSlack(any))).toEqual([]);
      }),
    );
  });

  test('Slack accepts the reply, whatever was said', () => {
    fc.assert(
      fc.property(record, utterances, (any, news) => {
        const reply = renderReply(any, news);
        expect(slackLimitProblems(reply)).toEqual([]);
        expect(Buffer.byteLength(JSON.stringify(reply.blocks))).toBeLessThanOrEqual(12_000);
      }),
    );
  });

  test('only ids become mentions, and only in the blocks', () => {
    fc.assert(
      fc.property(record, fc.array(fc.oneof(absurd, fc.constantFrom('S0123ABCD', 'U0123'))), (any, mentions) => {
        const message = renderSlack(any, { mentions });
        const called = JSON.stringify(message.blocks).match(/"(?:usergroup_id|user_id)":"[^"]*"/g) ?? [];
        expect(slackLimitProblems(message)).toEqual([]);
        expect(called.length).toBe(new Set(mentions.filter((id) => /^(S0123ABCD|U0123)$/.test(id))).size);
        expect(message.text).toBe(renderSlack(any).text);
      }),
    );
  });

  test('SNS accepts the notification', () => {
    fc.assert(
      fc.property(record, about, (any, news) => {
        const { subject, message, attributes } = renderNotification(any, news);
        expect(attributes.change).toMatch(CHANGES);
        expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
        const values = Object.values(attributes);
        expect(values.filter((value) => value === '' || /\p{Cc}/u.test(value))).toEqual([]);
        expect(Buffer.byteLength([message, ...Object.entries(attributes).flat()].join(''))).toBeLessThan(256 * 1_024);
        expect(message.trim()).not.toBe('');
      }),
    );
  });

  test('a terminal shows lines of at most 100 characters and runs no codes', () => {
    fc.assert(
      fc.property(record, (any) => {
        const lines = renderText(any).split('\n');
        expect(lines.filter((line) => Array.from(line).length > 100 && !line.includes('https://'))).toEqual([]);
        expect(lines.filter((line) => /[\p{Cc}--\t]/v.test(line))).toEqual([]);
      }),
    );
  });

  test('the same record reads the same every time', () => {
    fc.assert(
      fc.property(record, about, utterances, (any, news, said) => {
        const again = structuredClone(any);
        expect(renderSlack(any)).toEqual(renderSlack(again));
        expect(renderNotification(any, news)).toEqual(renderNotification(again, news));
        expect(renderReply(any, said)).toEqual(renderReply(again, said));
      }),
    );
  });

  test('its id can be read in every message', () => {
    fc.assert(
      fc.property(fc.oneof(incident, digest), (any) => {
        for (const text of [JSON.stringify(renderSlack(any)), renderNotification(any).message, renderText(any)]) {
          expect(text.replaceAll(/\s+/g, ' ')).toContain(any.id);
        }
      }),
    );
  });
});

describe('a record of nothing but 5,000-character texts', () => {
  const text = '表'.repeat(5_000);
  const wide = Array.from({ length: 50 }, (_, index) => `${index}${text}`);

  test.each([
    [
      'an incident',
      anIncident({
        subject: { kind: 'service', at: { ...CLUSTER, cluster: text }, service: text },
        diagnosis: aDiagnosis({ title: text, summary: text, fix: wide, evidence: [{ field: text, text }] }),
        details: someDetails({ image: text, container: text, stoppedReason: text, missing: wide }),
      }),
    ],
    ['a notice', aNotice({ entities: wide.map((name) => anAffectedService(name, name)) })],
    ['a digest', aDigest({ entries: wide.map((name) => anEntry({ name, cluster: name, title: name })) })],
  ])('%s is still told, and shows that it was cut', (_, any) => {
    const message = renderSlack(any);
    expect(slackLimitProblems(message)).toEqual([]);
    expect(JSON.stringify(message)).toContain('…');
    expect(JSON.stringify(message)).toContain(any.id);
  });
});

test('what is too long for SNS is cut visibly, and still says which record it is', () => {
  const differences = Array.from({ length: 3_000 }, () => '表'.repeat(300));
  const any = anIncident({ details: someDetails({ change: { from: 'a:1', to: 'a:2', differences } }) });
  const { message, attributes } = renderNotification(any);
  const bytes = Buffer.byteLength([message, ...Object.entries(attributes).flat()].join(''));
  expect(bytes).toBeGreaterThan(230 * 1_024);
  expect(bytes).toBeLessThan(256 * 1_024);
  expect(message).toMatch(/… cut here: the rest of inc-4f0c2a9d1e is too long for one notification$/);
});

/** A checker that finds nothing would prove nothing. */
describe('the checker of Slack’s limits', () => {
  test('finds what it is for', () => {
    const { blocks } = renderSlack(anIncident({ firstSeen: SEEN_AT }));
    const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '<!channel>' } };
    expect(slackLimitProblems({ text: '', blocks: [] })).toEqual(['text of 0 characters', '0 blocks']);
    expect(slackLimitProblems({ text: 'ok', blocks: [section] })).toEqual(['blocks.0.text: markup of others']);
    expect(
      slackLimitProblems({ text: 'ok', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' as const })) }),
    ).toEqual(['51 blocks']);
    expect(slackLimitProblems({ text: '<@U1>', blocks })).toEqual(['text with markup of others']);
  });
});

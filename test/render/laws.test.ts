import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnouncedRecord, Incident, Notice } from '../../shared/domain/incident.ts';
import { TASK_RETIREMENT } from '../../shared/domain/signal.ts';
import { renderNotification } from '../../shared/render/notification.ts';
import { renderSlack } from '../../shared/render/slack.ts';
import { renderText } from '../../shared/render/text.ts';
import {
  aDiagnosis,
  aNotice,
  anAffectedService,
  anAffectedTask,
  anIncident,
  CLUSTER,
  PLACE,
  SEEN_AT,
  someDetails,
} from '../support/records.ts';
import { slackLimitProblems } from '../support/slack-limits.ts';

/** What an event may hold at its worst: foreign markup, terminal codes, other scripts, and far too much of it. */
const absurd = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  fc.constantFrom(
    '<!channel>',
    '<@U024BE7LH> & <#C1|x> <https://evil.example|click>',
    '<script>alert(1)</script>',
    '<!date^1^{time}|x> <!date^1^|<!here>>',
    '```*bold* _it_ ~no~ `code```',
    '\u001b[31mred\u001b[0m\u0007\r\nnext',
    '\u202eevil שלום مرحبا',
    '👩‍👩‍👧‍👦🔴 \ud83d',
    '"\\&'.repeat(700),
    'r'.repeat(5_000),
    '&'.repeat(255),
    '表'.repeat(5_000),
    '',
  ),
);
const texts = (maxLength: number) => fc.array(absurd, { maxLength });
const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

const incident: fc.Arbitrary<Incident> = fc
  .record({
    text: fc.infiniteStream(absurd),
    list: texts(20),
    kind: fc.constantFrom('service', 'family', 'deployment'),
    at: instant,
    occurrences: fc.integer({ min: 1, max: 10_000 }),
  })
  .map(({ text, list, kind, at, occurrences }) => {
    const next = () => text.next().value ?? '';
    const cluster = { ...CLUSTER, cluster: next(), partition: next() === '' ? 'aws' : CLUSTER.partition };
    return anIncident({
      subject:
        kind === 'family'
          ? { kind, at: cluster, family: next() }
          : { kind: kind === 'service' ? kind : 'deployment', at: cluster, service: next() },
      occurrences,
      firstSeen: at,
      lastSeen: at,
      diagnosis: aDiagnosis({
        title: next(),
        summary: next(),
        fix: list,
        culprit: next(),
        documentation: next(),
        evidence: list.map((line) => ({ field: next(), text: line })),
      }),
      details: someDetails({
        taskDefinition: next(),
        image: next(),
        imageDigest: next(),
        launchType: next(),
        availabilityZone: next(),
        stopCode: next(),
        stoppedReason: next(),
        container: next(),
        containerReason: next(),
        latestTaskId: next(),
        startedBy: next(),
        deploymentId: next(),
        servingTaskDefinition: next(),
        change: { from: next(), to: next(), differences: list },
        circuitBreaker: { failures: occurrences, threshold: occurrences },
        actor: next(),
        rollback: { phase: 'in-progress', deploymentId: next() },
        log: { group: next(), stream: next(), region: 'eu-west-1', lines: list },
        serviceEvents: list,
        missing: list,
      }),
    });
  });

const notice: fc.Arbitrary<Notice> = fc
  .record({
    typeCode: fc.oneof(fc.constant(TASK_RETIREMENT), absurd),
    category: fc.oneof(fc.constantFrom('issue', 'scheduledChange'), absurd),
    phase: absurd,
    description: absurd,
    services: fc.array(fc.tuple(absurd, absurd, fc.constantFrom('PENDING', 'RESOLVED')), { maxLength: 300 }),
    tasks: fc.array(fc.tuple(absurd, absurd), { maxLength: 40 }),
    unknown: texts(40),
    at: instant,
    total: fc.integer({ min: 1, max: 50 }),
  })
  .map(({ services, tasks, unknown, at, total, ...rest }) =>
    aNotice({
      ...rest,
      affected: { ...PLACE, account: rest.phase },
      startsAt: at,
      endsAt: at,
      pages: { seen: [1], total },
      entities: [
        ...services.map(([service, cluster, status]) => anAffectedService(service, cluster, status)),
        ...tasks.map(([task, cluster]) => anAffectedTask(task, cluster)),
        ...unknown.map((value) => ({ kind: 'unknown' as const, value })),
      ],
      isTruncated: total > 25,
    }),
  );

const record: fc.Arbitrary<AnnouncedRecord> = fc.oneof(incident, notice);

describe('whatever a record holds', () => {
  test('Slack accepts the message, and nobody else’s words become markup', () => {
    fc.assert(
      fc.property(record, (any) => {
        expect(slackLimitProblems(renderSlack(any))).toEqual([]);
      }),
    );
  });

  test('SNS accepts the notification', () => {
    fc.assert(
      fc.property(record, (any) => {
        const { subject, message, attributes } = renderNotification(any);
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
      fc.property(record, (any) => {
        expect(renderSlack(any)).toEqual(renderSlack(structuredClone(any)));
        expect(renderNotification(any)).toEqual(renderNotification(structuredClone(any)));
      }),
    );
  });

  test('its id can be read in every message', () => {
    fc.assert(
      fc.property(incident, (any) => {
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
  ])('%s is still told, and shows that it was cut', (_, any) => {
    const message = renderSlack(any);
    expect(slackLimitProblems(message)).toEqual([]);
    expect(JSON.stringify(message)).toContain('…');
    expect(JSON.stringify(message)).toContain(any.id);
  });
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

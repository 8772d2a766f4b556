import { expect, it } from 'vitest';
import { type Announcement, type Delivery, untold } from '../../shared/domain/announcement.ts';
import { withFallback } from '../../shared/domain/fallback.ts';
import { seconds } from '../../shared/domain/instant.ts';
import { owedSince } from '../../shared/domain/owed.ts';
import { NOON } from '../support/observations.ts';
import { anIncident } from '../support/records.ts';

const CHANNEL = { kind: 'slack-channel', channel: 'C0OPS' } as const;
const ARN = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const TOPIC = { kind: 'sns-topic', topicArn: ARN } as const;

const blocked: Delivery = { status: 'blocked', failure: 'channel_not_found' };
const after = (announcements: readonly Announcement[], delivery: Delivery, fallbackTopic?: string) =>
  withFallback(announcements, { destination: CHANNEL, delivery }, fallbackTopic ? { fallbackTopic } : {}, NOON);

it.each<readonly [string, Delivery]>([
  ['will not take a message until somebody mends it', blocked],
  ['will never take this message', { status: 'refused', failure: 'msg_too_long' }],
])('the topic is told with the reason where Slack %s', (_, delivery) => {
  const failure = 'failure' in delivery ? delivery.failure : '';
  expect(after([untold(CHANNEL, NOON)], delivery, ARN)[1]).toEqual({
    status: 'untold',
    destination: TOPIC,
    attempts: 0,
    notBefore: NOON,
    insteadOf: `slack-channel:C0OPS: ${failure}`,
  });
});

it('the topic is told once, also when Slack refuses again', () => {
  const once = after([untold(CHANNEL, NOON)], blocked, ARN);
  expect(after(once, blocked, ARN)).toBe(once);
});

it('nothing is added for what is merely put off, where there is no topic, or for a topic itself', () => {
  const before = [untold(CHANNEL, NOON)];
  expect(after(before, { status: 'deferred', failure: 'http_500' }, ARN)).toBe(before);
  expect(after(before, blocked)).toBe(before);
  const topics = [untold(TOPIC, NOON)];
  expect(withFallback(topics, { destination: TOPIC, delivery: blocked }, { fallbackTopic: ARN }, NOON)).toBe(topics);
});

const timeline = [
  { n: 1, reason: 'first', at: NOON, text: 'it began' },
  { n: 2, reason: 'worse', at: NOON + seconds(90), text: 'it got worse' },
] as const;
const told: Announcement = {
  status: 'told',
  destination: CHANNEL,
  revision: 1,
  said: 1,
  at: NOON,
  attempts: 0,
  notBefore: NOON,
};

it.each<readonly [string, Announcement, number | undefined]>([
  ['since the beginning where nothing got through', { ...untold(CHANNEL, NOON), attempts: 2 }, NOON],
  ['not while it was not tried yet', untold(CHANNEL, NOON), undefined],
  ['since the news that the thread did not take', { ...told, attempts: 1 }, NOON + seconds(90)],
  ['not where the news is on its way', told, undefined],
  [
    'not where it was given up',
    { status: 'abandoned', destination: CHANNEL, attempts: 9, at: NOON, failure: 'x' },
    undefined,
  ],
])('something is owed %s', (_, announcement, since) => {
  expect(owedSince(anIncident({ timeline, announcements: [announcement] }))).toBe(since);
});

import { expect, it } from 'vitest';
import type { Delivery } from '../../../shared/domain/announcement.ts';
import type { Destination } from '../../../shared/domain/destination.ts';
import { minutes, seconds } from '../../../shared/domain/instant.ts';
import { withChannelBackoff } from '../../../shared/effects/slack/channel-backoff.ts';
import { NOON } from '../../support/observations.ts';
import { anIncident } from '../../support/records.ts';

const OPS: Destination = { kind: 'slack-channel', channel: 'C0OPS' };
const TEAM: Destination = { kind: 'slack-channel', channel: 'C0TEAM' };
const DELIVERED: Delivery = { status: 'delivered' };

/** An announcer that answers as told, and how often it was really asked. */
function aChannel(...answers: readonly Delivery[]) {
  let now = NOON;
  let calls = 0;
  const announce = withChannelBackoff(
    async () => answers[calls++] ?? DELIVERED,
    () => now,
  );
  return {
    calls: () => calls,
    at: (instant: number, destination = OPS) => {
      now = NOON + instant;
      return announce(anIncident(), destination, 'post');
    },
  };
}

const limited = (retryAfter?: number): Delivery => ({
  status: 'deferred',
  failure: 'ratelimited',
  ...(retryAfter !== undefined && { retryAfter }),
});

it('asks a channel that put a message off nothing more until the time it named, and says how long that is', async () => {
  const channel = aChannel(limited(seconds(30)));
  await channel.at(0);
  expect(await channel.at(seconds(10))).toEqual(limited(seconds(20)));
  expect(channel.calls()).toBe(1);
  expect(await channel.at(seconds(30))).toEqual(DELIVERED);
  expect(await channel.at(seconds(31))).toEqual(DELIVERED);
  expect(channel.calls()).toBe(3);
});

it('waits ever longer for a channel that names no time, up to a quarter of an hour', async () => {
  const channel = aChannel(...Array.from({ length: 12 }, () => limited()));
  let at = 0;
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 12; attempt++) {
    await channel.at(at);
    const answer = await channel.at(at);
    const wait = answer.status === 'deferred' ? (answer.retryAfter ?? 0) : 0;
    waits.push(wait);
    at += wait;
  }
  expect(channel.calls()).toBe(12);
  expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40].map(seconds));
  expect(waits.at(-1)).toBe(minutes(15));
});

it('leaves other channels alone', async () => {
  const channel = aChannel(limited(seconds(30)));
  await channel.at(0);
  expect(await channel.at(seconds(1), TEAM)).toEqual(DELIVERED);
});

it('does not stop for what is refused: the next message may be taken', async () => {
  const channel = aChannel({ status: 'refused', failure: 'msg_too_long' });
  await channel.at(0);
  expect(await channel.at(0)).toEqual(DELIVERED);
});

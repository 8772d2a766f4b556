import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  type Announcement,
  backoff,
  claim,
  type Delivery,
  EDIT_INTERVAL,
  mark,
  nextDue,
  nextStep,
  untold,
} from '../../shared/domain/announcement.ts';
import type { Destination } from '../../shared/domain/destination.ts';
import { minutes, seconds } from '../../shared/domain/instant.ts';
import { NOON } from '../support/observations.ts';

const CHANNEL: Destination = { kind: 'slack-channel', channel: 'C0OPS' };
const TOPIC: Destination = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' };
const RECEIPT = { channel: 'C0OPS', ts: '1763640000.000100' };
const DEADLINE = NOON + seconds(30);

const told = (revision: number, destination: Destination = CHANNEL): Announcement => ({
  status: 'told',
  destination,
  revision,
  at: NOON,
  attempts: 0,
  notBefore: NOON,
  ...(destination.kind === 'slack-channel' && { receipt: RECEIPT }),
});

describe('what is next for a destination', () => {
  it('posts what nobody has been told', () => {
    expect(nextStep(untold(CHANNEL, NOON), 1)).toEqual({ step: 'post', at: NOON });
  });

  it('leaves a claimed post to its claimer until the claimer is certainly gone', () => {
    const [claimed] = claim([untold(CHANNEL, NOON)], 1, NOON, DEADLINE);
    expect(claimed && nextStep(claimed, 1)).toEqual({ step: 'post', at: DEADLINE });
  });

  it('does nothing while the message shows the newest revision', () => {
    expect(nextStep(told(3), 3)).toBeUndefined();
  });

  it('edits a message that shows an older revision, but not more often than every ten seconds', () => {
    expect(nextStep(told(1), 2)).toEqual({ step: 'edit', at: NOON + EDIT_INTERVAL });
  });

  it('never edits what cannot be edited: a topic, or a message without a receipt', () => {
    expect(nextStep(told(1, TOPIC), 2)).toBeUndefined();
    const { receipt: _, ...withoutReceipt } = told(1) as Announcement & { status: 'told' };
    expect(nextStep(withoutReceipt, 2)).toBeUndefined();
  });

  it('gives up where the destination refused for good', () => {
    const abandoned = mark(
      [untold(CHANNEL, NOON)],
      { destination: CHANNEL, revision: 1, delivery: { status: 'refused', failure: 'is_archived' } },
      NOON,
    );
    expect(nextDue(abandoned, 9)).toBeUndefined();
    expect(abandoned).toMatchObject([{ status: 'abandoned', failure: 'is_archived' }]);
  });
});

describe('claiming', () => {
  it('gives the post to one of two functions: the second finds nothing due', () => {
    const first = claim([untold(CHANNEL, NOON), untold(TOPIC, NOON)], 1, NOON, DEADLINE);
    expect(first.map(({ status }) => status)).toEqual(['claimed', 'claimed']);
    expect(claim(first, 1, NOON + seconds(1), DEADLINE + seconds(1))).toBe(first);
  });

  it('takes over from a claimer that was killed, once its time is up', () => {
    const dead = claim([untold(CHANNEL, NOON)], 1, NOON, DEADLINE);
    expect(claim(dead, 1, DEADLINE, DEADLINE + seconds(30))).toMatchObject([{ status: 'claimed', attempts: 2 }]);
  });
});

describe('marking', () => {
  it('honours the time that the destination asked to wait', () => {
    const claimed = claim([untold(CHANNEL, NOON)], 1, NOON, DEADLINE);
    const limited = mark(
      claimed,
      {
        destination: CHANNEL,
        revision: 1,
        delivery: { status: 'deferred', failure: 'ratelimited', retryAfter: seconds(42) },
      },
      NOON,
    );
    expect(limited).toMatchObject([{ status: 'untold', failure: 'ratelimited', notBefore: NOON + seconds(42) }]);
  });

  it('keeps the receipt of the post when a later edit succeeds', () => {
    const edited = mark(
      [told(1)],
      { destination: CHANNEL, revision: 2, delivery: { status: 'delivered' } },
      NOON + seconds(20),
    );
    expect(edited).toMatchObject([{ status: 'told', revision: 2, receipt: RECEIPT }]);
  });

  it('keeps a told message told when its edit is put off', () => {
    const limited = mark(
      [told(1)],
      {
        destination: CHANNEL,
        revision: 2,
        delivery: { status: 'deferred', failure: 'ratelimited', retryAfter: seconds(60) },
      },
      NOON,
    );
    expect(nextDue(limited, 2)).toBe(NOON + seconds(60));
  });

  it('does not fall back to an older revision when edits are answered in the wrong order', () => {
    const newest = mark([told(5)], { destination: CHANNEL, revision: 4, delivery: { status: 'delivered' } }, NOON);
    expect(newest).toMatchObject([{ revision: 5 }]);
  });

  it('waits longer after each failure, up to a quarter of an hour', () => {
    expect([1, 2, 3, 20].map(backoff)).toEqual([seconds(5), seconds(10), seconds(20), minutes(15)]);
  });
});

const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.constant<Delivery>({ status: 'delivered', receipt: RECEIPT }),
  fc.record({
    status: fc.constant('deferred' as const),
    failure: fc.constant('http-500'),
    retryAfter: fc.integer({ min: 0, max: minutes(30) }),
  }),
);

test.prop([fc.array(delivery, { maxLength: 12 })])(
  'law: a destination that answers at last is told, whatever it answered before',
  (answers) => {
    let now = NOON;
    let announcements: readonly Announcement[] = [untold(CHANNEL, now)];
    for (const answer of [...answers, { status: 'delivered', receipt: RECEIPT } as const]) {
      now = Math.max(now, nextDue(announcements, 1) ?? now);
      announcements = claim(announcements, 1, now, now + seconds(30));
      if (announcements[0]?.status === 'claimed')
        announcements = mark(announcements, { destination: CHANNEL, revision: 1, delivery: answer }, now);
    }
    expect(announcements).toMatchObject([{ status: 'told', revision: 1 }]);
    expect(nextDue(announcements, 1)).toBeUndefined();
  },
);

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  type Announcement,
  backoff,
  type Content,
  claim,
  type Delivery,
  type DueStep,
  EDIT_INTERVAL,
  mark,
  nextDue,
  nextSteps,
  untold,
} from '../../shared/domain/announcement.ts';
import type { Destination } from '../../shared/domain/destination.ts';
import type { Fingerprint } from '../../shared/domain/incident.ts';
import { hours, minutes, seconds } from '../../shared/domain/instant.ts';
import type { TimelineReason } from '../../shared/domain/reasons.ts';
import { NOON } from '../support/observations.ts';

const CHANNEL: Destination = { kind: 'slack-channel', channel: 'C0OPS' };
const TOPIC: Destination = { kind: 'sns-topic', topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' };
const RECEIPT = { channel: 'C0OPS', ts: '1763640000.000100' };
const DEADLINE = NOON + seconds(30);

const content = (revision: number, ...reasons: readonly TimelineReason[]): Content => ({
  revision,
  isFinal: false,
  timeline: reasons.map((reason, index) => ({ n: index + 1, reason, at: NOON, text: reason })),
});
const FIRST = content(1, 'first');

const told = (revision: number, destination: Destination = CHANNEL, said = 1): Announcement => ({
  status: 'told',
  destination,
  revision,
  said,
  at: NOON,
  attempts: 0,
  notBefore: NOON,
  ...(destination.kind === 'slack-channel' && { receipt: RECEIPT }),
});

const withoutReceipt = (revision: number): Announcement => {
  // The cast is true: `told` makes no other.
  const { receipt: _, ...rest } = told(revision) as Announcement & { status: 'told' };
  return rest;
};

const ROWS: readonly (readonly [string, Announcement, Content, readonly DueStep[]])[] = [
  ['posts what nobody has been told', untold(CHANNEL, NOON), FIRST, [{ step: 'post', at: NOON }]],
  ['does nothing while the message shows the newest revision', told(3), content(3, 'first'), []],
  [
    'edits a message that shows an older revision, but not more often than every ten seconds',
    told(1),
    content(2, 'first'),
    [{ step: 'edit', at: NOON + EDIT_INTERVAL }],
  ],
  ['edits the last revision at once', told(1), { ...content(2, 'first'), isFinal: true }, [{ step: 'edit', at: NOON }]],
  [
    'says in the thread what is worth saying, beside the edit',
    told(1),
    content(2, 'first', 'many-more'),
    [
      { step: 'edit', at: NOON + EDIT_INTERVAL },
      { step: 'reply', at: NOON },
    ],
  ],
  ['never edits a topic', told(1, TOPIC), content(2, 'first'), []],
  ['publishes what is worse', told(1, TOPIC), content(2, 'first', 'worse'), [{ step: 'post', at: NOON }]],
  ['publishes the end', told(1, TOPIC), content(2, 'first', 'resolved'), [{ step: 'post', at: NOON }]],
  ['does not publish every thousandth stop', told(1, TOPIC), content(2, 'first', 'many-more'), []],
  ['never edits a message without a receipt', withoutReceipt(1), content(2, 'first'), []],
  ['posts anew where it cannot edit', withoutReceipt(1), content(2, 'first', 'worse'), [{ step: 'post', at: NOON }]],
];

describe('what is next for a destination', () => {
  it.each(ROWS)('%s', (_, announcement, given, steps) => {
    expect(nextSteps(announcement, given)).toEqual(steps);
  });

  it('leaves a claimed post to its claimer until the claimer is certainly gone', () => {
    const [claimed] = claim([untold(CHANNEL, NOON)], FIRST, NOON, DEADLINE);
    expect(claimed && nextSteps(claimed, FIRST)).toEqual([{ step: 'post', at: DEADLINE }]);
  });

  it('leaves a claimed reply to its claimer too, and does not edit meanwhile', () => {
    const given = content(2, 'first', 'worse');
    const [claimed] = claim([told(1)], given, NOON, DEADLINE);
    expect(claimed && nextSteps(claimed, given)).toEqual([
      { step: 'edit', at: DEADLINE },
      { step: 'reply', at: DEADLINE },
    ]);
  });

  it('gives up where the destination refused for good', () => {
    const abandoned = answered([untold(CHANNEL, NOON)], { status: 'refused', failure: 'msg_too_long' });
    expect(nextDue(abandoned, content(9, 'first'))).toBeUndefined();
    expect(abandoned).toMatchObject([{ status: 'abandoned', failure: 'msg_too_long' }]);
  });

  it('tries a blocked destination every quarter of an hour for a day, and then gives up', () => {
    let now = NOON;
    let announcements: readonly Announcement[] = [untold(CHANNEL, now)];
    let attempts = 0;
    for (let due = nextDue(announcements, FIRST); due !== undefined; due = nextDue(announcements, FIRST)) {
      now = due;
      attempts += 1;
      announcements = claim(announcements, FIRST, now, now);
      announcements = answered(announcements, { status: 'blocked', failure: 'is_archived' }, now);
    }
    expect(attempts).toBe(97);
    expect(now).toBe(NOON + hours(24));
    expect(announcements).toMatchObject([{ status: 'abandoned', failure: 'is_archived' }]);
  });

  it('leaves a problem to the digest that it was folded into', () => {
    const digest = 'digest#slack-channel:C0OPS|digest' as Fingerprint;
    const folded = answered(claim([untold(CHANNEL, NOON)], FIRST, NOON, DEADLINE), { status: 'folded', digest });
    expect(folded).toMatchObject([{ status: 'folded', digest }]);
    expect(nextDue(folded, content(5, 'first', 'worse'))).toBeUndefined();
  });
});

function answered(announcements: readonly Announcement[], delivery: Delivery, now = NOON): readonly Announcement[] {
  return mark(announcements, { destination: CHANNEL, step: 'post', content: FIRST, delivery }, now);
}

describe('claiming', () => {
  it('gives the post to one of two functions: the second finds nothing due', () => {
    const first = claim([untold(CHANNEL, NOON), untold(TOPIC, NOON)], FIRST, NOON, DEADLINE);
    expect(first.map(({ status }) => status)).toEqual(['claimed', 'claimed']);
    expect(claim(first, FIRST, NOON + seconds(1), DEADLINE + seconds(1))).toBe(first);
  });

  it('takes over from a claimer that was killed, once its time is up', () => {
    const dead = claim([untold(CHANNEL, NOON)], FIRST, NOON, DEADLINE);
    expect(claim(dead, FIRST, DEADLINE, DEADLINE + seconds(30))).toMatchObject([{ status: 'claimed', attempts: 2 }]);
  });
});

describe('marking', () => {
  const LIMITED: Delivery = { status: 'deferred', failure: 'ratelimited', retryAfter: seconds(42) };
  const edit = (announcement: Announcement, revision: number, delivery: Delivery, now = NOON) =>
    mark([announcement], { destination: CHANNEL, step: 'edit', content: content(revision, 'first'), delivery }, now);

  it('honours the time that the destination asked to wait', () => {
    const claimed = claim([untold(CHANNEL, NOON)], FIRST, NOON, DEADLINE);
    expect(answered(claimed, LIMITED)).toMatchObject([
      { status: 'untold', failure: 'ratelimited', notBefore: NOON + seconds(42) },
    ]);
  });

  it('keeps the receipt of the post when a later edit succeeds', () => {
    expect(edit(told(1), 2, { status: 'delivered' }, NOON + seconds(20))).toMatchObject([
      { status: 'told', revision: 2, receipt: RECEIPT },
    ]);
  });

  it('keeps a told message told when its edit is put off', () => {
    expect(nextDue(edit(told(1), 2, LIMITED), content(2, 'first'))).toBe(NOON + seconds(42));
  });

  it('edits once more when an older edit is answered last: nobody knows which one Slack shows', () => {
    const late = edit(told(5), 4, { status: 'delivered' });
    expect(nextDue(late, content(5, 'first'))).toBe(NOON + EDIT_INTERVAL);
  });

  it('knows after a reply what the thread has heard, and that the message still shows the old revision', () => {
    const given = content(2, 'first', 'worse');
    const claimed = claim([told(1)], given, NOON, DEADLINE);
    const replied = mark(
      claimed,
      { destination: CHANNEL, step: 'reply', content: given, delivery: { status: 'delivered' } },
      NOON,
    );
    expect(replied).toMatchObject([{ status: 'told', said: 2, revision: 1, receipt: RECEIPT }]);
    expect(nextDue(replied, given)).toBe(NOON + EDIT_INTERVAL);
  });

  it('leaves what another one has told alone', () => {
    expect(
      mark([told(1, TOPIC)], { destination: CHANNEL, step: 'post', content: FIRST, delivery: LIMITED }, NOON),
    ).toEqual([told(1, TOPIC)]);
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

test.prop([fc.array(delivery, { maxLength: 12 }), fc.constantFrom(CHANNEL, TOPIC)])(
  'law: a destination that answers at last knows everything, whatever it answered before, and hears nothing twice',
  (answers, destination) => {
    const given = { ...content(2, 'first', 'worse', 'resolved'), isFinal: true };
    let now = NOON;
    let announcements: readonly Announcement[] = [untold(destination, now)];
    let heard = 0;
    const queue = [...answers];
    for (let due = nextDue(announcements, given); due !== undefined; due = nextDue(announcements, given)) {
      now = Math.max(now, due);
      announcements = claim(announcements, given, now, now + seconds(30));
      const step = nextSteps(announcements[0] ?? untold(destination, now), given)[0]?.step ?? 'post';
      const answer = queue.shift() ?? ({ status: 'delivered', receipt: RECEIPT } as const);
      if (answer.status === 'delivered' && step !== 'edit') heard += 1;
      announcements = mark(announcements, { destination, step, content: given, delivery: answer }, now);
    }
    expect(announcements).toMatchObject([{ status: 'told', revision: 2, said: 3 }]);
    expect(heard).toBe(1);
  },
);

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createRateLimiter, SLACK_RATE_LIMITS } from '../../../sandbox/slack/rate-limits.ts';

function aLimiter() {
  let now = 0;
  const limiter = createRateLimiter(() => now);
  limiter.limit(SLACK_RATE_LIMITS);
  return {
    limiter,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    post: (channel = 'C1') => limiter.take('chat.postMessage', channel),
  };
}

describe('posting to one channel', () => {
  it('is allowed in a short burst, then once a second', () => {
    const { post, pass } = aLimiter();
    expect([post(), post(), post(), post()]).toEqual([undefined, undefined, undefined, 1]);
    pass(999);
    expect(post()).toBe(1);
    pass(1);
    expect([post(), post()]).toEqual([undefined, 1]);
  });

  it('does not hold up another channel, nor an edit', () => {
    const { post, limiter } = aLimiter();
    for (let count = 0; count < 4; count += 1) post();
    expect(post('C2')).toBeUndefined();
    expect(limiter.take('chat.update', 'C1')).toBeUndefined();
  });

  it('is not limited when nobody limits it', () => {
    const { post, limiter } = aLimiter();
    limiter.limit(undefined);
    expect(Array.from({ length: 100 }, () => post()).every((wait) => wait === undefined)).toBe(true);
  });

  test.prop([fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 60 })])(
    'is allowed after the wait that was told, and never more than a burst and one a second',
    (pauses) => {
      const { post, pass } = aLimiter();
      let elapsed = 0;
      let allowed = 0;
      for (const pause of pauses) {
        pass(pause);
        elapsed += pause;
        const wait = post();
        if (wait !== undefined) {
          pass(wait * 1_000);
          elapsed += wait * 1_000;
          expect(post()).toBeUndefined();
        }
        allowed += 1;
      }
      expect(allowed).toBeLessThanOrEqual(SLACK_RATE_LIMITS.posts.burst + elapsed / 1_000);
    },
  );
});

import type { Now } from '../clock.ts';

/** So many at once, and then so many a second. */
export interface Allowance {
  readonly perSecond: number;
  readonly burst: number;
}

export interface SlackRateLimits {
  /** Of `chat.postMessage`, and of a webhook, in each channel. */
  readonly posts: Allowance;
  /** Of `chat.update` in the workspace. */
  readonly edits: Allowance;
}

/**
 * Slack's own: one post a second and channel, "short bursts" allowed, without saying how short; edits are of tier 3,
 * 50 a minute and more. https://docs.slack.dev/apis/web-api/rate-limits
 */
export const SLACK_RATE_LIMITS: SlackRateLimits = {
  posts: { perSecond: 1, burst: 3 },
  edits: { perSecond: 50 / 60, burst: 10 },
};

const LIMITED = ['chat.postMessage', 'chat.update', 'webhook'];

/** Whether the limits are about the method: the others have limits that nobody comes near. */
export const isLimited = (method: string): boolean => LIMITED.includes(method);

export interface RateLimiter {
  /** `undefined` lifts the limits; either way nobody has used anything yet. */
  readonly limit: (limits: SlackRateLimits | undefined) => void;
  /** Takes one call of the allowance, or answers after how many whole seconds there is one again. */
  readonly take: (method: string, channel: string) => number | undefined;
}

/** Token buckets on the sandbox's clock. */
export function createRateLimiter(now: Now): RateLimiter {
  let limits: SlackRateLimits | undefined;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    limit: (next) => {
      limits = next;
      buckets.clear();
    },
    take: (method, channel) => {
      if (limits === undefined) return undefined;
      const isEdit = method === 'chat.update';
      const { perSecond, burst } = isEdit ? limits.edits : limits.posts;
      const key = isEdit ? method : channel;
      const at = now();
      const before = buckets.get(key) ?? { tokens: burst, at };
      const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1_000) * perSecond);
      const isAllowed = tokens >= 1;
      buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, at });
      return isAllowed ? undefined : Math.max(1, Math.ceil((1 - tokens) / perSecond));
    },
  };
}

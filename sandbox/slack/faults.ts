import type { ServerResponse } from 'node:http';
import { answer, answerJson } from '../loopback.ts';
import { createRandom, type Random } from '../random.ts';

/** What can happen to one request. `retryAfter` is in seconds, as in Slack's header. */
export type Mishap =
  | { readonly kind: 'down' }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hanging' }
  /** Closes the connection; nothing was done. */
  | { readonly kind: 'reset' }
  /** Does what it was asked and closes the connection before the answer: the caller cannot know. */
  | { readonly kind: 'lost-answer' }
  /** Answers 200 with the page of something that is not Slack. */
  | { readonly kind: 'garbage' }
  /** Answers 200 with `ok: false`: `message_limit_exceeded`, `channel_not_found`; in one channel, or in all. */
  | { readonly kind: 'refusing'; readonly error: string; readonly channel?: string };

/** How Slack misbehaves until told otherwise. */
export type SlackFault =
  | Mishap
  /** A share (0 to 1) of the requests meets one of the mishaps, `MIXTURE` by default. */
  | { readonly kind: 'unreliable'; readonly seed: number; readonly share: number; readonly of?: readonly Mishap[] };

/** Everything that a caller can safely try again: nothing was done. https://docs.slack.dev/reference/methods/chat.postMessage */
export const MIXTURE: readonly Mishap[] = [
  { kind: 'rate-limited', retryAfter: 1 },
  { kind: 'rate-limited', retryAfter: 3 },
  { kind: 'server-error' },
  { kind: 'down' },
  { kind: 'reset' },
  { kind: 'garbage' },
  { kind: 'refusing', error: 'message_limit_exceeded' },
  { kind: 'refusing', error: 'ratelimited' },
];

export interface SlackFaults {
  readonly current: () => SlackFault | undefined;
  /** `undefined` heals; requests that hang stay unanswered. */
  readonly inject: (fault: SlackFault | undefined) => void;
  /** What the next request meets; `channel` is what it names. */
  readonly meet: (channel: unknown) => Mishap | undefined;
}

export function createSlackFaults(): SlackFaults {
  let current: SlackFault | undefined;
  let random: Random | undefined;
  const chosen = (fault: SlackFault | undefined): Mishap | undefined => {
    if (fault?.kind !== 'unreliable') return fault;
    return random?.happens(fault.share) ? random.pick(fault.of ?? MIXTURE) : undefined;
  };
  return {
    current: () => current,
    inject: (fault) => {
      current = fault;
      random = fault?.kind === 'unreliable' ? createRandom(fault.seed) : undefined;
    },
    meet: (channel) => {
      const mishap = chosen(current);
      const isElsewhere = mishap?.kind === 'refusing' && mishap.channel !== undefined && mishap.channel !== channel;
      return isElsewhere ? undefined : mishap;
    },
  };
}

/** The mishap in a word, for the journal. */
export const nameOfMishap = (mishap: Mishap): string => (mishap.kind === 'refusing' ? mishap.error : mishap.kind);

export function misbehave(mishap: Mishap, response: ServerResponse): void {
  switch (mishap.kind) {
    case 'down':
      return answer(response, 503, 'the sandbox was told that Slack is down');
    case 'server-error':
      return answerJson(response, 500, { ok: false, error: 'internal_error' });
    case 'rate-limited':
      return tooManyRequests(response, mishap.retryAfter);
    case 'hanging':
      return;
    case 'reset':
    case 'lost-answer':
      return void response.destroy();
    case 'garbage':
      return answer(response, 200, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' });
    case 'refusing':
      return answerJson(response, 200, { ok: false, error: mishap.error });
  }
}

/** `retryAfter` in seconds. https://docs.slack.dev/apis/web-api/rate-limits */
export const tooManyRequests = (response: ServerResponse, retryAfter: number): void =>
  answerJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(retryAfter) });

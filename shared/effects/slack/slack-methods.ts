import { type Instant, seconds } from '../../domain/instant.ts';
import { AdapterError } from '../adapter-error.ts';
import { type Answer, postJson, postText } from '../http-post.ts';

/** What a method of the Web API came to. `name` is Slack's own word, such as `missing_scope`, or ours for no answer. */
export type SlackReply =
  | { readonly status: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed'; readonly name: string };

/** Calls a method. Whatever happens is a reply. */
export interface SlackMethods {
  /** For methods that read: they take no JSON. https://docs.slack.dev/apis/web-api/#post_bodies */
  readonly read: (method: string, fields: Readonly<Record<string, string>>) => Promise<SlackReply>;
  readonly write: (method: string, body: object) => Promise<SlackReply>;
}

const SLACK_API_URL = 'https://slack.com/api/';
const TIMEOUT = seconds(5);
/** Somebody waits for the answer: a longer wait than this for Slack to take calls again is no use to them. */
const PATIENCE = seconds(10);

/** Throws a TypeError at once when `apiUrl` is not a URL. `pause` waits so many milliseconds. */
export function createSlackMethods(deps: {
  /** The bot token of the moment; `undefined` where there is none. */
  readonly token: () => Promise<string | undefined>;
  readonly clock: () => Instant;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly apiUrl?: string;
}): SlackMethods {
  const { token, apiUrl = SLACK_API_URL } = deps;
  const base = new URL(apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`);
  const call = async (method: string, post: (to: Target) => Promise<Answer>): Promise<SlackReply> => {
    const secret = await readable(token);
    if (secret === undefined) return { status: 'failed', name: 'no_bot_token' };
    const to = { url: new URL(method, base), headers: { authorization: `Bearer ${secret}` }, timeout: TIMEOUT };
    return replyOf(await patiently(() => post(to), deps));
  };
  return {
    read: (method, fields) =>
      call(method, ({ headers, ...to }) =>
        postText({
          ...to,
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          text: new URLSearchParams(fields).toString(),
        }),
      ),
    write: (method, body) => call(method, (to) => postJson({ ...to, body })),
  };
}

/** A credential that cannot be read is none. */
async function readable(token: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await token();
  } catch (error) {
    if (error instanceof AdapterError) return undefined;
    throw error;
  }
}

interface Target {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
}

export interface Patience {
  readonly clock: () => Instant;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Tries again as long as Slack says when, and that is soon enough. https://docs.slack.dev/apis/web-api/rate-limits */
export async function patiently(post: () => Promise<Answer>, { clock, pause }: Patience): Promise<Answer> {
  const until = clock() + PATIENCE;
  for (;;) {
    const answer = await post();
    const wait = answer.status === 'answered' && answer.code === 429 ? (answer.retryAfter ?? seconds(1)) : undefined;
    if (wait === undefined || clock() + wait > until) return answer;
    await pause(Math.max(wait, seconds(1)));
  }
}

function replyOf(answer: Answer): SlackReply {
  if (answer.status === 'unanswered') return { status: 'failed', name: answer.failure };
  if (answer.code === 429) return { status: 'failed', name: 'ratelimited' };
  const body = objectIn(answer.text);
  if (body?.['ok'] === true) return { status: 'ok', body };
  const error = body?.['error'];
  // Only what looks like one of Slack's codes is repeated: a proxy's page, or an echo of the token, is not.
  const isCode = typeof error === 'string' && /^[a-z][a-z_]{2,59}$/.test(error);
  return { status: 'failed', name: isCode ? error : `http_${answer.code}` };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // True for every object that JSON has.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

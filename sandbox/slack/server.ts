import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KnownBlock } from '@slack/types';
import type { Journal } from '../journal.ts';
import { type Fields, readObject, wordOf } from '../json-object.ts';
import { answer, answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { createSlackFaults, misbehave, nameOfMishap, type SlackFault, tooManyRequests } from './faults.ts';
import { problemsOf } from './limits.ts';
import { createRateLimiter, type RateLimiter } from './rate-limits.ts';
import { createWorkspace, type PostedMessage, type Revision, type Workspace } from './workspace.ts';

export interface SlackOptions {
  readonly token: string;
  /** Channel ids that exist, with the bot in them. */
  readonly channels: readonly string[];
  readonly journal: Journal;
  readonly now: () => number;
  /** Told of every request, whatever becomes of it: `chat.postMessage`, `webhook`. */
  readonly onCall?: (method: string) => void;
}

export interface SlackServer extends AsyncDisposable {
  /** For `SLACK_API_URL`, with the slash at its end. */
  readonly apiUrl: string;
  readonly webhookUrl: string;
  readonly workspace: Workspace;
  readonly fault: () => SlackFault | undefined;
  /** `undefined` heals; requests that hang stay unanswered. */
  readonly inject: (fault: SlackFault | undefined) => void;
  readonly limit: RateLimiter['limit'];
}

interface Call {
  /** `chat.postMessage`, or `webhook`. */
  readonly method: string;
  readonly channel: string;
  readonly authorization: string | undefined;
  readonly body: Fields;
}

type Reply = { readonly ok: true; readonly message: PostedMessage } | Refusal;
type Refusal = { readonly ok: false; readonly error: string; readonly problems?: readonly string[] };

const WEBHOOK = 'webhook';

/** The two methods that Slackwater calls, and an incoming webhook, with Slack's refusals. */
export async function startSlack(options: SlackOptions): Promise<SlackServer> {
  const { journal } = options;
  const workspace = createWorkspace(options.now);
  const faults = createSlackFaults();
  const limiter = createRateLimiter(options.now);

  const server: Listening = await serve((request, response) => {
    void readCall(request).then((call) => answerCall(call, response));
  });
  const answerCall = (call: Call, response: ServerResponse): void => {
    const { method, channel } = call;
    options.onCall?.(method);
    const mishap = faults.meet(channel);
    if (mishap !== undefined) {
      journal.append({ kind: 'slack-refusal', method, error: nameOfMishap(mishap) });
      if (mishap.kind === 'lost-answer') tell(method, runMethod(call));
      return misbehave(mishap, response);
    }
    const retryAfter = limiter.take(method, channel);
    if (retryAfter !== undefined) {
      journal.append({ kind: 'slack-refusal', method, error: `ratelimited, again in ${retryAfter} s` });
      return tooManyRequests(response, retryAfter);
    }
    const reply = runMethod(call);
    tell(method, reply);
    if (method === WEBHOOK) answer(response, reply.ok ? 200 : 400, reply.ok ? 'ok' : reply.error);
    else answerJson(response, 200, answerOf(reply));
  };
  const tell = (method: string, reply: Reply): void => {
    if (!reply.ok) {
      const error = [reply.error, ...(reply.problems ?? [])].join('; ');
      return journal.append({ kind: 'slack-refusal', method, error });
    }
    const { ts, text } = reply.message;
    const action = method === 'chat.update' ? 'edited' : 'posted';
    journal.append({ kind: 'slack', action, ts, firstLine: text.split('\n')[0] ?? '' });
  };
  const runMethod = ({ method, channel, authorization, body }: Call): Reply => {
    if (method === WEBHOOK) return post(channel, body, true);
    if (authorization === undefined) return { ok: false, error: 'not_authed' };
    if (authorization !== `Bearer ${options.token}`) return { ok: false, error: 'invalid_auth' };
    if (!options.channels.includes(channel)) return { ok: false, error: 'channel_not_found' };
    if (method === 'chat.postMessage') return post(channel, body, false);
    if (method === 'chat.update') return edit(channel, body);
    return { ok: false, error: 'unknown_method' };
  };
  const post = (channel: string, body: Fields, isFromWebhook: boolean): Reply => {
    const refusal = refusalOf(body);
    if (refusal !== undefined) return refusal;
    const { thread_ts, reply_broadcast } = body;
    const thread = typeof thread_ts === 'string' && { thread_ts, broadcast: reply_broadcast === true };
    const message = workspace.post({ channel, isFromWebhook, ...thread }, revisionOf(body));
    return message === undefined ? { ok: false, error: 'thread_not_found' } : { ok: true, message };
  };
  const edit = (channel: string, body: Fields): Reply => {
    const refusal = refusalOf(body);
    if (refusal !== undefined) return refusal;
    const message = workspace.edit(channel, wordOf(body['ts']), revisionOf(body), body['reply_broadcast'] === true);
    return message === undefined ? { ok: false, error: 'message_not_found' } : { ok: true, message };
  };

  return {
    apiUrl: `${server.url}/api/`,
    webhookUrl: `${server.url}/services/T00000000/B00000000/sandbox`,
    workspace,
    fault: faults.current,
    inject: faults.inject,
    limit: limiter.limit,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A webhook posts to the channel that it was made for; here that is one of its own. */
async function readCall(request: IncomingMessage): Promise<Call> {
  const body = readObject(await readBody(request));
  const { pathname } = new URL(request.url ?? '/', 'http://slack');
  const isWebhook = pathname.startsWith('/services/');
  return {
    method: isWebhook ? WEBHOOK : pathname.replace(/^\/api\//, ''),
    channel: isWebhook ? WEBHOOK : wordOf(body['channel']),
    authorization: request.headers.authorization,
    body,
  };
}

function refusalOf(body: Fields): Refusal | undefined {
  const problems = problemsOf(body['blocks']);
  if (problems.length > 0) return { ok: false, error: 'invalid_blocks', problems };
  return typeof body['text'] === 'string' && body['text'] !== '' ? undefined : { ok: false, error: 'no_text' };
}

const revisionOf = (body: Fields): Revision => ({
  text: wordOf(body['text']),
  // True for what `problemsOf` let pass, as far as this sandbox draws it.
  blocks: (body['blocks'] ?? []) as readonly KnownBlock[],
});

const answerOf = (reply: Reply): object =>
  reply.ok
    ? { ok: true, channel: reply.message.channel, ts: reply.message.ts }
    : { ok: false, error: reply.error, response_metadata: { messages: reply.problems ?? [] } };

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KnownBlock } from '@slack/types';
import type { Journal } from '../journal.ts';
import { type Fields, readObject, wordOf } from '../json-object.ts';
import { answer, answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { problemsOf } from './limits.ts';
import { createWorkspace, type PostedMessage, type Revision, type Workspace } from './workspace.ts';

/** How Slack misbehaves until told otherwise. `retryAfter` is in seconds, as in Slack's header. */
export type SlackFault =
  | { readonly kind: 'down' }
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hanging' };

export interface SlackOptions {
  readonly token: string;
  /** Channel ids that exist, with the bot in them. */
  readonly channels: readonly string[];
  readonly journal: Journal;
  readonly now: () => number;
}

export interface SlackServer extends AsyncDisposable {
  /** For `SLACK_API_URL`, with the slash at its end. */
  readonly apiUrl: string;
  readonly webhookUrl: string;
  readonly workspace: Workspace;
  readonly fault: () => SlackFault | undefined;
  /** `undefined` heals; requests that hang stay unanswered. */
  readonly inject: (fault: SlackFault | undefined) => void;
}

type Reply = { readonly ok: true; readonly message: PostedMessage } | Refusal;
type Refusal = { readonly ok: false; readonly error: string; readonly problems?: readonly string[] };

/** The two methods that Slackwater calls, and an incoming webhook, with Slack's refusals. */
export async function startSlack(options: SlackOptions): Promise<SlackServer> {
  const { journal } = options;
  const workspace = createWorkspace(options.now);
  let fault: SlackFault | undefined;

  const server: Listening = await serve((request, response) => {
    void answerRequest(request, response);
  });
  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = readObject(await readBody(request));
    const method = new URL(request.url ?? '/', server.url).pathname.replace(/^\/api\//, '');
    if (fault !== undefined) {
      journal.append({ kind: 'slack-refusal', method, error: fault.kind });
      misbehave(fault, response);
      return;
    }
    const reply = runMethod(method, request.headers.authorization, body);
    tell(method, reply);
    if (method.startsWith('/services/')) answer(response, reply.ok ? 200 : 400, reply.ok ? 'ok' : reply.error);
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
  const runMethod = (method: string, authorization: string | undefined, body: Fields): Reply => {
    if (method.startsWith('/services/')) return post('webhook', body, true);
    if (authorization === undefined) return { ok: false, error: 'not_authed' };
    if (authorization !== `Bearer ${options.token}`) return { ok: false, error: 'invalid_auth' };
    const { channel, ts } = body;
    if (typeof channel !== 'string' || !options.channels.includes(channel))
      return { ok: false, error: 'channel_not_found' };
    if (method === 'chat.postMessage') return post(channel, body, false);
    if (method === 'chat.update') return edit(channel, wordOf(ts), body);
    return { ok: false, error: 'unknown_method' };
  };
  const post = (channel: string, body: Fields, isFromWebhook: boolean): Reply => {
    const refusal = refusalOf(body);
    return refusal ?? { ok: true, message: workspace.post(channel, revisionOf(body), isFromWebhook) };
  };
  const edit = (channel: string, ts: string, body: Fields): Reply => {
    const refusal = refusalOf(body);
    if (refusal !== undefined) return refusal;
    const message = workspace.edit(channel, ts, revisionOf(body));
    return message === undefined ? { ok: false, error: 'message_not_found' } : { ok: true, message };
  };

  return {
    apiUrl: `${server.url}/api/`,
    webhookUrl: `${server.url}/services/T00000000/B00000000/sandbox`,
    workspace,
    fault: () => fault,
    inject: (next) => {
      fault = next;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function misbehave(fault: SlackFault, response: ServerResponse): void {
  switch (fault.kind) {
    case 'down':
      return answer(response, 503, 'the sandbox was told that Slack is down');
    case 'rate-limited':
      return answerJson(
        response,
        429,
        { ok: false, error: 'ratelimited' },
        { 'retry-after': String(fault.retryAfter) },
      );
    case 'hanging':
      return;
  }
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

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Journal } from '../journal.ts';
import { type Fields, readObject, wordOf } from '../json-object.ts';
import { answer, answerJson, type Listening, readBody, serve } from '../loopback.ts';
import { readContent } from './content.ts';
import { createSlackFaults, misbehave, nameOfMishap, type SlackFault, tooManyRequests } from './faults.ts';
import { messageMethods, postMessage, shownMessage } from './messages.ts';
import { createRateLimiter, isLimited, type RateLimiter } from './rate-limits.ts';
import { bodyOf, type Reply, refuse } from './reply.ts';
import { createScreens, type Screens } from './screens.ts';
import { createTickets, type Tickets } from './tickets.ts';
import { viewMethods } from './views.ts';
import { whoMethods } from './who.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface SlackOptions {
  readonly token: string;
  /** Channel ids that exist, with the bot in them. */
  readonly channels: readonly string[];
  readonly journal: Journal;
  readonly now: () => number;
  /** Told of every request, whatever becomes of it: `chat.postMessage`, `webhook`, `response_url`. */
  readonly onCall?: (method: string) => void;
}

export interface SlackServer extends AsyncDisposable {
  /** For `SLACK_API_URL`, with the slash at its end. */
  readonly apiUrl: string;
  readonly webhookUrl: string;
  readonly workspace: Workspace;
  /** What each person sees beside the channels. */
  readonly screens: Screens;
  /** A new `trigger_id`. */
  readonly triggerFor: Tickets['trigger'];
  /** A new `response_url`. */
  readonly responseUrlFor: Tickets['answer'];
  readonly fault: () => SlackFault | undefined;
  /** `undefined` heals; requests that hang stay unanswered. */
  readonly inject: (fault: SlackFault | undefined) => void;
  readonly limit: RateLimiter['limit'];
}

interface Call {
  /** `chat.postMessage`, `webhook` or `response_url`. */
  readonly method: string;
  /** The last part of the path. */
  readonly name: string;
  readonly channel: string;
  readonly authorization: string | undefined;
  readonly body: Fields;
}

const WEBHOOK = 'webhook';
const RESPONSE_URL = 'response_url';

/** The methods that Slackwater calls, an incoming webhook, and the answers to people, with Slack's refusals. */
export async function startSlack(options: SlackOptions): Promise<SlackServer> {
  const { journal, channels } = options;
  const workspace = createWorkspace(options.now);
  const screens = createScreens();
  const tickets = createTickets(options.now);
  const faults = createSlackFaults();
  const limiter = createRateLimiter(options.now);
  const methods = {
    ...messageMethods({ workspace, screens, channels }),
    ...viewMethods(screens, tickets),
    ...whoMethods,
  };

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
    const retryAfter = isLimited(method) ? limiter.take(method, channel) : undefined;
    if (retryAfter !== undefined) {
      journal.append({ kind: 'slack-refusal', method, error: `ratelimited, again in ${retryAfter} s` });
      return tooManyRequests(response, retryAfter);
    }
    const reply = runMethod(call);
    tell(method, reply);
    if (method === WEBHOOK) answer(response, reply.ok ? 200 : 400, reply.ok ? 'ok' : reply.error);
    else if (method === RESPONSE_URL) answer(response, reply.ok ? 200 : 404, reply.ok ? 'ok' : reply.error);
    else answerJson(response, 200, bodyOf(reply), reply.ok ? reply.headers : {});
  };
  const tell = (method: string, reply: Reply): void => {
    if (reply.ok) {
      if (reply.entry !== undefined) journal.append(reply.entry);
      return;
    }
    const error = [reply.error, ...(reply.problems ?? [])].join('; ');
    journal.append({ kind: 'slack-refusal', method, error });
  };
  const runMethod = ({ method, name, channel, authorization, body }: Call): Reply => {
    if (method === WEBHOOK) return postMessage(workspace, { channel, isFromWebhook: true }, body);
    if (method === RESPONSE_URL) return respond(name, body);
    if (authorization === undefined) return refuse('not_authed');
    if (authorization !== `Bearer ${options.token}`) return refuse('invalid_auth');
    return methods[method]?.(body) ?? refuse('unknown_method');
  };
  /** Answers are for the asker alone: nothing here answers a whole channel by it. */
  const respond = (name: string, body: Fields): Reply => {
    const content = readContent(body);
    if ('ok' in content) return content;
    const asker = tickets.spend(name);
    if (asker === undefined) return refuse('used_url');
    screens.whisper(asker.person, { channel: asker.channel, ...content });
    return { ok: true, body: {}, entry: shownMessage(asker.person, content) };
  };

  return {
    apiUrl: `${server.url}/api/`,
    webhookUrl: `${server.url}/services/T00000000/B00000000/sandbox`,
    workspace,
    screens,
    triggerFor: tickets.trigger,
    responseUrlFor: (asker) => `${server.url}/actions/${tickets.answer(asker)}`,
    fault: faults.current,
    inject: faults.inject,
    limit: limiter.limit,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** By what a path begins with; the rest of it is the method. A webhook posts to a channel of its own here. */
async function readCall(request: IncomingMessage): Promise<Call> {
  const body = readFields(request.headers['content-type'], await readBody(request));
  const { pathname } = new URL(request.url ?? '/', 'http://slack');
  const [, room = '', ...rest] = pathname.split('/');
  const method = room === 'services' ? WEBHOOK : room === 'actions' ? RESPONSE_URL : rest.join('/');
  return {
    method,
    name: rest.at(-1) ?? '',
    channel: method === WEBHOOK ? WEBHOOK : wordOf(body['channel']),
    authorization: request.headers.authorization,
    body,
  };
}

/** Methods that read take a form, and those that write JSON. */
const readFields = (type: string | undefined, text: string): Fields =>
  type?.startsWith('application/x-www-form-urlencoded') === true
    ? Object.fromEntries(new URLSearchParams(text))
    : readObject(text);

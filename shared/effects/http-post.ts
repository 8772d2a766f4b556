import http from 'node:http';
import https from 'node:https';
import { hours, seconds } from '../domain/instant.ts';

/** What came back. The text may repeat the request, secrets included: it is for the reader of the answer alone. */
export type Answer =
  | {
      readonly status: 'answered';
      readonly code: number;
      readonly text: string;
      /** Milliseconds, from `Retry-After`. */
      readonly retryAfter?: number;
    }
  | { readonly status: 'unanswered'; readonly failure: 'timeout' | 'connection_failed' };

interface Post {
  readonly url: URL;
  /** With the content type. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** For everything from name resolution to the last byte of the answer, in milliseconds. */
  readonly timeout: number;
  /** For the connection alone, in milliseconds; as long as the rest unless given. */
  readonly connectWithin?: number;
  /** Bytes of an answer; a longer one is a connection that failed. A megabyte unless given. */
  readonly largest?: number;
}

/** Slack's answer repeats the message, which it limits to far less. */
const LARGEST_ANSWER = 1_048_576;
/** A longer wait than this is taken for a mistake: honouring it would be a silent loss. */
const LONGEST_WAIT = hours(1);

// Connections outlive the event, so that the next one saves the TLS handshake.
const POOLS = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };

interface Attempt {
  readonly answer: Answer;
  /** The connection had been used before and was gone when we wrote to it. */
  readonly isStale: boolean;
}

interface JsonPost extends Pick<Post, 'url' | 'timeout'> {
  readonly headers?: Post['headers'];
  readonly body: unknown;
}

/** Posts `body` as JSON; see `postText`. */
export const postJson = ({ headers, body, ...post }: JsonPost): Promise<Answer> =>
  postText({
    ...post,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    text: JSON.stringify(body),
  });

/**
 * Posts over node:http(s), because `fetch` costs 45 ms of CPU on its first use. Redirects are not followed.
 * `url` must be http or https; everything that can happen on the way is an answer.
 */
export async function postText(post: Post): Promise<Answer> {
  const signal = AbortSignal.timeout(post.timeout);
  const first = await attempt(post, signal, poolOf(post.url));
  if (!first.isStale) return first.answer;
  // The server closed the idle connection, which a function that was frozen in between learns only by writing to it.
  // A new connection of its own cannot be stale.
  return (await attempt(post, signal, false)).answer;
}

const poolOf = (url: URL): http.Agent => (url.protocol === 'https:' ? POOLS['https:'] : POOLS['http:']);

function attempt(post: Post, signal: AbortSignal, agent: http.Agent | false): Promise<Attempt> {
  const headers = { ...post.headers, 'content-length': Buffer.byteLength(post.text) };
  const { request: start } = post.url.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    const request = start(post.url, { method: 'POST', headers, agent, signal });
    request.on('error', (error) => resolve(failed(error, request, signal)));
    if (post.connectWithin !== undefined) cutSlowConnection(request, post.connectWithin);
    request.once('response', (response) => {
      readText(response, post.largest ?? LARGEST_ANSWER).then(
        (text) => resolve({ answer: answered(response, text), isStale: false }),
        () => resolve({ answer: unanswered(signal), isStale: false }),
      );
    });
    request.end(post.text);
  });
}

/** Ends the request when there is no connection in time; what was used before is one already. */
function cutSlowConnection(request: http.ClientRequest, within: number): void {
  request.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => request.destroy(), within);
    for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
  });
}

function failed(error: NodeJS.ErrnoException, request: http.ClientRequest, signal: AbortSignal): Attempt {
  const isReset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
  return { answer: unanswered(signal), isStale: request.reusedSocket && isReset && !signal.aborted };
}

const unanswered = (signal: AbortSignal): Answer => ({
  status: 'unanswered',
  failure: signal.aborted ? 'timeout' : 'connection_failed',
});

async function readText(response: http.IncomingMessage, largest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // True because no encoding is set on the response.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) throw new RangeError('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answered(response: http.IncomingMessage, text: string): Answer {
  const retryAfter = waitOf(response.headers['retry-after']);
  return { status: 'answered', code: response.statusCode ?? 0, text, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Slack sends whole seconds: https://docs.slack.dev/apis/web-api/rate-limits */
function waitOf(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return undefined;
  return Math.min(seconds(Number(header)), LONGEST_WAIT);
}

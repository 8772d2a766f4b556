import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson, type Listening, LOOPBACK, readBody, serve } from '../loopback.ts';
import { act } from './actions.ts';
import { readAsset } from './assets.ts';
import { createDesk, type Desk, type PageDeps } from './desk.ts';
import { type Look, lookIn } from './look.ts';
import { drawPanes, PANES, stampOf } from './panes.ts';
import { drawPage } from './shell.ts';
import { PageError } from './time/jobs.ts';

/** Nothing but what this server serves may load or run, whatever a message says. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The page at `/`, the files it needs, its live feed, and the actions behind its buttons. */
export async function startPage(deps: PageDeps): Promise<Listening> {
  const desk = createDesk(deps);
  const server = await serve((request, response) => {
    respond(request, response, desk).catch((error: unknown) => complain(error, { request, response, desk }));
  }, deps.port);
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      desk.jobs.stop();
      await desk.pace().stop();
      await server[Symbol.asyncDispose]();
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly desk: Desk;
}

/** What a person can put right is said to them; anything else is in the log of the page as well. */
function complain(error: unknown, { request, response, desk }: Exchange): void {
  const text = error instanceof Error ? error.message : String(error);
  const isTheirs = error instanceof PageError;
  if (!isTheirs) desk.stage().sandbox.journal.append({ kind: 'remark', text });
  if (response.headersSent) return;
  if (wantsJson(request)) return answerJson(response, isTheirs ? 400 : 500, { error: text }, HEADERS);
  answer(response, isTheirs ? 400 : 500, `${text}\n\nGo back to go on.`, {
    ...HEADERS,
    'content-type': 'text/plain; charset=utf-8',
  });
}

const wantsJson = ({ headers }: IncomingMessage): boolean => headers.accept?.includes('application/json') === true;

async function respond(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  if (!isOwn(request)) return answer(response, 403, 'only for the page of this sandbox', HEADERS);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
  if (request.method === 'POST') {
    const form = new URLSearchParams(await readBody(request));
    const said = await act(decodeURIComponent(pathname).slice(1).split('/'), form, desk);
    if (wantsJson(request)) return answerJson(response, 200, { said }, HEADERS);
    return answer(response, 303, '', { ...HEADERS, location: '/' });
  }
  const look = lookIn(searchParams);
  if (pathname === '/') return answerWith(response, 'text/html', drawPage(desk, await drawPanes(desk, look)));
  if (pathname === '/live') return feed(response, desk);
  if (pathname === '/panes') {
    return answerJson(response, 200, await newPanes(request, desk, look), HEADERS);
  }
  if (pathname.startsWith('/entries/')) return answerEntry(response, Number(pathname.slice(9)), desk);
  const asset = await readAsset(pathname);
  if (asset === undefined) return answer(response, 404, 'there is no such page', HEADERS);
  answerWith(response, asset.type, asset.body);
}

const answerWith = (response: ServerResponse, type: string, body: string): void =>
  answer(response, 200, body, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });

/** Another site in the same browser can send requests here, also under a name of its own that leads to loopback. */
function isOwn({ headers }: IncomingMessage): boolean {
  const host = headers.host?.split(':')[0];
  const site = headers['sec-fetch-site'];
  return (
    (host === LOOPBACK || host === 'localhost') && (site === undefined || site === 'same-origin' || site === 'none')
  );
}

/** Those that the browser wants, and does not show yet: its header names each with the stamp of what it shows. */
async function newPanes({ headers }: IncomingMessage, desk: Desk, look: Look): Promise<object> {
  const shown = new URLSearchParams(String(headers['x-shown'] ?? ''));
  const panes = await drawPanes(desk, look, shown.size === 0 ? PANES : PANES.filter((pane) => shown.has(pane)));
  const stamped = Object.entries(panes).map(([pane, html]) => [pane, { stamp: stampOf(html), html }] as const);
  return Object.fromEntries(stamped.filter(([pane, { stamp }]) => shown.get(pane) !== stamp));
}

/** Everything that the journal has of one line of the timeline. */
function answerEntry(response: ServerResponse, number: number, desk: Desk): void {
  const { journal, messages } = desk.stage().sandbox;
  const entry = journal.entries().find((one) => one.number === number);
  if (entry === undefined) throw new PageError('so long ago that it is forgotten');
  const message = entry.kind === 'slack' ? messages().find(({ ts }) => ts === entry.ts) : undefined;
  const shown = {
    ...entry,
    at: new Date(entry.at).toISOString(),
    ...(message && { message: { ...message, earlier: undefined } }),
  };
  answerWith(response, 'application/json', JSON.stringify(shown, null, 2));
}

/** Milliseconds: what ECS does by itself is in no journal. */
const LOOK_AGAIN = 1_000;

/** Server-sent events that only say that something changed; the page then asks for what it shows. */
function feed(response: ServerResponse, desk: Desk): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  response.write('data: hello\n\n');
  const tell = (): void => void response.write('data: news\n\n');
  const unsubscribe = desk.subscribe(tell);
  const timer = setInterval(tell, LOOK_AGAIN);
  response.on('close', () => {
    unsubscribe();
    clearInterval(timer);
  });
}

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson, type Listening, LOOPBACK, readBody, serve } from '../loopback.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Recorded } from '../scenario/library.ts';
import type { Player } from '../scenario/player.ts';
import { SCENARIOS } from '../scenario/scenarios.ts';
import { PEOPLE } from '../slack/people.ts';
import { chatActNamed, viewerNamed } from './acts.ts';
import { drawPage, drawPanes } from './view.ts';

export interface PageDeps {
  readonly sandbox: Sandbox;
  readonly library: readonly Recorded[];
  readonly player: Player;
  /** Taken if it is free. */
  readonly port: number;
}

/** Nothing but what this server serves may load or run, whatever a message says. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** What the page remembers: whom it is, for everybody who looks at it. */
interface Desk extends PageDeps {
  viewer: string;
}

/** The page at `/`, the files it needs, its live feed, and the actions behind its buttons. */
export async function startPage(deps: PageDeps): Promise<Listening> {
  const desk: Desk = { ...deps, viewer: PEOPLE[0]?.id ?? '' };
  return serve((request, response) => {
    respond(request, response, desk).catch((error: unknown) => {
      deps.sandbox.journal.append({ kind: 'remark', text: String(error) });
      if (!response.headersSent) answer(response, 500, 'see the log on the page', HEADERS);
    });
  }, deps.port);
}

async function respond(request: IncomingMessage, response: ServerResponse, deps: Desk): Promise<void> {
  if (!isOwn(request)) return answer(response, 403, 'only for the page of this sandbox', HEADERS);
  const { pathname } = new URL(request.url ?? '/', 'http://page');
  if (request.method === 'POST') {
    const form = new URLSearchParams(await readBody(request));
    await act(decodeURIComponent(pathname).slice(1).split('/'), form, deps);
    return answer(response, 303, '', { ...HEADERS, location: '/' });
  }
  switch (pathname) {
    case '/':
      return answerWith(response, 'text/html', drawPage(deps.sandbox, deps.library, deps.viewer));
    case '/page.css':
      return answerWith(response, 'text/css', await readFile(new URL('page.css', import.meta.url), 'utf8'));
    case '/page.js':
      return answerWith(response, 'text/javascript', await readFile(new URL('page.js', import.meta.url), 'utf8'));
    case '/panes':
      return answerJson(response, 200, drawPanes(deps.sandbox, deps.viewer), HEADERS);
    case '/live':
      return feed(response, deps.sandbox);
    default:
      return answer(response, 404, 'there is no such page', HEADERS);
  }
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

/** What the buttons do, by the first part of their path; the rest is the subject. */
const ACTIONS: Readonly<Record<string, (subject: string, desk: Desk, form: URLSearchParams) => unknown>> = {
  events: (path, { player }) => player.tell(path),
  scenarios: (id, { player }) => player.play(scenarioOf(id)),
  slack: (state, { sandbox }) => sandbox.injectSlack(state === 'down' ? { kind: 'down' } : undefined),
  kill: (name, { sandbox }) => sandbox.kill(name),
  reconcile: (_, { sandbox }) => sandbox.invoke('reconcile', {}),
  people: (id, desk) => {
    desk.viewer = viewerNamed(id);
    desk.sandbox.journal.append({ kind: 'remark', text: `The page is ${id}` });
  },
  chat: (what, { sandbox, viewer }, form) => chatActNamed(what)(form, sandbox, viewer),
};

async function act([what = '', ...subject]: readonly string[], form: URLSearchParams, desk: Desk): Promise<void> {
  const action = ACTIONS[what];
  if (action === undefined) throw new Error(`the page has no action ${what}`);
  await action(subject.join('/'), desk, form);
}

function scenarioOf(id: string): (typeof SCENARIOS)[number] {
  const scenario = SCENARIOS.find((it) => it.id === id);
  if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
  return scenario;
}

/** Server-sent events that only say that something changed; the page then asks for what it shows. */
function feed(response: ServerResponse, sandbox: Sandbox): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  response.write('data: hello\n\n');
  const unsubscribe = sandbox.journal.subscribe(({ number }) => response.write(`data: ${number}\n\n`));
  response.on('close', unsubscribe);
}

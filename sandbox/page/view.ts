import { createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Numbered } from '../journal.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Recorded } from '../scenario/library.ts';
import { SCENARIOS } from '../scenario/scenarios.ts';
import type { PostedMessage } from '../slack/workspace.ts';
import { drawCommandLine, drawHome, drawPeople, drawWhispers } from './chat.ts';
import { drawContent } from './content.ts';
import { drawModal } from './modal.ts';

/** The parts of the page that change, as HTML. */
export interface Panes {
  readonly messages: string;
  readonly log: string;
  readonly notifications: string;
  readonly controls: string;
  readonly people: string;
  /** What one person alone is shown. */
  readonly whispers: string;
  readonly home: string;
  readonly modal: string;
}

/** A log of one long session stays readable and quick to draw. */
const LOG_LENGTH = 200;

/** As `viewer` sees it, one of the sandbox's people. */
export function drawPanes(sandbox: Sandbox, viewer: string): Panes {
  const entries = sandbox.journal.entries().toReversed().slice(0, LOG_LENGTH);
  const notifications = entries.filter((entry) => entry.kind === 'notification');
  return {
    messages: html(drawThreads(sandbox.messages()), 'No message yet.'),
    log: html(
      entries.flatMap((entry) => drawEntry(entry) ?? []),
      'Nothing has happened yet.',
    ),
    notifications: html(notifications.map(drawNotification), 'No notification yet.'),
    controls: renderToStaticMarkup(drawControls(sandbox)),
    people: renderToStaticMarkup(drawPeople(viewer)),
    whispers: renderToStaticMarkup(drawWhispers(sandbox, viewer)),
    home: renderToStaticMarkup(drawHome(sandbox, viewer)),
    modal: renderToStaticMarkup(sandbox.slack.screen(viewer).modals.slice(-1).map(drawModal)),
  };
}

/** The whole page; it works without its script, by forms and reloading. */
export function drawPage(sandbox: Sandbox, library: readonly Recorded[], viewer: string): string {
  const panes = drawPanes(sandbox, viewer);
  const page = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      {},
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', {}, 'Slackwater sandbox'),
      h('link', { rel: 'stylesheet', href: '/page.css' }),
      h('script', { src: '/page.js', defer: true }),
    ),
    h(
      'body',
      {},
      h('header', {}, h('h1', {}, 'Slackwater sandbox'), pane('controls', panes.controls)),
      h(
        'main',
        {},
        h('nav', { 'aria-label': 'Events and scenarios' }, drawScenarios(), drawLibrary(library)),
        drawSlack(panes),
        h(
          'div',
          { className: 'column' },
          column('What happened', 'log', panes.log),
          column('SNS', 'notifications', panes.notifications),
        ),
      ),
      pane('modal', panes.modal),
    ),
  );
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}

/** What is said to one person stands above what is said to all. */
const drawSlack = (panes: Panes): ReactNode =>
  h(
    'section',
    { 'aria-labelledby': 'slack-title' },
    h('h2', { id: 'slack-title' }, 'Slack'),
    pane('people', panes.people),
    drawCommandLine(),
    pane('whispers', panes.whispers, { 'aria-live': 'polite' }),
    pane('home', panes.home),
    pane('messages', panes.messages),
  );

const html = (nodes: readonly ReactNode[], empty: string): string =>
  renderToStaticMarkup(nodes.length === 0 ? h('p', { className: 'empty' }, empty) : nodes);

// The panes are made by this file, from React elements and from blocks drawn by React: every text in them is escaped.
const pane = (id: keyof Panes, inner: string, extra: { 'aria-live'?: 'polite' } = {}): ReactNode =>
  h('div', { id, ...extra, dangerouslySetInnerHTML: { __html: inner } });

const column = (title: string, id: keyof Panes, inner: string): ReactNode =>
  h('section', { 'aria-labelledby': `${id}-title` }, h('h2', { id: `${id}-title` }, title), pane(id, inner));

/** A form of one button; the page's script sends it without leaving the page. */
const action = (path: string, label: string, extra: { title?: string; pressed?: boolean } = {}): ReactNode =>
  h(
    'form',
    { method: 'post', action: path, key: path },
    h('button', { type: 'submit', title: extra.title, 'aria-pressed': extra.pressed }, label),
  );

const drawControls = (sandbox: Sandbox): ReactNode => [
  action(sandbox.slackFault() === undefined ? '/slack/down' : '/slack/up', 'Slack is down', {
    pressed: sandbox.slackFault() !== undefined,
  }),
  action('/reconcile', 'Reconcile now', { title: 'Runs by itself every minute' }),
  ...sandbox.functions.map((name) => action(`/kill/${name}`, `Kill ${name}`)),
];

const drawScenarios = (): ReactNode =>
  h(
    'section',
    {},
    h('h2', {}, 'Scenarios'),
    SCENARIOS.map(({ id, title, expectation }) => action(`/scenarios/${id}`, title, { title: expectation })),
  );

const drawLibrary = (library: readonly Recorded[]): ReactNode =>
  [...Map.groupBy(library, ({ group }) => group)].map(([group, events]) =>
    h(
      'section',
      { key: group },
      h('h2', {}, GROUP_TITLES[group] ?? group),
      events.map(({ path, title }) => action(`/events/${path}`, title)),
    ),
  );

const GROUP_TITLES: Readonly<Record<string, string>> = {
  ecs: 'ECS events',
  health: 'AWS Health',
  malformed: 'Malformed',
};

/** The latest message first, each with its replies below it in the order in which they were posted. */
function drawThreads(messages: readonly PostedMessage[]): readonly ReactNode[] {
  const threads = Map.groupBy(messages, ({ channel, ts, thread_ts }) => `${channel} ${thread_ts ?? ts}`);
  return messages
    .filter(({ thread_ts }) => thread_ts === undefined)
    .toReversed()
    .map((message) => drawMessage(message, threads.get(`${message.channel} ${message.ts}`)?.slice(1) ?? []));
}

function drawMessage(message: PostedMessage, replies: readonly PostedMessage[]): ReactNode {
  const { ts, channel, edits, text, thread_ts, broadcast } = message;
  const edited = edits === 0 ? '' : `edited ${edits === 1 ? 'once' : `${edits} times`}`;
  const also = broadcast ? 'also sent to the channel' : '';
  return h(
    'article',
    { key: `${channel} ${ts}`, className: thread_ts === undefined ? 'message' : 'message reply' },
    h(
      'header',
      {},
      h('b', {}, 'Slackwater'),
      h('span', { className: 'app' }, 'APP'),
      h('span', {}, channel),
      h('i', {}, [also, edited].filter((words) => words !== '').join(', ')),
    ),
    drawContent(message.blocks, { channel, ts }),
    h('details', {}, h('summary', {}, 'Push notification'), h('p', {}, text)),
    replies.map((reply) => drawMessage(reply, [])),
  );
}

const drawNotification = (entry: Numbered & { readonly kind: 'notification' }): ReactNode =>
  h('details', { key: entry.number }, h('summary', {}, entry.subject), h('pre', {}, entry.message));

/** One line of the log; what the other panes show already has none. */
function drawEntry(entry: Numbered): ReactNode | undefined {
  switch (entry.kind) {
    case 'event':
      return line(
        entry,
        entry.title,
        entry.rules.length > 0 ? `matched ${entry.rules.join(', ')}` : 'no rule wants it',
      );
    case 'decision':
      return line(entry, `${entry.decision} · ${entry.reason}`, entry.because, `${entry.function} ${entry.incident}`);
    case 'invocation':
      return entry.failure === undefined ? undefined : line(entry, `${entry.function} failed`, entry.failure);
    case 'slack':
      return line(entry, `Slack · ${entry.action}`, entry.firstLine);
    case 'shown':
      return line(entry, `Slack · ${entry.what} for ${entry.person}`, entry.firstLine);
    case 'slack-refusal':
      return line(entry, `Slack refused ${entry.method}`, entry.error);
    case 'dead-letter':
      return line(entry, `Dead letter of ${entry.from}`, entry.because);
    case 'remark':
      return line(entry, entry.text);
    case 'notification':
      return undefined;
  }
}

const line = (entry: Numbered, what: string, why = '', where = ''): ReactNode =>
  h(
    'p',
    { key: entry.number, className: `entry ${entry.kind}` },
    h('b', {}, what),
    ' ',
    why,
    ' ',
    h('small', {}, where),
  );

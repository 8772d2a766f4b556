import { createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { ASSETS } from './assets.ts';
import type { Desk } from './desk.ts';
import { action, section } from './form.ts';
import type { Pane, Panes } from './panes.ts';
import { drawCustomEvent, drawLibrary, drawScenarios } from './play.ts';
import { drawCommandLine } from './slack/chat.ts';

/** The whole page; it works without its script, by forms and reloading. */
export function drawPage({ library, restart }: Desk, panes: Panes): string {
  const pane = (id: Pane, extra: Readonly<Record<string, unknown>> = {}): ReactNode =>
    // The panes are drawn by React: every text in them is escaped.
    h('div', { id, ...extra, dangerouslySetInnerHTML: { __html: panes[id] ?? '' } });
  const page = h(
    'html',
    { lang: 'en' },
    drawHead(),
    h(
      'body',
      {},
      h('a', { className: 'skip', href: '#main' }, 'Skip to the content'),
      h(
        'header',
        { className: 'top' },
        h(
          'h1',
          {},
          h('img', { src: '/icon.svg', alt: '', width: 26, height: 26 }),
          'Slackwater ',
          h('small', {}, 'sandbox'),
        ),
        pane('clock', { role: 'group', 'aria-label': 'Clock' }),
      ),
      h('div', { className: 'bar' }, drawNavigation(), drawTools(restart !== undefined)),
      pane('job', { role: 'group', 'aria-label': 'Under way' }),
      h('p', { id: 'said', role: 'status' }),
      h('p', { id: 'problem', role: 'alert' }),
      h('p', { id: 'spoken', className: 'hidden', 'aria-live': 'polite' }),
      pane('announcement', { hidden: true }),
      h(
        'div',
        { className: 'columns' },
        h(
          'aside',
          { id: 'play', 'aria-labelledby': 'play-title', tabIndex: -1 },
          h('h2', { id: 'play-title' }, 'Play'),
          drawScenarios(),
          h('h3', {}, 'Send one event'),
          drawCustomEvent(),
          drawLibrary(library),
          h('h3', {}, 'Make trouble'),
          pane('troubles', { className: 'troubles' }),
        ),
        h(
          'main',
          { id: 'main', tabIndex: -1 },
          section(
            'slack',
            'Slack',
            pane('people'),
            drawCommandLine(),
            pane('whispers', { 'aria-live': 'polite' }),
            pane('home'),
            pane('channels'),
            pane('messages'),
          ),
          section('estate', 'Estate', pane('estate-view')),
          section('calendar', 'Calendar', pane('calendar-view')),
        ),
        h(
          'aside',
          { id: 'timeline', 'aria-labelledby': 'timeline-title', tabIndex: -1 },
          h('h2', { id: 'timeline-title' }, 'Timeline'),
          pane('filter'),
          pane('entries'),
        ),
      ),
      pane('modal'),
      drawHelp(),
      h(
        'dialog',
        { id: 'detail', 'aria-labelledby': 'detail-title' },
        h('h2', { id: 'detail-title' }, 'Details'),
        h('pre', { tabIndex: 0, 'aria-label': 'JSON' }),
        h('form', { method: 'dialog' }, h('button', {}, 'Close')),
      ),
    ),
  );
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}

const drawHead = (): ReactNode =>
  h(
    'head',
    {},
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, 'Slackwater sandbox'),
    h('link', { rel: 'icon', href: '/icon.svg' }),
    Object.keys(ASSETS)
      .filter((path) => path.endsWith('.css'))
      .map((href) => h('link', { key: href, rel: 'stylesheet', href })),
    h('script', { src: '/theme.js' }),
    h('script', { src: '/main.js', type: 'module' }),
  );

const drawTools = (canRestart: boolean): ReactNode =>
  h(
    'div',
    { className: 'tools', role: 'group', 'aria-label': 'Page' },
    canRestart ? action('/reset', 'Reset') : undefined,
    h(
      'button',
      { type: 'button', id: 'theme', 'aria-label': 'Dark theme', 'aria-pressed': false, 'aria-keyshortcuts': 't' },
      'Theme',
    ),
    h(
      'button',
      { type: 'button', id: 'help-button', 'aria-label': '? Keyboard shortcuts', 'aria-keyshortcuts': '?' },
      '?',
    ),
  );

/** On wide screens what to play and the timeline are always in sight. */
const VIEWS = [
  ['slack', 'Slack'],
  ['estate', 'Estate'],
  ['calendar', 'Calendar'],
  ['timeline', 'Timeline'],
  ['play', 'Play'],
] as const;

const drawNavigation = (): ReactNode =>
  h(
    'nav',
    { id: 'views', 'aria-label': 'Views' },
    VIEWS.map(([id, title]) => h('a', { key: id, href: `#${id}` }, title)),
  );

const SHORTCUTS = [
  ['1 to 5', 'Slack, Estate, Calendar, Timeline, Play'],
  ['p, r, f', 'pause, real time, ×60'],
  ['h, d', 'an hour on, a day on'],
  ['o, n', 'to the next opening, to the next event'],
  ['x', 'stop what is under way'],
  ['/', 'type a command for Slackwater'],
  ['t', 'light or dark'],
  ['?', 'this list'],
  ['Escape', 'close a dialog'],
] as const;

const drawHelp = (): ReactNode =>
  h(
    'dialog',
    { id: 'help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keyboard'),
    h(
      'dl',
      {},
      SHORTCUTS.map(([keys, what]) => h('div', { key: keys }, h('dt', {}, h('kbd', {}, keys)), h('dd', {}, what))),
    ),
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );

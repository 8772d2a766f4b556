import { morphChildren } from './morph.js';

// In the order in which the server names them.
const PANES = [
  'clock',
  'job',
  'troubles',
  'people',
  'channels',
  'whispers',
  'home',
  'messages',
  'estate-view',
  'calendar-view',
  'filter',
  'entries',
  'announcement',
  'modal',
];
const stamps = new Map();
/** Milliseconds between two looks: while time flies, something changes all the time. */
const PAUSE = 200;
/** What is drawn only while it is in sight. */
const VIEW_OF = { 'estate-view': 'estate', 'calendar-view': 'calendar' };
/** Milliseconds between two announcements: a storm is not read out. */
const BREATH = 4_000;

let running;
let isStale = false;
let spokenAt = 0;

/** Draws what has changed; asked again meanwhile, it looks once more at the end. Settles when the page is up to date. */
export function refresh() {
  isStale = true;
  running ??= look().finally(() => {
    running = undefined;
  });
  return running;
}

async function look() {
  while (isStale) {
    isStale = false;
    const headers = { 'x-shown': new URLSearchParams(inSight().map((id) => [id, stamps.get(id) ?? ''])) };
    try {
      const response = await fetch(`/panes${location.search}`, { headers });
      if (response.ok) show(await response.json());
      document.body.dataset.drawn = '';
    } catch {
      // The sandbox has ended, or is about to begin: the feed comes again by itself.
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

const inSight = () =>
  PANES.filter((id) => (VIEW_OF[id] ?? document.body.dataset.middle) === document.body.dataset.middle);

function show(panes) {
  for (const [id, { stamp, html }] of Object.entries(panes)) {
    stamps.set(id, stamp);
    const pane = document.getElementById(id);
    const drawn = document.createElement('template');
    // The server draws the panes with every text escaped.
    drawn.innerHTML = html;
    localise(drawn.content);
    morphChildren(pane, drawn.content);
    for (const dialog of pane.querySelectorAll('dialog:not(:modal)')) showModal(dialog);
    if (id === 'announcement') announce(pane.textContent);
  }
}

/** Times in messages are the reader's own, as Slack shows them. */
function localise(content) {
  for (const time of content.querySelectorAll('.message time[datetime]')) {
    time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  }
}

// It is drawn open for pages without this script; only as a modal does it keep the keyboard's focus.
function showModal(dialog) {
  dialog.removeAttribute('open');
  dialog.showModal();
}

function announce(text) {
  if (text === '' || Date.now() - spokenAt < BREATH) return;
  spokenAt = Date.now();
  document.getElementById('spoken').textContent = text;
}

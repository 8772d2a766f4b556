import { refresh } from './refresh.js';

const VIEWS = ['slack', 'estate', 'calendar', 'timeline', 'play'];
/** Those that share the middle of a wide page; the others are always in sight there. */
const MIDDLE = ['slack', 'estate', 'calendar'];

const { dataset } = document.body;
dataset.view = 'slack';
dataset.middle = 'slack';

/** Shows the view that the address names. */
function follow() {
  const hash = location.hash.slice(1);
  const view = hash === 'service' ? 'estate' : hash;
  if (VIEWS.includes(view)) {
    dataset.view = view;
    if (MIDDLE.includes(view)) dataset.middle = view;
  }
  for (const link of document.querySelectorAll('#views a')) {
    const isHere = link.hash === `#${dataset.view}`;
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

export function goTo(view) {
  location.hash = view;
  document.getElementById(view).focus({ preventScroll: true });
}

// Links that change what is shown, and not the page.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="?"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  follow();
  void refresh().then(() => focusOn(link.hash.slice(1)));
});

function focusOn(id) {
  const part = document.getElementById(id);
  part?.focus({ preventScroll: true });
  part?.scrollIntoView({ block: 'nearest' });
}

addEventListener('hashchange', () => {
  follow();
  void refresh();
});
addEventListener('popstate', () => {
  follow();
  void refresh();
});
follow();

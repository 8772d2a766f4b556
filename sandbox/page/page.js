// Keeps the panes as the server draws them, and sends the buttons' forms without leaving the page.
const PANES = ['controls', 'messages', 'log', 'notifications'];

let isAsking = false;
let isStale = false;

async function refresh() {
  isStale = true;
  if (isAsking) return;
  isAsking = true;
  while (isStale) {
    isStale = false;
    const response = await fetch('/panes');
    show(await response.json());
  }
  isAsking = false;
}

function show(panes) {
  for (const id of PANES) {
    const pane = document.getElementById(id);
    if (pane.dataset.drawn === panes[id]) continue;
    const focused = pane.contains(document.activeElement) ? document.activeElement.textContent : undefined;
    pane.dataset.drawn = panes[id];
    // The server draws the panes with every text escaped.
    pane.innerHTML = panes[id];
    [...pane.querySelectorAll('button')].find((button) => button.textContent === focused)?.focus();
  }
  for (const time of document.querySelectorAll('time[datetime]')) {
    time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  }
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  // What the action changes comes back over the feed.
  void fetch(event.target.action, { method: 'POST', redirect: 'manual' });
});

new EventSource('/live').addEventListener('message', () => void refresh());

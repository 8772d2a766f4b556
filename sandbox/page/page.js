// Keeps the panes as the server draws them, and sends the forms without leaving the page.
const PANES = ['controls', 'people', 'whispers', 'home', 'messages', 'log', 'notifications', 'modal'];

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
    const focused = pane.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
    pane.dataset.drawn = panes[id];
    // The server draws the panes with every text escaped.
    pane.innerHTML = panes[id];
    const dialog = pane.querySelector('dialog');
    if (dialog) showModal(dialog);
    else if (focused) [...pane.querySelectorAll('button')].find((button) => nameOf(button) === focused)?.focus();
  }
  for (const time of document.querySelectorAll('time[datetime]')) {
    time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  }
}

// It is drawn open for pages without this script; only as a modal does it keep the keyboard's focus.
function showModal(dialog) {
  dialog.removeAttribute('open');
  dialog.showModal();
}

// The same button of another drawing: what it sends, and what stands on it.
const nameOf = (element) =>
  `${element.form ? `${element.form.action}?${new URLSearchParams(new FormData(element.form))}` : ''} ${element.textContent}`;

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const body = new URLSearchParams(new FormData(form));
  // What the action changes comes back over the feed.
  void fetch(form.action, { method: 'POST', redirect: 'manual', body });
  if (form.className === 'command') form.reset();
});

// Escape: the server has to know that the modal is closed.
document.addEventListener(
  'cancel',
  (event) => {
    event.preventDefault();
    event.target.querySelector('form.close')?.requestSubmit();
  },
  true,
);

new EventSource('/live').addEventListener('message', () => void refresh());

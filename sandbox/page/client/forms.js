import { refresh } from './refresh.js';

const said = document.getElementById('said');
const problem = document.getElementById('problem');

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method === 'dialog') return;
  event.preventDefault();
  if (form.method === 'get') return look(form);
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  void send(form);
});

/** Sends a form without leaving the page. What it changes comes back over the feed. */
async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  const button = form.querySelector('button');
  button?.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body });
    const answer = await response.json();
    say(answer.said ?? '', answer.error ?? '');
    if (response.ok && form.classList.contains('command')) form.reset();
  } catch {
    say('', 'The sandbox does not answer. Is it still running?');
  } finally {
    button?.removeAttribute('aria-busy');
  }
  void refresh();
}

function say(words, trouble) {
  said.textContent = words;
  problem.textContent = trouble;
}

/** A form that only changes what is shown changes the address. */
function look(form) {
  const query = new URLSearchParams(location.search);
  const given = new FormData(form);
  if (form.className === 'filter') query.delete('show');
  for (const name of new Set(given.keys())) query.delete(name);
  for (const [name, value] of given) query.append(name, value);
  // Nothing chosen is a choice too.
  if (form.className === 'filter' && !given.has('show')) query.append('show', 'none');
  history.replaceState(null, '', `?${query}${location.hash}`);
  void refresh();
}

document.addEventListener('change', (event) => {
  const form = event.target.form;
  if (form?.method === 'get') form.requestSubmit();
});

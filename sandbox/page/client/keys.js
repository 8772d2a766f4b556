import { toggleHelp } from './dialogs.js';
import { goTo } from './views.js';

const VIEWS = { 1: 'slack', 2: 'estate', 3: 'calendar', 4: 'timeline', 5: 'play' };

// Single keys, but where somebody types or a dialog is open. What a button does says the button itself.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches('input:not([type="checkbox"]), textarea, select')) return;
  if (document.querySelector('dialog:modal') && event.key !== '?') return;
  const done = press(event.key);
  if (done) event.preventDefault();
});

function press(key) {
  if (key === '?') toggleHelp();
  else if (key in VIEWS) goTo(VIEWS[key]);
  else if (key === '/') {
    goTo('slack');
    document.getElementById('command').focus();
  } else {
    const button = document.querySelector(`button[aria-keyshortcuts="${CSS.escape(key)}"]:not(:disabled)`);
    if (!button) return false;
    button.click();
  }
  return true;
}

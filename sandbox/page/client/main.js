import './dialogs.js';
import './forms.js';
import './keys.js';
import './views.js';
import { refresh } from './refresh.js';

// The feed only says that something changed. A page that nobody sees waits until somebody does.
new EventSource('/live').addEventListener('message', () => {
  if (!document.hidden) refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});

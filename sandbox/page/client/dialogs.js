const detail = document.getElementById('detail');
const help = document.getElementById('help');

export const toggleHelp = () => (help.open ? help.close() : help.showModal());

document.getElementById('help-button').addEventListener('click', toggleHelp);

// Details of one line of the timeline.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-detail]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void showDetail(link);
});

async function showDetail(link) {
  const response = await fetch(link.href, { headers: { accept: 'application/json' } });
  detail.querySelector('h2').textContent = link.dataset.detail;
  detail.querySelector('pre').textContent = await response.text();
  detail.showModal();
}

// Escape: the server has to know that a modal of Slack is closed.
document.addEventListener(
  'cancel',
  (event) => {
    const form = event.target.querySelector('form.close');
    if (form === null) return;
    event.preventDefault();
    form.requestSubmit();
  },
  true,
);

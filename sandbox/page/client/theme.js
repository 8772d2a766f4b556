// Loaded before the page is drawn, so that it does not flash in the other theme.
const KEPT = 'slackwater-theme';

const systemTheme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function wear(theme) {
  document.documentElement.dataset.theme = theme;
  document.getElementById('theme')?.setAttribute('aria-pressed', String(theme === 'dark'));
}

wear(localStorage.getItem(KEPT) ?? systemTheme());

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (localStorage.getItem(KEPT) === null) wear(systemTheme());
});

addEventListener('DOMContentLoaded', () => {
  wear(document.documentElement.dataset.theme);
  document.getElementById('theme').addEventListener('click', () => {
    const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEPT, theme);
    wear(theme);
  });
});

// The light/dark switch. Its choice is remembered; until it is used, the page follows the system.
const dark = matchMedia('(prefers-color-scheme: dark)');

const current = () => document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light');

export function startThemeToggle(button) {
  const label = () =>
    button.setAttribute('aria-label', `Switch to the ${current() === 'dark' ? 'light' : 'dark'} theme`);
  button.addEventListener('click', () => {
    const theme = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Not remembered then; the switch still works for this visit.
    }
    label();
  });
  dark.addEventListener('change', label);
  label();
}

// Keyboard: a few keys for the whole page, and a map of keys per view that ends with the view's signal.
import { $ } from './dom.js';
import { go } from './router.js';

const isTyping = (target) => target.closest?.('input, textarea, select, [contenteditable]');

/** Calls keys[event.key] for keys pressed outside of text fields; Space and Enter keep their meaning on controls. */
export function onKeys(keys, signal) {
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || $('dialog[open]')) return;
      const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act || (event.key === ' ' && event.target.closest?.('button, a, summary'))) return;
      event.preventDefault();
      act(event);
    },
    { signal },
  );
}

export function startKeys() {
  const dialog = $('#keys');
  const open = () => dialog.showModal();
  $('#keys-button').addEventListener('click', open);
  onKeys({
    '?': open,
    '/': () => {
      const search = $('#search');
      if (search) search.focus();
      else go('/questions?focus=search');
    },
  });
  // A click beside the dialog closes it.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
}

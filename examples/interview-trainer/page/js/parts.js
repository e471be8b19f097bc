// Pieces that several views share: states (loading, empty, failed), badges, the bookmark button.
import { h, icon, toast } from './dom.js';
import { setBookmark } from './api/study.js';
import { state } from './state.js';

export const loading = () =>
  h(
    'div',
    { class: 'state', role: 'status', 'data-testid': 'loading' },
    h('div', { class: 'laying', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    h('p', null, 'One moment…'),
  );

export function failed(failure, retry) {
  const expired = failure.kind === 'expired';
  return h(
    'section',
    { class: 'state', role: 'alert', 'data-testid': 'error-state', 'data-kind': failure.kind ?? 'unknown' },
    h('h1', null, failure.title ?? 'Something went wrong'),
    h('p', null, failure.kind ? failure.message : 'The page stumbled over something it did not expect.'),
    expired
      ? h('a', { class: 'button', href: '#/sign-in', 'data-testid': 'sign-in-again' }, 'Sign in again')
      : h('button', { class: 'button', type: 'button', onclick: retry, 'data-testid': 'retry' }, 'Try again'),
  );
}

export const empty = (title, text, action) =>
  h('div', { class: 'state', 'data-testid': 'empty-state' }, h('h2', null, title), h('p', null, text), action);

/** The gentle invitation: what an account would add here, never a wall before what is there. */
export const invitation = (text) =>
  h(
    'aside',
    { class: 'invitation', 'data-testid': 'invitation' },
    h('p', null, text),
    h('a', { class: 'button', href: '#/sign-up' }, 'Create an account'),
    h('a', { href: '#/sign-in' }, 'I have one'),
  );

const LEVELS = [, 'Basic', 'Solid', 'Deep'];

export const level = (difficulty) =>
  h(
    'span',
    { class: `level level-${difficulty}` },
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    LEVELS[difficulty],
  );

export const levels = LEVELS;

const STATUS = { known: 'Known', learning: 'Learning' };

/** Known, learning, or nothing for a question not met yet; "due" wins, because it asks for something. */
export function statusBadge(id) {
  const card = state.progress.get(id);
  if (!card) return null;
  if (isDue(card)) return h('span', { class: 'badge badge-due' }, 'Due');
  return h('span', { class: `badge badge-${card.status}` }, STATUS[card.status]);
}

export const isDue = (card) => new Date(card.due_at) <= new Date();

export function bookmarkButton(question, { onchange } = {}) {
  const button = h(
    'button',
    { class: 'icon-button bookmark', type: 'button', 'data-testid': 'bookmark-button', onclick: toggle },
    icon('bookmark'),
  );
  const label = () => {
    const saved = state.bookmarks.has(question.id);
    button.setAttribute('aria-pressed', String(saved));
    button.setAttribute('aria-label', `Bookmark question ${question.number}`);
  };
  async function toggle() {
    if (!state.user) {
      toast('Bookmarks need an account, so that they follow you. It takes an e-mail address and a password.');
      return;
    }
    button.disabled = true;
    try {
      await setBookmark(question.id, !state.bookmarks.has(question.id));
      onchange?.(state.bookmarks.has(question.id));
    } catch (failure) {
      toast(failure.message);
    }
    button.disabled = false;
    label();
  }
  label();
  return button;
}

/** "in 10 minutes", "tomorrow", "in 6 days", "in 3 months". */
export function fromNow(when) {
  const minutes = Math.round((new Date(when) - Date.now()) / 60000);
  if (minutes <= 0) return 'now';
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (minutes < 90) return words.format(minutes, 'minute');
  const days = Math.round(minutes / 1440);
  if (days < 1) return words.format(Math.round(minutes / 60), 'hour');
  return days < 60 ? words.format(days, 'day') : words.format(Math.round(days / 30), 'month');
}

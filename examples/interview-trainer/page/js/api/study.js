// What belongs to the signed-in person: cards, bookmarks, history, profile. No call names the user: the server
// knows who asks from the access token, and its policies hand out no other rows.
import { ask, db } from './client.js';
import { state } from '../state.js';

const CARD = 'question_id, status, ease, interval_days, due_at, streak, reviews, lapses';

let loaded;

/** Resolves when one's own cards and bookmarks are in the state; at once for a visitor. */
export function mine() {
  if (!state.user) return Promise.resolve();
  loaded ??= load().catch((failure) => {
    loaded = undefined;
    throw failure;
  });
  return loaded;
}

export function forgetMine() {
  loaded = undefined;
  state.progress = new Map();
  state.bookmarks = new Map();
}

async function load() {
  const [cards, bookmarks] = await Promise.all([
    ask(db.from('progress').select(CARD)),
    ask(db.from('bookmarks').select('question_id, note')),
  ]);
  state.progress = new Map(cards.map((card) => [card.question_id, card]));
  state.bookmarks = new Map(bookmarks.map(({ question_id: id, note }) => [id, note]));
}

/** Grades a card, 1 (again) to 4 (easy); the database schedules it and answers with its new state. */
export async function review(id, grade) {
  const card = await ask(db.rpc('review', { question_id: id, grade }));
  state.progress.set(id, card);
  return card;
}

export async function setBookmark(id, saved) {
  if (saved) {
    await ask(db.from('bookmarks').upsert({ question_id: id }));
    state.bookmarks.set(id, '');
  } else {
    await ask(db.from('bookmarks').delete().eq('question_id', id));
    state.bookmarks.delete(id);
  }
}

export async function saveNote(id, note) {
  await ask(db.from('bookmarks').update({ note }).eq('question_id', id));
  state.bookmarks.set(id, note);
}

export const categoryProgress = () => ask(db.from('category_progress').select().order('position'));

/** Reviews per day in the visitor's time zone: [{ day: '2026-11-22', reviews, remembered }], days without left out. */
export function reviewDays(weeks) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return ask(db.rpc('review_days', { zone, weeks }, { get: true }));
}

export const leaderBoard = () => ask(db.rpc('leader_board', { max_rows: 20 }, { get: true }));

/** One's own profile, or null before it was first saved. */
export const profile = () => ask(db.from('profiles').select('display_name, on_leader_board').maybeSingle());

export const saveProfile = (values) => ask(db.from('profiles').upsert(values));

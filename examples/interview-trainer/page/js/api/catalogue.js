// The questions: open to everybody, fetched once per visit. Full answers come when they are first needed.
import { ask, db } from './client.js';
import { state } from '../state.js';

let loaded;

/** Resolves when categories and questions are in the state; a failed try does not stick. */
export function catalogue() {
  loaded ??= load().catch((failure) => {
    loaded = undefined;
    throw failure;
  });
  return loaded;
}

async function load() {
  const [categories, questions] = await Promise.all([
    ask(db.from('categories').select('id, slug, name, description').order('position')),
    ask(
      db
        .from('questions')
        .select('id, number, difficulty, tags, question, answer, category:categories(slug, name)')
        .order('number'),
    ),
  ]);
  state.categories = categories;
  state.questions = questions;
  state.byId = new Map(questions.map((question) => [question.id, question]));
  state.byNumber = new Map(questions.map((question) => [question.number, question]));
}

export async function fullAnswers(ids) {
  const missing = ids.filter((id) => !state.full.has(id));
  if (missing.length > 0) {
    const rows = await ask(db.from('questions').select('id, answer_full').in('id', missing));
    for (const row of rows) state.full.set(row.id, row.answer_full);
  }
}

/** Words as a tsquery in which the last one may be unfinished: "hash pass" becomes hash & pass:*. */
export const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Ids of the questions that contain all words, by PostgreSQL's full-text index; null when there is no word yet. */
export async function search(text, signal) {
  const terms = words(text);
  if (terms.length === 0) return null;
  const query = terms.map((word) => `${word}:*`).join(' & ');
  const rows = await ask(
    db.from('questions').select('id').textSearch('search', query, { config: 'english' }).abortSignal(signal),
  );
  return new Set(rows.map((row) => row.id));
}

// What the page knows right now. Views read it; only the modules in api/ write it.
export const state = {
  user: null, // { id, email } or null for a visitor
  categories: [], // in their order
  questions: [], // by number, with the short answer and their category
  byId: new Map(),
  byNumber: new Map(),
  full: new Map(), // question id -> full answer, fetched when first needed
  progress: new Map(), // question id -> own row of progress
  bookmarks: new Map(), // question id -> own note
};

export const dueCards = () => {
  const now = new Date();
  return [...state.progress.values()]
    .filter((card) => new Date(card.due_at) <= now)
    .sort((a, b) => a.due_at.localeCompare(b.due_at));
};

export const tally = (questions = state.questions) => {
  const known = questions.filter(({ id }) => state.progress.get(id)?.status === 'known').length;
  const learning = questions.filter(({ id }) => state.progress.get(id)?.status === 'learning').length;
  return { known, learning, total: questions.length };
};

// Decks and runs, without any drawing. A deck is a choice of questions; a run goes through one, card by card.
import { dueCards, state } from './state.js';

/** Fisher-Yates. */
function shuffled(list) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/** The decks on offer: [{ key, name, hint, questions }]; a visitor has no due, new or bookmarked ones. */
export function decks() {
  const own = state.user
    ? [
        {
          key: 'due',
          name: 'Due',
          hint: 'What is about to fade',
          questions: dueCards()
            .map((card) => state.byId.get(card.question_id))
            .filter(Boolean),
        },
        {
          key: 'new',
          name: 'New',
          hint: 'Questions you have not met',
          questions: state.questions.filter(({ id }) => !state.progress.has(id)),
        },
        {
          key: 'saved',
          name: 'Bookmarked',
          hint: 'What you set aside',
          questions: shuffled(state.questions.filter(({ id }) => state.bookmarks.has(id))),
        },
      ]
    : [];
  return [
    ...own,
    { key: 'mixed', name: 'Mixed', hint: 'A shuffle of everything', questions: shuffled(state.questions) },
    ...state.categories
      .map((category) => ({
        key: category.slug,
        name: category.name,
        hint: '',
        topic: true,
        questions: shuffled(state.questions.filter((question) => question.category?.slug === category.slug)),
      }))
      .filter((deck) => deck.questions.length > 0),
  ];
}

export const findDeck = (key) => decks().find((deck) => deck.key === key);

/**
 * One pass through a deck. A card graded "again" returns at the end of the queue; the summary counts each question
 * by its first grade, because that is what one knew.
 */
export class Run {
  constructor(deck, size) {
    this.key = deck.key;
    this.name = deck.name;
    this.queue = deck.questions.slice(0, size);
    this.size = this.queue.length;
    this.at = 0;
    this.flipped = false;
    this.first = new Map();
    this.graded = new Set();
    this.started = Date.now();
  }

  get question() {
    return this.queue[this.at];
  }

  get done() {
    return this.at >= this.queue.length;
  }

  /** Whether the card at this place has its grade already (one went back to look at it). */
  get isGraded() {
    return this.graded.has(this.at);
  }

  grade(value) {
    const { id } = this.question;
    if (!this.first.has(id)) this.first.set(id, value);
    this.graded.add(this.at);
    if (value === 1) this.queue.push(this.question);
    this.step(1);
  }

  step(by) {
    this.at = Math.min(Math.max(this.at + by, 0), this.queue.length);
    this.flipped = false;
  }

  summary() {
    const grades = [...this.first.values()];
    const by = (value) => grades.filter((grade) => grade === value).length;
    return {
      total: grades.length,
      again: by(1),
      hard: by(2),
      good: by(3),
      easy: by(4),
      skipped: this.size - grades.length,
      minutes: Math.max(1, Math.round((Date.now() - this.started) / 60000)),
      shaky: [...this.first].filter(([, grade]) => grade <= 2).map(([id]) => state.byId.get(id)),
    };
  }
}

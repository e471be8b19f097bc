// The wall: every question is a stone, from the foundation (question 1) upwards; known ones are set in colour.
// It repeats what the numbers beside it say, so assistive technology gets the sentence and skips sixty links.
import { h } from './dom.js';
import { isDue } from './parts.js';
import { state, tally } from './state.js';

// Widths alternate so that no joint runs through two courses, as in real ashlar masonry.
const WIDTHS = [3, 2, 4, 2, 3, 4, 2, 3, 3, 4, 2, 4, 3];

export function wall() {
  const { known, learning, total } = tally();
  const stones = state.questions.map((question, index) => {
    const card = state.progress.get(question.id);
    const look = !card ? 'new' : isDue(card) ? `${card.status} due` : card.status;
    return h(
      'a',
      {
        class: `stone w${WIDTHS[index % WIDTHS.length]} ${look}`,
        href: `#/questions/${question.number}`,
        tabindex: -1,
        title: `${question.number}. ${question.question}`,
      },
      question.number,
    );
  });
  return h(
    'figure',
    { class: 'wall', 'data-testid': 'wall' },
    h('div', { class: 'stones', 'aria-hidden': 'true' }, stones),
    h(
      'figcaption',
      null,
      state.user
        ? [
            h('span', { class: 'key known' }, `${known} known`),
            h('span', { class: 'key learning' }, `${learning} learning`),
            h('span', { class: 'key new' }, `${total - known - learning} to meet`),
          ]
        : `${total} questions, one stone each. Yours to build.`,
    ),
  );
}

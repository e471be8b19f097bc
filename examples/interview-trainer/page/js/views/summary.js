// The end of a round: how it went, what to look at again, and what is next.
import { count, h } from '../dom.js';
import { invitation } from '../parts.js';
import { pendingCount } from '../pending.js';
import { dueCards, state } from '../state.js';

export function summaryView(run, restart) {
  const { total, again, hard, good, easy, skipped, minutes, shaky } = run.summary();
  const known = good + easy;
  const title =
    total === 0
      ? 'Nothing graded this time'
      : known === total
        ? 'Every one of them. Well laid.'
        : `${known} of ${total} known`;
  const due = dueCards().length;
  return h(
    'section',
    { class: 'summary-view', 'data-testid': 'session-summary' },
    h('h2', { tabindex: -1 }, title),
    h(
      'p',
      { class: 'lead' },
      `${count(total, 'card')} in ${count(minutes, 'minute')}${skipped > 0 ? `, ${skipped} skipped` : ''}.`,
    ),
    total > 0 &&
      h(
        'dl',
        { class: 'result-bars' },
        [
          ['again', 'Again', again],
          ['hard', 'Hard', hard],
          ['good', 'Good', good],
          ['easy', 'Easy', easy],
        ].map(([key, name, n]) =>
          h('div', { class: `result-${key}` }, h('dt', null, name), h('dd', { 'data-testid': `summary-${key}` }, n)),
        ),
      ),
    shaky.length > 0 &&
      h(
        'div',
        null,
        h('h3', null, 'Worth another look'),
        h(
          'ul',
          { class: 'shaky' },
          shaky.map((question) => h('li', null, h('a', { href: `#/questions/${question.number}` }, question.question))),
        ),
      ),
    h(
      'p',
      { class: 'actions' },
      state.user && due > 0
        ? h(
            'a',
            { class: 'button', href: `#/cards/run?deck=due&size=10&round=${run.started}` },
            `Review ${count(due, 'due card')}`,
          )
        : h(
            'button',
            { class: 'button', type: 'button', onclick: restart, 'data-testid': 'another-round' },
            'Another round',
          ),
      h('a', { class: 'button quiet', href: '#/cards' }, 'Choose a deck'),
      state.user && h('a', { class: 'button quiet', href: '#/progress' }, 'My progress'),
    ),
    !state.user &&
      total > 0 &&
      invitation(
        `Your ${count(pendingCount(), 'grade')} ${pendingCount() === 1 ? 'is' : 'are'} kept in this tab. Create an account and they are saved, with a schedule for each card.`,
      ),
  );
}

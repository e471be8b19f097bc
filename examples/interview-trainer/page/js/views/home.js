// The start page: what to do next, the wall, the categories.
import { count, h } from '../dom.js';
import { catalogue } from '../api/catalogue.js';
import { mine } from '../api/study.js';
import { dueCards, state, tally } from '../state.js';
import { wall } from '../wall.js';

export async function homeView() {
  await Promise.all([catalogue(), mine()]);
  return h(
    'div',
    { class: 'home', 'data-testid': 'home-view' },
    h('section', { class: 'hero' }, h('div', { class: 'hero-text' }, state.user ? today() : welcome()), wall()),
    h(
      'section',
      { 'aria-labelledby': 'categories-title' },
      h('h2', { id: 'categories-title' }, 'By topic'),
      h('ul', { class: 'tiles' }, state.categories.map(tile)),
    ),
  );
}

const welcome = () => [
  h('h1', null, 'Know your backend before they ask.'),
  h(
    'p',
    { class: 'lead' },
    `${state.questions.length} interview questions, each with an answer to say and an answer to understand. ` +
      'Cards come back just before you would forget them.',
  ),
  h(
    'p',
    { class: 'actions' },
    h('a', { class: 'button', href: '#/cards/run?deck=mixed&size=10', 'data-testid': 'start-cards' }, 'Try ten cards'),
    h('a', { class: 'button quiet', href: '#/questions', 'data-testid': 'browse' }, 'Browse the questions'),
  ),
  h(
    'p',
    { class: 'small' },
    'No account needed. ',
    h('a', { href: '#/sign-up' }, 'Create one'),
    ' when you want to keep your progress.',
  ),
];

function today() {
  const due = dueCards().length;
  const { known, learning, total } = tally();
  const fresh = total - known - learning;
  const heading =
    due > 0
      ? `${count(due, 'card')} ${due === 1 ? 'is' : 'are'} due`
      : known + learning === 0
        ? 'Lay the first stone'
        : 'Nothing is due';
  const text =
    due > 0
      ? 'A few minutes now save an hour before the interview.'
      : known + learning === 0
        ? 'Ten new cards are a good start. Grade honestly: the schedule follows your answers.'
        : fresh > 0
          ? 'Well kept. Meet some new questions, or enjoy the rest of the day.'
          : 'You have met every question. Come back when some are due.';
  const deck = due > 0 ? 'due' : fresh > 0 ? 'new' : 'mixed';
  return [
    h('h1', { 'data-testid': 'due-heading' }, heading),
    h('p', { class: 'lead' }, text),
    h(
      'p',
      { class: 'actions' },
      h(
        'a',
        { class: 'button', href: `#/cards/run?deck=${deck}&size=10`, 'data-testid': 'start-cards' },
        due > 0 ? 'Review now' : deck === 'new' ? 'Meet new questions' : 'Shuffle ten cards',
      ),
      h('a', { class: 'button quiet', href: '#/cards' }, 'Choose a deck'),
    ),
  ];
}

function tile(category) {
  const questions = state.questions.filter((question) => question.category?.slug === category.slug);
  const { known, total } = tally(questions);
  return h(
    'li',
    null,
    h(
      'a',
      {
        class: 'tile',
        href: `#/questions?category=${category.slug}`,
        'data-testid': 'category-tile',
        'data-slug': category.slug,
      },
      h('h3', null, category.name),
      h('p', null, category.description),
      h(
        'p',
        { class: 'tile-foot' },
        count(total, 'question'),
        state.user && h('span', { class: known === total ? 'all-known' : null }, `${known} known`),
      ),
    ),
  );
}

// A round of cards: flip, grade, next. The run outlives a redraw, so that signing in midway loses nothing.
import { h, icon, toast } from '../dom.js';
import { catalogue, fullAnswers } from '../api/catalogue.js';
import { mine, review } from '../api/study.js';
import { Run, findDeck } from '../deck.js';
import { onKeys } from '../keys.js';
import { markdown } from '../markdown.js';
import { bookmarkButton, empty, fromNow, level } from '../parts.js';
import { keepForLater } from '../pending.js';
import { here } from '../router.js';
import { state } from '../state.js';
import { summaryView } from './summary.js';

const GRADES = [
  [1, 'Again', 'missed'],
  [2, 'Hard', 'barely'],
  [3, 'Good', 'knew it'],
  [4, 'Easy', 'at once'],
];

let run;
let runPath;

/** Whether a round is under way, so that one comes back to it after signing in. */
export const midway = () => Boolean(run) && !run.done;

export async function runView({ query, signal }) {
  await Promise.all([catalogue(), mine()]);
  // A session that ends midway does not end the round; another person starts another one.
  const another = run?.owner && state.user && run.owner !== state.user.id;
  if (!midway() || runPath !== here() || another) {
    const deck = findDeck(query.get('deck') ?? 'mixed');
    if (!deck) return gone('No such deck', 'It may belong to an account: sign in, or choose another.');
    if (deck.questions.length === 0)
      return gone('This deck is empty', deck.key === 'due' ? 'Nothing is due. Well kept!' : 'Choose another one.');
    run = new Run(deck, Number(query.get('size')) || deck.questions.length);
    run.owner = state.user?.id;
    runPath = here();
  }
  await fullAnswers(run.queue.map((question) => question.id));

  const stage = h('div', { class: 'stage' });
  const view = h(
    'div',
    { class: 'run', 'data-testid': 'run-view' },
    h('h1', { class: 'hidden' }, `${run.name}: flash cards`),
    stage,
  );
  let saving = false;

  function draw({ focus = false } = {}) {
    stage.replaceChildren(...(run.done ? [summaryView(run, restart)] : [head(), card(), controls()]));
    if (focus) stage.querySelector('.flash-card, .summary-view h2')?.focus({ preventScroll: true });
  }

  function restart() {
    run = new Run(findDeck(run.key) ?? findDeck('mixed'), run.size);
    run.owner = state.user?.id;
    draw({ focus: true });
  }

  const head = () =>
    h(
      'div',
      { class: 'run-head' },
      h(
        'p',
        null,
        h('a', { href: '#/cards' }, run.name),
        h('span', { class: 'run-count', 'data-testid': 'run-position' }, `${run.at + 1} of ${run.queue.length}`),
      ),
      h('progress', { max: run.queue.length, value: run.at, 'aria-label': 'Cards done' }),
      bookmarkButton(run.question),
    );

  function card() {
    const { question } = run;
    const node = h(
      'div',
      {
        class: 'flash-card',
        tabindex: -1,
        role: 'group',
        'aria-label': 'Flash card',
        'data-testid': 'flash-card',
        'data-number': question.number,
      },
      h(
        'div',
        { class: 'flash-inner' },
        h(
          'div',
          { class: 'face front', 'data-testid': 'card-front' },
          h('p', { class: 'meta' }, h('span', null, question.category?.name), level(question.difficulty)),
          h('p', { class: 'card-question' }, question.question),
          h('p', { class: 'small' }, 'Answer aloud, then flip.'),
        ),
        h(
          'div',
          { class: 'face back', 'data-testid': 'card-back' },
          h('p', { class: 'card-question-small' }, question.question),
          h('div', { class: 'prose', 'data-testid': 'card-answer' }, markdown(question.answer)),
          state.full.get(question.id) &&
            h(
              'details',
              null,
              h('summary', null, 'The full answer'),
              h('div', { class: 'prose' }, markdown(state.full.get(question.id))),
            ),
        ),
      ),
    );
    setFace(node);
    // A click anywhere on the card flips it, unless it was meant for something on it or selects text.
    node.addEventListener('click', (event) => {
      if (!event.target.closest('a, summary, details, pre') && String(getSelection()) === '') flip();
    });
    return node;
  }

  /** The hidden face must not be reached by tabbing or read aloud. */
  function setFace(node) {
    node.classList.toggle('flipped', run.flipped);
    node.querySelector('.front').inert = run.flipped;
    node.querySelector('.back').inert = !run.flipped;
  }

  function flip() {
    if (run.done) return;
    run.flipped = !run.flipped;
    const node = stage.querySelector('.flash-card');
    setFace(node);
    stage.querySelector('.run-controls').replaceWith(controls());
    node.focus({ preventScroll: true });
  }

  function controls() {
    const step = (by, label, name, testid) =>
      h(
        'button',
        {
          class: 'icon-button',
          type: 'button',
          'aria-label': label,
          'data-testid': testid,
          disabled: by < 0 && run.at === 0,
          onclick: () => move(by),
        },
        icon(name),
      );
    const middle = !run.flipped
      ? h(
          'button',
          { class: 'button big', type: 'button', onclick: flip, 'data-testid': 'flip-button' },
          'Show the answer',
        )
      : run.isGraded
        ? h(
            'button',
            { class: 'button big', type: 'button', onclick: () => move(1), 'data-testid': 'next-card' },
            'Next card',
          )
        : h(
            'div',
            { class: 'grades', role: 'group', 'aria-label': 'How well did you know it?' },
            GRADES.map(([value, name, hint]) =>
              h(
                'button',
                {
                  class: `grade grade-${value}`,
                  type: 'button',
                  'data-testid': `grade-${value}`,
                  'aria-keyshortcuts': value,
                  onclick: () => grade(value),
                },
                h('strong', null, name),
                h('span', null, hint),
                h('kbd', { 'aria-hidden': 'true' }, value),
              ),
            ),
          );
    return h(
      'div',
      { class: 'run-controls' },
      step(-1, 'Previous card', 'left', 'card-previous'),
      middle,
      step(1, run.isGraded ? 'Next card' : 'Skip this card', 'right', 'card-next'),
    );
  }

  function move(by) {
    run.step(by);
    draw({ focus: true });
  }

  async function grade(value) {
    if (saving || run.done || !run.flipped || run.isGraded) return;
    const { question } = run;
    saving = true;
    try {
      if (state.user) toast(`Comes back ${fromNow((await review(question.id, value)).due_at)}.`);
      else keepForLater(question.id, value);
    } catch (failure) {
      if (failure.kind !== 'expired') {
        toast(`Not saved. ${failure.message}`);
        saving = false;
        return;
      }
      // Go on as a visitor; the grade is saved with the next sign-in.
      keepForLater(question.id, value);
    }
    saving = false;
    run.grade(value);
    draw({ focus: true });
  }

  onKeys(
    {
      ' ': flip,
      Enter: (event) => (event.target.closest('button, a, summary') ? event.target.click() : flip()),
      1: () => grade(1),
      2: () => grade(2),
      3: () => grade(3),
      4: () => grade(4),
      ArrowLeft: () => !run.done && run.at > 0 && move(-1),
      ArrowRight: () => !run.done && move(1),
      b: () => stage.querySelector('.bookmark')?.click(),
    },
    signal,
  );
  draw();
  return view;
}

const gone = (title, text) =>
  h(
    'div',
    null,
    h('h1', { class: 'hidden' }, 'Flash cards'),
    empty(title, text, h('a', { class: 'button', href: '#/cards' }, 'Choose a deck')),
  );

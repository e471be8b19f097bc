// One question: the answer to say, the answer to understand, and what one wants to remember about it.
import { h, icon, toast } from '../dom.js';
import { catalogue, fullAnswers } from '../api/catalogue.js';
import { mine, review, saveNote } from '../api/study.js';
import { onKeys } from '../keys.js';
import { markdown } from '../markdown.js';
import { bookmarkButton, fromNow, invitation, level, statusBadge } from '../parts.js';
import { go } from '../router.js';
import { state } from '../state.js';

export async function questionView({ params, signal }) {
  await Promise.all([catalogue(), mine()]);
  const question = state.byNumber.get(Number(params.number));
  if (!question) return missing(params.number);
  await fullAnswers([question.id]);
  const at = state.questions.indexOf(question);
  const [before, after] = [state.questions[at - 1], state.questions[at + 1]];
  const note = h('div');
  const bookmark = bookmarkButton(question, { onchange: drawNote });
  const memory = h('div', { class: 'memory' });

  function drawNote() {
    note.replaceChildren(state.bookmarks.has(question.id) ? noteField(question) : '');
  }
  function drawMemory() {
    memory.replaceChildren(
      ...(state.user
        ? ownState(question, drawMemory)
        : [invitation('With an account this page remembers what you know and asks again in time.')]),
    );
  }
  drawNote();
  drawMemory();
  onKeys(
    {
      ArrowLeft: () => before && go(`/questions/${before.number}`),
      ArrowRight: () => after && go(`/questions/${after.number}`),
      b: () => bookmark.click(),
    },
    signal,
  );

  return h(
    'article',
    { class: 'question', 'data-testid': 'question-view', 'data-number': question.number },
    h(
      'p',
      { class: 'crumbs' },
      h('a', { href: '#/questions' }, 'Questions'),
      ' / ',
      h('a', { href: `#/questions?category=${question.category?.slug}` }, question.category?.name),
    ),
    h('header', null, h('h1', null, question.question), bookmark),
    h(
      'p',
      { class: 'meta' },
      h('span', null, `No. ${question.number}`),
      level(question.difficulty),
      question.tags.map((tag) =>
        h('a', { class: 'tag', href: `#/questions?tag=${encodeURIComponent(tag)}` }, `#${tag}`),
      ),
    ),
    h(
      'section',
      { class: 'short-answer', 'aria-label': 'Short answer', 'data-testid': 'short-answer' },
      h('h2', null, 'To say'),
      h('div', { class: 'prose' }, markdown(question.answer)),
    ),
    state.full.get(question.id) &&
      h(
        'section',
        { class: 'full-answer', 'aria-label': 'Full answer', 'data-testid': 'full-answer' },
        h('h2', null, 'To understand'),
        h('div', { class: 'prose' }, markdown(state.full.get(question.id))),
      ),
    note,
    memory,
    h(
      'nav',
      { class: 'pager', 'aria-label': 'Neighbouring questions' },
      before
        ? h(
            'a',
            { href: `#/questions/${before.number}`, rel: 'prev', 'data-testid': 'previous-question' },
            icon('left'),
            h('span', null, before.question),
          )
        : h('span'),
      after &&
        h(
          'a',
          { href: `#/questions/${after.number}`, rel: 'next', 'data-testid': 'next-question' },
          h('span', null, after.question),
          icon('right'),
        ),
    ),
  );
}

function ownState(question, redraw) {
  const card = state.progress.get(question.id);
  const grade = (value, words) => async (event) => {
    event.currentTarget.disabled = true;
    try {
      const next = await review(question.id, value);
      toast(`${words} It comes back ${fromNow(next.due_at)}.`);
    } catch (failure) {
      toast(failure.message);
    }
    redraw();
  };
  return [
    h(
      'p',
      { 'data-testid': 'card-state' },
      card
        ? [statusBadge(question.id), ` Seen ${card.reviews}×, next ${fromNow(card.due_at)}.`]
        : 'You have not met this one on a card yet.',
    ),
    h(
      'p',
      { class: 'actions' },
      h(
        'button',
        { class: 'button', type: 'button', onclick: grade(3, 'Good.'), 'data-testid': 'mark-known' },
        'I know this',
      ),
      h(
        'button',
        { class: 'button quiet', type: 'button', onclick: grade(1, 'Noted.'), 'data-testid': 'mark-unknown' },
        'Not yet',
      ),
    ),
  ];
}

function noteField(question) {
  const field = h(
    'textarea',
    { id: 'note', rows: 3, maxlength: 2000, 'data-testid': 'note' },
    state.bookmarks.get(question.id),
  );
  const save = async () => {
    try {
      await saveNote(question.id, field.value.trim());
      toast('Note saved.');
    } catch (failure) {
      toast(failure.message);
    }
  };
  return h(
    'div',
    { class: 'note' },
    h('label', { for: 'note' }, 'Your note, only you see it'),
    field,
    h('button', { class: 'button quiet', type: 'button', onclick: save, 'data-testid': 'save-note' }, 'Save the note'),
  );
}

const missing = (number) =>
  h(
    'section',
    { class: 'state', 'data-testid': 'not-found' },
    h('h1', null, `There is no question ${number}`),
    h('p', null, 'Perhaps the link was mistyped.'),
    h('a', { class: 'button', href: '#/questions' }, 'To the questions'),
  );

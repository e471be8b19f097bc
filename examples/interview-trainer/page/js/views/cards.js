// Choosing a deck.
import { count, h } from '../dom.js';
import { catalogue } from '../api/catalogue.js';
import { mine } from '../api/study.js';
import { decks } from '../deck.js';
import { invitation } from '../parts.js';
import { rewrite } from '../router.js';
import { state } from '../state.js';

const SIZES = ['5', '10', '20', 'all'];

export async function cardsView({ query }) {
  await Promise.all([catalogue(), mine()]);
  let size = SIZES.includes(query.get('size')) ? query.get('size') : '10';
  const all = decks();
  const lists = h('div');

  const tile = (deck) =>
    h(
      'li',
      null,
      deck.questions.length > 0
        ? h(
            'a',
            {
              class: 'deck',
              href: `#/cards/run?deck=${deck.key}&size=${size}`,
              'data-testid': 'deck',
              'data-deck': deck.key,
            },
            face(deck),
          )
        : h(
            'span',
            { class: 'deck deck-empty', 'data-testid': 'deck', 'data-deck': deck.key, 'aria-disabled': 'true' },
            face(deck),
          ),
    );

  function draw() {
    lists.replaceChildren(
      h('ul', { class: 'decks' }, all.filter((deck) => !deck.topic).map(tile)),
      h('h2', null, 'By topic'),
      h('ul', { class: 'decks' }, all.filter((deck) => deck.topic).map(tile)),
    );
  }
  draw();

  return h(
    'div',
    { class: 'cards-home', 'data-testid': 'cards-view' },
    h('h1', null, 'Flash cards'),
    h('p', { class: 'lead' }, 'Read the question, answer it aloud, flip, and grade yourself honestly.'),
    h(
      'fieldset',
      { class: 'sizes' },
      h('legend', null, 'Cards in a round'),
      SIZES.map((value) =>
        h(
          'label',
          null,
          h('input', {
            type: 'radio',
            name: 'size',
            value,
            checked: value === size,
            onchange: () => {
              size = value;
              rewrite(`/cards?size=${value}`);
              draw();
            },
          }),
          h('span', null, value === 'all' ? 'All' : value),
        ),
      ),
    ),
    lists,
    !state.user && invitation('With an account, cards come back just before you would forget them.'),
  );
}

const face = (deck) => [
  h('strong', null, deck.name),
  h(
    'span',
    { class: 'deck-hint' },
    deck.questions.length === 0 && deck.key === 'due'
      ? 'Nothing due, well kept'
      : deck.questions.length === 0
        ? 'Empty'
        : deck.hint,
  ),
  h('span', { class: 'deck-count' }, count(deck.questions.length, 'card')),
];

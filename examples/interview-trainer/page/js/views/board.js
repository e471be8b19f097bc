// The leader board: aggregated in the database, names only of those who asked to be on it.
import { h } from '../dom.js';
import { leaderBoard } from '../api/study.js';
import { empty, invitation } from '../parts.js';
import { state } from '../state.js';

export async function boardView() {
  const rows = await leaderBoard();
  const listed = rows.some((row) => row.me);
  return h(
    'div',
    { class: 'board', 'data-testid': 'board-view' },
    h('h1', null, 'Leaders'),
    h(
      'p',
      { class: 'lead' },
      'Questions known, days in a row, cards reviewed. Only people who asked to be listed are.',
    ),
    rows.length > 0
      ? board(rows)
      : empty(
          'Nobody is listed yet',
          'The first stone is yours to lay.',
          state.user && h('a', { class: 'button', href: '#/account' }, 'Put me on the board'),
        ),
    state.user &&
      rows.length > 0 &&
      !listed &&
      h('p', { class: 'invitation' }, 'You are not listed. ', h('a', { href: '#/account' }, 'Choose a name and join')),
    !state.user && invitation('Join the board under a name of your choice, or learn unseen.'),
  );
}

const board = (rows) =>
  h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Leader board' },
    h(
      'table',
      { class: 'board-table' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Place')),
          h('th', { scope: 'col' }, 'Name'),
          h('th', { scope: 'col' }, 'Known'),
          h('th', { scope: 'col' }, 'Streak'),
          h('th', { scope: 'col' }, 'Cards'),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map((row) =>
          h(
            'tr',
            { class: row.me ? 'me' : null, 'data-testid': 'board-row' },
            h('td', { class: 'place' }, row.place),
            h('th', { scope: 'row' }, row.display_name, row.me && h('span', { class: 'badge badge-known' }, 'You')),
            h('td', null, row.known),
            h('td', null, row.streak_days > 0 ? `${row.streak_days} d` : '–'),
            h('td', null, row.reviews),
          ),
        ),
      ),
    ),
  );

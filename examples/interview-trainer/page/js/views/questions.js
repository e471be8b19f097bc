// Browse and search. Filters live in the address, so a list can be shared; typing searches at once.
import { $, count, h } from '../dom.js';
import { catalogue, search, words } from '../api/catalogue.js';
import { mine } from '../api/study.js';
import { bookmarkButton, empty, isDue, level, levels, statusBadge } from '../parts.js';
import { rewrite } from '../router.js';
import { state } from '../state.js';

const SHOW = {
  '': ['All', () => true],
  saved: ['Bookmarked', ({ id }) => state.bookmarks.has(id)],
  due: ['Due', ({ id }) => state.progress.has(id) && isDue(state.progress.get(id))],
  learning: ['Learning', ({ id }) => state.progress.get(id)?.status === 'learning'],
  known: ['Known', ({ id }) => state.progress.get(id)?.status === 'known'],
  new: ['Not met yet', ({ id }) => !state.progress.has(id)],
};

export async function questionsView({ query, signal }) {
  await Promise.all([catalogue(), mine()]);
  const filter = {
    q: query.get('q') ?? '',
    category: query.get('category') ?? '',
    tag: query.get('tag') ?? '',
    level: query.get('level') ?? '',
    show: state.user ? (query.get('show') ?? '') : '',
  };
  let hits = await search(filter.q, signal);

  const results = h('div', { class: 'results' });
  const summary = h('p', { class: 'summary', role: 'status', 'data-testid': 'result-count' });
  const chips = h('ul', { class: 'chips', 'aria-label': 'Topics' });
  const box = h('input', {
    id: 'search',
    type: 'search',
    value: filter.q,
    autocomplete: 'off',
    spellcheck: 'false',
    'data-testid': 'search-input',
    placeholder: 'Search questions and answers',
    'aria-label': 'Search questions and answers',
    'aria-keyshortcuts': '/',
  });

  let typing;
  let asking = new AbortController();
  signal.addEventListener('abort', () => {
    clearTimeout(typing);
    asking.abort();
  });
  box.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: box.value }), 120);
  });

  async function change(part) {
    Object.assign(filter, part);
    const params = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
    rewrite(`/questions${params.size > 0 ? `?${params}` : ''}`);
    if ('q' in part) {
      // Only the newest question to the server counts; older answers must not overwrite it.
      asking.abort();
      asking = new AbortController();
      const mineAsking = asking;
      try {
        const found = await search(filter.q, asking.signal);
        if (mineAsking !== asking || signal.aborted) return;
        hits = found;
      } catch (failure) {
        if (mineAsking !== asking || signal.aborted) return;
        results.replaceChildren(empty(failure.title ?? 'The search failed', failure.message));
        summary.textContent = '';
        return;
      }
    }
    draw();
  }

  function draw() {
    const terms = words(filter.q);
    const list = state.questions.filter(
      (question) =>
        (!hits || hits.has(question.id)) &&
        (!filter.category || question.category?.slug === filter.category) &&
        (!filter.tag || question.tags.includes(filter.tag)) &&
        (!filter.level || String(question.difficulty) === filter.level) &&
        (SHOW[filter.show] ?? SHOW[''])[1](question),
    );
    if (terms.length > 0) list.sort((a, b) => weight(b, terms) - weight(a, terms) || a.number - b.number);
    chips.replaceChildren(
      ...[{ slug: '', name: 'All topics' }, ...state.categories].map((category) =>
        h(
          'li',
          null,
          h(
            'button',
            {
              class: 'chip',
              type: 'button',
              'aria-pressed': String(filter.category === category.slug),
              'data-testid': 'category-chip',
              'data-slug': category.slug,
              onclick: (event) => {
                change({ category: category.slug });
                chips.querySelector(`[data-slug="${event.target.dataset.slug}"]`)?.focus();
              },
            },
            category.name,
          ),
        ),
      ),
    );
    summary.replaceChildren(
      count(list.length, 'question'),
      (filter.tag &&
        h(
          'button',
          {
            class: 'chip tag-chip',
            type: 'button',
            onclick: () => change({ tag: '' }),
            'aria-label': `Remove the filter ${filter.tag}`,
          },
          `#${filter.tag} ×`,
        )) ||
        '',
    );
    results.replaceChildren(
      list.length > 0
        ? h(
            'ol',
            { class: 'question-list' },
            list.map((question) => row(question, terms, draw)),
          )
        : empty(
            'Nothing matches',
            'Try another word, or fewer filters.',
            h(
              'button',
              { class: 'button quiet', type: 'button', onclick: clear, 'data-testid': 'clear-filters' },
              'Clear all filters',
            ),
          ),
    );
  }

  function clear() {
    box.value = '';
    for (const field of view.querySelectorAll('select')) field.value = '';
    change({ q: '', category: '', tag: '', level: '', show: '' });
    box.focus();
  }

  const view = h(
    'div',
    { class: 'questions', 'data-testid': 'questions-view' },
    h('h1', null, 'Questions'),
    h(
      'div',
      { class: 'filters' },
      h('div', { class: 'search-box', role: 'search' }, box, h('kbd', { 'aria-hidden': 'true' }, '/')),
      select(
        'Level',
        'level-filter',
        filter.level,
        [['', 'Any level'], ...[1, 2, 3].map((n) => [String(n), levels[n]])],
        (value) => change({ level: value }),
      ),
      state.user &&
        select(
          'Show',
          'show-filter',
          filter.show,
          Object.entries(SHOW).map(([value, [name]]) => [value, name]),
          (value) => change({ show: value }),
        ),
    ),
    chips,
    summary,
    results,
  );
  draw();
  requestAnimationFrame(() => {
    // On a phone the topics scroll sideways; the chosen one must be seen.
    const chosen = chips.querySelector('[aria-pressed="true"]');
    if (chosen) chips.scrollLeft = chosen.offsetLeft - (chips.clientWidth - chosen.offsetWidth) / 2;
  });
  if (query.has('focus')) requestAnimationFrame(() => $('#search')?.focus());
  return view;
}

const select = (label, id, value, options, onchange) =>
  h(
    'label',
    { class: 'select' },
    h('span', { class: 'hidden' }, label),
    h(
      'select',
      { 'data-testid': id, onchange: (event) => onchange(event.target.value) },
      options.map(([key, name]) => h('option', { value: key, selected: key === value }, name)),
    ),
  );

/** Where the words were found: the question itself counts most, then its tags, then the short answer. */
function weight({ question, tags, answer }, terms) {
  const within = (text) => terms.every((term) => words(text).some((word) => word.startsWith(term)));
  return within(question) ? 3 : within(tags.join(' ')) ? 2 : within(answer) ? 1 : 0;
}

function row(question, terms, redraw) {
  return h(
    'li',
    { class: 'question-row', 'data-testid': 'question-row', 'data-number': question.number },
    h('span', { class: 'number', 'aria-hidden': 'true' }, question.number),
    h(
      'div',
      { class: 'question-text' },
      h('a', { href: `#/questions/${question.number}` }, marked(question.question, terms)),
      h(
        'p',
        { class: 'meta' },
        h('span', null, question.category?.name),
        level(question.difficulty),
        statusBadge(question.id),
      ),
    ),
    bookmarkButton(question, { onchange: redraw }),
  );
}

/** The title with the searched words marked. */
function marked(text, terms) {
  if (terms.length === 0) return text;
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .map((part) => (terms.some((term) => part.toLowerCase().startsWith(term)) ? h('mark', null, part) : part));
}

// Hash routes: "#/questions/12?from=search". A view is an async function that returns one element with an <h1>;
// it gets { params, query, signal } and everything it listens to outside itself ends with the signal.
import { $, h } from './dom.js';
import { failed, loading } from './parts.js';

const routes = [];
let turn = 0;
let leaving = new AbortController();

export function route(pattern, tab, view) {
  const names = [];
  const source = pattern.replace(/:(\w+)/g, (_, name) => (names.push(name), '([^/]+)'));
  routes.push({ match: new RegExp(`^${source}/?$`), names, tab, view });
}

export const here = () => location.hash.replace(/^#/, '') || '/';

export function go(path) {
  if (here() === path) show();
  else location.hash = path;
}

/** Changes the address without drawing the view again: for filters that the view applies itself. */
export const rewrite = (path) => history.replaceState(null, '', `#${path}`);

export function startRouter() {
  addEventListener('hashchange', () => {
    // The skip link targets #view, which is a place in the page and not a route.
    if (location.hash === '#view') {
      history.replaceState(null, '', `#${lastPath}`);
      $('#view').focus();
      return;
    }
    show({ moveFocus: true });
  });
  show();
}

let lastPath = '/';
let beforeSignIn = '/';

export const isSignIn = (path) => /^\/(sign-in|sign-up|forgot|new-password)/.test(path);

/** The last place that had nothing to do with signing in. */
export const cameFrom = () => beforeSignIn;

/** Draws the current route; also called again when who is signed in has changed. */
export async function show({ moveFocus = false } = {}) {
  const mine = ++turn;
  const main = $('#view');
  leaving.abort();
  leaving = new AbortController();
  lastPath = here();
  if (!isSignIn(lastPath)) beforeSignIn = lastPath;
  const [path, search = ''] = lastPath.split('?');
  const found = routes.find((candidate) => candidate.match.test(path));
  // A quick answer should not flash a loading state.
  const slow = setTimeout(() => main.replaceChildren(loading()), 180);
  main.setAttribute('aria-busy', 'true');
  let node;
  try {
    if (found) {
      const values = found.match.exec(path).slice(1).map(decode);
      const params = Object.fromEntries(found.names.map((name, index) => [name, values[index]]));
      node = await found.view({ params, query: new URLSearchParams(search), signal: leaving.signal });
    } else node = notFound();
  } catch (failure) {
    if (mine === turn) node = failed(failure, () => show());
  }
  clearTimeout(slow);
  if (mine !== turn || !node) return;
  main.replaceChildren(node);
  main.setAttribute('aria-busy', 'false');
  const heading = main.querySelector('h1');
  document.title = heading && path !== '/' ? `${heading.textContent} · Interview Trainer` : 'Interview Trainer';
  for (const link of document.querySelectorAll('[data-tab]')) {
    if (link.dataset.tab === found?.tab) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (moveFocus) {
    scrollTo(0, 0);
    if (!main.contains(document.activeElement)) {
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
    }
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notFound = () =>
  h(
    'section',
    { class: 'state', 'data-testid': 'not-found' },
    h('h1', null, 'There is nothing here'),
    h('p', null, 'This address leads nowhere, perhaps it was cut short.'),
    h('a', { class: 'button', href: '#/questions' }, 'To the questions'),
  );

// Starts the page: connect, find out who is there, then leave it to the router.
import { $, count, h, toast } from './dom.js';
import { startAccount } from './api/account.js';
import { connect } from './api/client.js';
import { startKeys } from './keys.js';
import { failed, loading } from './parts.js';
import { pendingCount, savePending } from './pending.js';
import { cameFrom, go, here, isSignIn, rewrite, route, show, startRouter } from './router.js';
import { state } from './state.js';
import { startThemeToggle } from './theme.js';
import { accountView, forgotView, newPasswordView, signInView, signUpView } from './views/account.js';
import { boardView } from './views/board.js';
import { cardsView } from './views/cards.js';
import { homeView } from './views/home.js';
import { progressView } from './views/progress.js';
import { questionView } from './views/question.js';
import { questionsView } from './views/questions.js';
import { midway, runView } from './views/run.js';

route('/', 'home', homeView);
route('/questions', 'questions', questionsView);
route('/questions/:number', 'questions', questionView);
route('/cards', 'cards', cardsView);
route('/cards/run', 'cards', runView);
route('/progress', 'progress', progressView);
route('/board', 'board', boardView);
route('/account', 'account', accountView);
route('/sign-in', 'account', signInView);
route('/sign-up', 'account', signUpView);
route('/forgot', 'account', forgotView);
route('/new-password', 'account', newPasswordView);

startThemeToggle($('#theme-toggle'));
startKeys();
start();

async function start() {
  const main = $('#view');
  main.replaceChildren(loading());
  try {
    const { recovering, problem } = linkInAddress();
    await connect();
    await startAccount(personChanged);
    if (!here().startsWith('/')) rewrite('/');
    if (problem) banner(`The link did not work: ${problem}. Links work once and not for ever.`);
    await settle();
    startRouter();
    if (recovering && state.user) go('/new-password');
    document.body.dataset.ready = 'true';
  } catch (failure) {
    main.replaceChildren(failed(failure, start));
  }
}

/** A link from an e-mail leads here with its outcome in the address; the client reads a session from it by itself. */
function linkInAddress() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { recovering: hash.get('type') === 'recovery', problem: hash.get('error_description') };
}

async function personChanged(what) {
  if (what === 'expired')
    banner(
      'Your session has ended. Sign in again to go on saving; what you saved is safe.',
      h('a', { href: '#/sign-in' }, 'Sign in'),
    );
  else banner('');
  await settle();
  if (what === 'in' && isSignIn(here())) go(returnPath());
  else if (what === 'out') go('/');
  else show();
}

/** Brings the frame around the views in line with who is signed in, and saves what a visitor had graded. */
async function settle() {
  const link = $('#account-link');
  document.body.dataset.signedIn = String(Boolean(state.user));
  link.textContent = state.user ? 'Account' : 'Sign in';
  link.href = state.user ? '#/account' : '#/sign-in';
  if (!state.user || pendingCount() === 0) return;
  try {
    toast(`Saved the ${count(await savePending(), 'card')} you had graded before.`);
  } catch (failure) {
    toast(failure.message);
  }
}

/** Back to where the sign-in form was called from; a round of cards only if it is still going on. */
function returnPath() {
  const path = cameFrom();
  return path.startsWith('/cards/run') && !midway() ? '/' : path;
}

function banner(text, action = '') {
  $('#banner').replaceChildren(
    ...(text
      ? [
          h('p', null, text),
          action,
          h('button', { class: 'button quiet', type: 'button', onclick: () => banner('') }, 'Close'),
        ]
      : []),
  );
}

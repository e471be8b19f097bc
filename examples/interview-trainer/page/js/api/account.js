// Sign-up, sign-in, sign-out, and noticing when a session ends by itself.
import { db, whenSessionEnds } from './client.js';
import { Failure, explain } from './failure.js';
import { forgetMine } from './study.js';
import { state } from '../state.js';

let leaving = false;

/**
 * Reads the remembered session, then reports every change of person: onChange('in' | 'out' | 'expired').
 * The client also repeats events for the same person (a tab that wakes up, a renewed token); those are dropped.
 */
export async function startAccount(onChange) {
  const { data } = await db.auth.getSession();
  become(data.session);
  whenSessionEnds(dropSession);
  db.auth.onAuthStateChange((event, session) => {
    const before = state.user?.id;
    if (before === session?.user.id) return;
    become(session);
    const what = session ? 'in' : leaving ? 'out' : 'expired';
    leaving = false;
    // The client holds a lock while it notifies: ask it for anything only afterwards.
    setTimeout(() => onChange(what), 0);
  });
}

function become(session) {
  state.user = session ? { id: session.user.id, email: session.user.email } : null;
  forgetMine();
}

/** Signs up. Resolves to true when signed in at once, false when a link in an e-mail has to be opened first. */
export async function signUp(email, password) {
  const { data, error } = await attempt(
    db.auth.signUp({ email, password, options: { emailRedirectTo: `${location.origin}/` } }),
  );
  if (error) throw explain(error);
  return Boolean(data.session);
}

export async function signIn(email, password) {
  const { error } = await attempt(db.auth.signInWithPassword({ email, password }));
  if (error) throw explain(error);
}

export async function signOut() {
  leaving = true;
  // "local": this device only.
  const { error } = await attempt(db.auth.signOut({ scope: 'local' }));
  if (error && state.user) {
    leaving = false;
    throw explain(error);
  }
}

/** Sends a link to set a new password. The answer is the same whether there is such an account or not. */
export async function sendPasswordLink(email) {
  const { error } = await attempt(db.auth.resetPasswordForEmail(email, { redirectTo: `${location.origin}/` }));
  if (error) throw explain(error);
}

export async function changePassword(password) {
  const { error } = await attempt(db.auth.updateUser({ password }));
  if (error) throw explain(error);
}

/** The server no longer takes the token: forget it, so that the page goes on as a visitor's. */
function dropSession() {
  if (!state.user) return false;
  // Not awaited: whoever met the refusal goes on at once, and the listener above hears when it is done.
  db.auth.signOut({ scope: 'local' }).catch(() => {});
  return true;
}

async function attempt(call) {
  try {
    return await call;
  } catch (cause) {
    throw cause instanceof Failure ? cause : explain(cause);
  }
}

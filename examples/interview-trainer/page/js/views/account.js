// Sign in, sign up, and the account page with the public profile.
import { h, toast } from '../dom.js';
import { changePassword, sendPasswordLink, signIn, signOut, signUp } from '../api/account.js';
import { profile, saveProfile } from '../api/study.js';
import { field, form } from '../form.js';
import { pendingCount } from '../pending.js';
import { cameFrom, go } from '../router.js';
import { state } from '../state.js';

export async function signInView() {
  if (state.user) return accountView();
  return page(
    'Welcome back',
    waiting(),
    form('sign-in-form', 'Sign in', credentials('current-password'), ({ email, password }) => signIn(email, password)),
    h('p', null, h('a', { href: '#/forgot', 'data-testid': 'to-forgot' }, 'Forgot your password?')),
    h('p', null, 'New here? ', h('a', { href: '#/sign-up', 'data-testid': 'to-sign-up' }, 'Create an account')),
  );
}

export async function signUpView() {
  if (state.user) return accountView();
  const view = page(
    'Create an account',
    waiting() ?? h('p', { class: 'lead' }, 'An e-mail address and a password, nothing else.'),
    form('sign-up-form', 'Create the account', credentials('new-password'), async ({ email, password }) => {
      if (await signUp(email, password)) return;
      view.replaceChildren(
        h('h1', null, 'Look into your mail'),
        h(
          'p',
          { class: 'lead', role: 'status', 'data-testid': 'confirm-mail' },
          `We sent a link to ${email}. Open it to finish, then come back here.`,
        ),
      );
    }),
    h('p', null, 'Already registered? ', h('a', { href: '#/sign-in', 'data-testid': 'to-sign-in' }, 'Sign in')),
  );
  return view;
}

export async function forgotView() {
  const view = page(
    'A new password',
    h('p', { class: 'lead' }, 'We send you a link with which you can choose one.'),
    form('forgot-form', 'Send the link', [emailField()], async ({ email }) => {
      await sendPasswordLink(email);
      view.replaceChildren(
        h('h1', null, 'Look into your mail'),
        h(
          'p',
          { class: 'lead', role: 'status', 'data-testid': 'link-sent' },
          `If there is an account for ${email}, a link is on its way.`,
        ),
      );
    }),
    h('p', null, h('a', { href: '#/sign-in' }, 'Back to signing in')),
  );
  return view;
}

/** Where the link from that mail leads; following it has signed the person in. */
export async function newPasswordView() {
  if (!state.user) return forgotView();
  return page(
    'Choose a new password',
    h('p', { class: 'lead' }, `For ${state.user.email}.`),
    form('new-password-form', 'Save the password', [passwordField('new-password')], async ({ password }) => {
      await changePassword(password);
      toast('Your new password is saved.');
      go(cameFrom());
    }),
  );
}

const emailField = () =>
  field(
    { name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'username', inputmode: 'email' },
    (value) => !/^\S+@\S+\.\S+$/.test(value) && 'Please enter an e-mail address, like name@example.org.',
  );

/** Password managers tell the forms apart by autocomplete, so it has to be right. */
const passwordField = (autocomplete) =>
  field(
    {
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete,
      hint: autocomplete === 'new-password' ? 'At least 8 characters.' : null,
    },
    (value) =>
      value === ''
        ? 'Please enter your password.'
        : autocomplete === 'new-password' && value.length < 8 && 'Please use at least 8 characters.',
  );

const credentials = (autocomplete) => [emailField(), passwordField(autocomplete)];

const waiting = () =>
  pendingCount() > 0 ? h('p', { class: 'lead' }, 'The cards you just graded will be saved.') : null;

export async function accountView() {
  if (!state.user) return signInView();
  const own = await profile();
  return page(
    'Account',
    h('p', { class: 'lead' }, 'Signed in as ', h('strong', { 'data-testid': 'account-email' }, state.user.email)),
    h(
      'section',
      { class: 'panel' },
      h('h2', null, 'On the leader board'),
      form(
        'profile-form',
        'Save',
        [
          field(
            {
              name: 'display_name',
              label: 'Display name',
              value: own?.display_name ?? '',
              autocomplete: 'nickname',
              maxlength: 40,
              hint: '2 to 40 characters. Not your e-mail address: others see it.',
            },
            (value) =>
              value.trim().length < 2
                ? 'Please use at least 2 characters.'
                : value.includes('@') && 'Others would see this address. Please choose a name.',
          ),
          field({
            name: 'on_leader_board',
            label: 'Show me on the leader board',
            type: 'checkbox',
            checked: own?.on_leader_board ?? false,
          }),
        ],
        async (values) => {
          try {
            await saveProfile({ display_name: values.display_name.trim(), on_leader_board: values.on_leader_board });
          } catch (failure) {
            if (failure.kind === 'taken') failure.message = 'Somebody else has this name. Please choose another.';
            throw failure;
          }
          toast(
            values.on_leader_board ? 'Saved. You are on the leader board.' : 'Saved. You are not on the leader board.',
          );
        },
      ),
    ),
    h(
      'p',
      { class: 'actions' },
      h('button', { class: 'button quiet', type: 'button', 'data-testid': 'sign-out', onclick: leave }, 'Sign out'),
      h('a', { class: 'button quiet', href: '#/new-password' }, 'Change the password'),
    ),
  );
}

async function leave(event) {
  event.target.disabled = true;
  try {
    await signOut();
    toast('Signed out.');
  } catch (failure) {
    event.target.disabled = false;
    toast(failure.message);
  }
}

const page = (title, ...content) =>
  h('div', { class: 'narrow', 'data-testid': 'account-view' }, h('h1', null, title), ...content);

// Errors in plain words. A Failure's kind tells the page what to offer: try again, sign in again, or only the text.
export class Failure extends Error {
  constructor(kind, title, message) {
    super(message);
    this.kind = kind;
    this.title = title;
  }
}

const OFFLINE = [
  'offline',
  'The server does not answer',
  'Nothing is lost. Check that it is running and that you are online, then try again.',
];
const EXPIRED = ['expired', 'Your session has ended', 'Sign in again to go on; what you saved is safe.'];
const BUSY = ['limited', 'Too many requests', 'The server asks for a short break. Try again in a minute.'];

/** By the error's code first, then by the HTTP status. */
const BY_CODE = {
  // Data: SQLSTATE and the API's own codes.
  23505: ['taken', 'Already there', 'That is already taken.'],
  23514: ['refused', 'Not accepted', 'The server did not accept that value.'],
  42501: ['forbidden', 'Not allowed', 'You are not allowed to do that.'],
  PGRST301: EXPIRED,
  PGRST303: EXPIRED,
  // Sign-in.
  invalid_credentials: ['refused', 'Not signed in', 'That e-mail address and password do not belong together.'],
  email_not_confirmed: ['refused', 'Not confirmed yet', 'Please open the link in the e-mail we sent you first.'],
  user_already_exists: [
    'taken',
    'Already registered',
    'There is an account with this e-mail address. Sign in instead?',
  ],
  email_exists: ['taken', 'Already registered', 'There is an account with this e-mail address. Sign in instead?'],
  email_address_invalid: ['refused', 'Not an address', 'The server does not accept this e-mail address.'],
  signup_disabled: ['refused', 'Closed', 'New accounts are not accepted at the moment.'],
  user_banned: ['refused', 'Locked', 'This account is locked.'],
  over_request_rate_limit: BUSY,
  over_email_send_rate_limit: BUSY,
  session_not_found: EXPIRED,
  bad_jwt: EXPIRED,
};

export function explain(error, status = error.status ?? 0) {
  if (error instanceof Failure) return error;
  const known = BY_CODE[error.code];
  if (error.code === 'weak_password') {
    return new Failure('refused', 'Weak password', error.message || 'Please choose a longer password.');
  }
  if (known) return new Failure(...known);
  if (status === 401) return new Failure(...EXPIRED);
  if (status === 429) return new Failure(...BUSY);
  if (status === 0 || error.name === 'AuthRetryableFetchError' || error instanceof TypeError)
    return new Failure(...OFFLINE);
  if (status >= 500) {
    return new Failure(
      'server',
      'The server stumbled',
      'It could not answer this request. Try again; if it stays, its log knows more.',
    );
  }
  return new Failure('refused', 'That did not work', error.message || 'The server refused the request.');
}

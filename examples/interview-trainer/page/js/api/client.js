// The connection: supabase-js, unchanged, told where the server is and which public key to send.
import { Failure, explain } from './failure.js';

export let db;
let sessionEnded = () => false;

/** Registers what to do when the server no longer takes the session; it tells whether there was one. */
export const whenSessionEnds = (act) => {
  sessionEnded = act;
};

export async function connect() {
  const library = globalThis.supabase;
  if (!library) {
    throw new Failure(
      'setup',
      'The client library is missing',
      'Run "npm install" in the example\'s folder, then reload this page.',
    );
  }
  const config = await readConfig();
  db = library.createClient(address(config.url), config.anonKey);
  return db;
}

async function readConfig() {
  let response;
  try {
    response = await fetch('/ashlar-config.json', { cache: 'no-store' });
  } catch (cause) {
    throw explain(cause);
  }
  if (!response.ok) throw explain({ message: 'no configuration' }, response.status);
  return response.json();
}

/**
 * On one's own machine "localhost" and "127.0.0.1" are two origins, and the page's security policy allows only its
 * own; so a loopback address gives way to the one in the address bar.
 */
function address(url) {
  const isLoopback = (host) => host === 'localhost' || host === '[::1]' || host.startsWith('127.');
  return !url || isLoopback(new URL(url, location.origin).hostname) ? location.origin : url;
}

/** Awaits a query and gives its data, or throws a Failure in plain words. */
export async function ask(query) {
  const { data, error, status } = await query;
  if (error) {
    const failure = explain(error, status);
    if (failure.kind === 'expired' && !sessionEnded()) {
      throw new Failure(
        'server',
        'The server refused this page',
        "It did not accept the page's public key. Reload the page.",
      );
    }
    throw failure;
  }
  return data;
}

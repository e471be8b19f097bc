// Pages on this machine with supabase-js, and a browser whose authenticator is made of software.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const library = fileURLToPath(import.meta.resolve('@supabase/supabase-js')).replace(/[^/]+$/, 'umd/supabase.js')

const PAGE = '<!doctype html><title>Passkeys</title><script src="/supabase.js"></script>'

/** A page at http://localhost:PORT that has loaded supabase-js; browsers let pages of localhost use passkeys without TLS. */
export async function pageServer() {
  const script = await readFile(library)
  const server = createServer((request, response) => {
    if (request.url === '/supabase.js') {
      response.setHeader('Content-Type', 'text/javascript').end(script)
    } else {
      response.setHeader('Content-Type', 'text/html').end(PAGE)
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export function browserOfTests() {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/**
 * Stands in for a fingerprint reader that always says yes, or with `usb` for a key that is plugged in
 * (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/).
 */
export async function virtualAuthenticator(page, transport = 'internal') {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    /** What it has kept. */
    credentials: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** Whether the finger is the owner's. */
    verifies: (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

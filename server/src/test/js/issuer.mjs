// A foreign issuer of OpenID Connect: the certified package oidc-provider, and somebody who fills in its pages.
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

export const APP = { id: 'the-app', secret: 'the secret of the app' }
export const PHONE = { id: 'the-phone', back: 'http://127.0.0.1/phone' }

/** Listens before it knows its clients: their addresses are known when the program runs. */
export async function foreignIssuer() {
  let handler = (_, answer) => answer.writeHead(503).end()
  const server = createServer((request, answer) => handler(request, answer))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${server.address().port}`
  return {
    url,
    /** `callback` is where people are sent back to; accounts are addresses, those with "unverified" are not vouched for. */
    open(callback) {
      const provider = new Provider(url, {
        clients: [
          {
            client_id: APP.id,
            client_secret: APP.secret,
            redirect_uris: [callback],
            token_endpoint_auth_method: 'client_secret_post',
          },
          {
            client_id: PHONE.id,
            redirect_uris: [PHONE.back],
            application_type: 'native',
            token_endpoint_auth_method: 'none',
          },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        cookies: { keys: [randomBytes(16).toString('hex')] },
        features: { claimsParameter: { enabled: true } },
        findAccount: (_, id) => ({
          accountId: id,
          claims: () => ({ sub: id, email: id, email_verified: !id.includes('unverified'), name: 'Ada Lovelace' }),
        }),
      })
      handler = provider.callback()
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

/** Signs in at the page and agrees, or refuses; gives the address that the issuer sends the browser back to. */
export async function visit(page, login, back, answer = 'agree') {
  const cookies = new Map()
  let url = page
  let options = {}
  for (let step = 0; step < 20; step++) {
    const headers = { ...options.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const got = await fetch(url, { ...options, headers, redirect: 'manual' })
    options = {}
    for (const line of got.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    if (got.status >= 300 && got.status < 400) {
      url = new URL(got.headers.get('location'), url).href
      if (url.startsWith(back)) return url
      continue
    }
    const text = await got.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1]
    if (!prompt) throw new Error(`${got.status} at ${url}: ${text}`)
    if (answer === 'refuse') {
      url = new URL(`${new URL(url).pathname}/abort`, url).href
      continue
    }
    const action = /action="([^"]+)"/.exec(text)?.[1] ?? url
    url = new URL(action, url).href
    options = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, login, password: 'any' }).toString(),
    }
  }
  throw new Error(`no way back from ${page}`)
}

/** What an app on a phone does by itself: an id token for the nonce, which is hashed on the way. */
export async function phoneToken(issuer, login, nonce) {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: PHONE.id,
    redirect_uri: PHONE.back,
    response_type: 'code',
    scope: 'openid email',
    claims: JSON.stringify({ id_token: { email: null, email_verified: null } }),
    nonce: createHash('sha256').update(nonce).digest('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const back = new URL(await visit(`${issuer}/auth?${query}`, login, PHONE.back))
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: PHONE.id,
      code: back.searchParams.get('code'),
      redirect_uri: PHONE.back,
      code_verifier: verifier,
    }),
  })
  return answer.json()
}

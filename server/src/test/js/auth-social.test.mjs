// Sign-in with a foreign provider through the client that people use, unchanged; the provider is the npm package oidc-provider.
// The snippets of docs/guides/social-login.md.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { APP, PHONE, foreignIssuer, phoneToken, visit } from './issuer.mjs'
import { browserClient, ok } from './clients.mjs'
import { dataDirectory, keys, serve } from './program.mjs'

const HOME = 'http://localhost:3000/in'

let count = 0
const address = () => `social${++count}@example.com`

async function location(url) {
  const answer = await fetch(url, { redirect: 'manual' })
  assert.equal(answer.status, 302, await answer.text())
  return new URL(answer.headers.get('location'))
}

describe('foreign providers with supabase-js', () => {
  let issuer, directory, program, key, callback

  before(async () => {
    issuer = await foreignIssuer()
    directory = await dataDirectory()
    const provider = (name) => ({
      [`ASHLAR_AUTH_EXTERNAL_${name}_CLIENT_ID`]: `${APP.id},${PHONE.id}`,
      [`ASHLAR_AUTH_EXTERNAL_${name}_CLIENT_SECRET`]: APP.secret,
      [`ASHLAR_AUTH_EXTERNAL_${name}_URL`]: issuer.url,
    })
    program = await serve({
      data: directory.data,
      env: {
        ...provider('KEYCLOAK'),
        ...provider('GITLAB'),
        ASHLAR_AUTH_SOCIAL_MANUAL_LINKING: 'true',
      },
    })
    callback = `http://localhost:${program.port}/auth/v1/callback`
    issuer.open(callback)
    key = await keys(directory.data)
  })

  after(async () => {
    await program?.stop()
    await issuer?.close()
    await directory?.remove()
  })

  async function page(person, provider = 'keycloak') {
    const { url } = ok(
      await person.auth.signInWithOAuth({ provider, options: { redirectTo: HOME, skipBrowserRedirect: true } }),
    )
    return (await location(url)).href
  }

  /** The whole way of a browser. */
  async function signedIn(email, provider) {
    const person = browserClient(program.url, key.anon, 'pkce')
    const back = await visit(await page(person, provider), email, callback)
    const end = await location(back)
    assert.equal(end.origin + end.pathname, HOME)
    const { session } = ok(await person.auth.exchangeCodeForSession(end.searchParams.get('code')))
    return { person, session, back }
  }

  it('signInWithOAuth and exchangeCodeForSession (PKCE)', async () => {
    const email = address()
    const { session } = await signedIn(email)
    assert.equal(session.user.email, email)
    assert.equal(session.user.app_metadata.provider, 'keycloak')
    assert.equal(session.user.user_metadata.full_name, 'Ada Lovelace')
    assert.ok(session.provider_token)
    const again = await signedIn(email)
    assert.equal(again.session.user.id, session.user.id)
  })

  it('the implicit flow: the session stands in the fragment', async () => {
    const email = address()
    const person = browserClient(program.url, key.anon)
    const end = await location(await visit(await page(person), email, callback))
    const fields = new URLSearchParams(end.hash.slice(1))
    const { user } = ok(
      await person.auth.setSession({
        access_token: fields.get('access_token'),
        refresh_token: fields.get('refresh_token'),
      }),
    )
    assert.equal(user.email, email)
    assert.ok(fields.get('provider_token'))
  })

  it('a callback is good once, and an invented state never', async () => {
    const { back } = await signedIn(address())
    const replayed = await location(back)
    assert.equal(replayed.searchParams.get('error_code'), 'bad_oauth_state')
    const invented = new URL(back)
    invented.searchParams.set('state', 'invented')
    assert.equal((await location(invented)).searchParams.get('error_code'), 'bad_oauth_state')
    const without = await location(callback)
    assert.equal(without.searchParams.get('error_code'), 'bad_oauth_callback')
  })

  it('a code of the provider is good once, also under a fresh state', async () => {
    const { back } = await signedIn(address())
    const person = browserClient(program.url, key.anon, 'pkce')
    const fresh = new URL(await page(person))
    const stolen = new URL(callback)
    stolen.searchParams.set('code', new URL(back).searchParams.get('code'))
    stolen.searchParams.set('state', fresh.searchParams.get('state'))
    assert.equal((await location(stolen)).searchParams.get('error_code'), 'bad_oauth_callback')
  })

  it('somebody who refuses at the provider comes back with access_denied', async () => {
    const person = browserClient(program.url, key.anon, 'pkce')
    const back = await visit(await page(person), address(), callback, 'refuse')
    const end = await location(back)
    assert.equal(end.origin + end.pathname, HOME)
    assert.equal(end.searchParams.get('error'), 'access_denied')
    assert.ok(end.searchParams.get('error_description'))
  })

  it('linkIdentity and unlinkIdentity', async () => {
    const { person, session } = await signedIn(address())
    const { url } = ok(
      await person.auth.linkIdentity({ provider: 'gitlab', options: { redirectTo: HOME, skipBrowserRedirect: true } }),
    )
    const end = await location(await visit(url, address(), callback))
    const linked = ok(await person.auth.exchangeCodeForSession(end.searchParams.get('code')))
    assert.equal(linked.user.id, session.user.id)
    const { identities } = ok(await person.auth.getUserIdentities())
    assert.deepEqual(identities.map((one) => one.provider).sort(), ['gitlab', 'keycloak'])
    ok(await person.auth.unlinkIdentity(identities.find((one) => one.provider === 'gitlab')))
    const left = ok(await person.auth.getUserIdentities()).identities
    const last = await person.auth.unlinkIdentity(left[0])
    assert.equal(last.error.code, 'single_identity_not_deletable')
  })

  it('two providers that vouch for one address lead to one account; one that does not leads to another', async () => {
    const email = address()
    const first = await signedIn(email)
    const second = await signedIn(email, 'gitlab')
    assert.equal(second.session.user.id, first.session.user.id)
    const doubtful = `unverified-${address()}`
    const one = await signedIn(doubtful)
    const other = await signedIn(doubtful, 'gitlab')
    assert.notEqual(one.session.user.id, other.session.user.id)
  })

  it('signInWithIdToken with a nonce', async () => {
    const email = address()
    const nonce = 'a nonce of the phone'
    const { id_token: token, access_token } = await phoneToken(issuer.url, email, nonce)
    const person = browserClient(program.url, key.anon, 'pkce')
    const { user } = ok(await person.auth.signInWithIdToken({ provider: 'keycloak', token, access_token, nonce }))
    assert.equal(user.email, email)
    const wrong = await person.auth.signInWithIdToken({ provider: 'keycloak', token, access_token, nonce: 'other' })
    assert.match(wrong.error.message, /nonce/i)
  })

  it('an unknown provider, and one that is off', async () => {
    const unknown = await fetch(`${program.url}/auth/v1/authorize?provider=myspace`)
    assert.equal(unknown.headers.get('x-sb-error-code'), 'oauth_provider_not_supported')
    const off = await fetch(`${program.url}/auth/v1/authorize?provider=google`)
    assert.equal(off.headers.get('x-sb-error-code'), 'provider_disabled')
    const { external } = await (await fetch(`${program.url}/auth/v1/settings`)).json()
    assert.equal(external.keycloak, true)
    assert.equal(external.google, false)
  })
})

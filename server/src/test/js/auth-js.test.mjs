// Accounts through auth-js, method by method: what the other auth-*.test.mjs do not call is called here, and the last test fails
// for a method of the library that none of them names.
import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { AuthClient } from '@supabase/supabase-js'
import { browserClient, claims, ok, serverClient } from './clients.mjs'
import { dataDirectory, keys, serve } from './program.mjs'

const PASSWORD = 'correct horse battery'
/** Of the library itself: parts of methods that are public, or nothing that a server is asked. */
const INTERNAL = /(^|\.)(constructor|fetch|logger|fetchJwk|_.*)$|^(signInWith(Ethereum|Solana)|linkIdentity(OAuth|IdToken))$/
const PARTS = ['admin', 'mfa', 'oauth', 'passkey', 'customProviders', 'webauthn']

let count = 0
const address = () => `js${++count}@example.com`

/** The methods of an object and of its parts, by path. */
function methodsOf(object, path = '') {
  const names = new Set()
  for (let type = object; type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    Object.getOwnPropertyNames(type).forEach((name) => names.add(name))
  }
  return [...names]
    .filter((name) => !name.startsWith('_') && name !== 'jwks' && name !== 'jwks_cached_at')
    .flatMap((name) => {
      const value = object[name]
      if (typeof value === 'function') return [path + name]
      return value && typeof value === 'object' && PARTS.includes(name) ? methodsOf(value, `${path}${name}.`) : []
    })
    .filter((name) => !INTERNAL.test(name))
}

describe('accounts with auth-js', () => {
  let directory, program, key, admin

  before(async () => {
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: {
        ASHLAR_AUTH_ANONYMOUS_SIGN_IN: 'true',
        ASHLAR_AUTH_PASSKEYS_ENABLED: 'true',
        ASHLAR_AUTH_PASSKEYS_RP_ID: 'localhost',
        ASHLAR_AUTH_PASSKEYS_ORIGINS: 'http://localhost:3000',
        ASHLAR_AUTH_MFA_WEBAUTHN: 'on',
      },
    })
    key = await keys(directory.data)
    admin = serverClient(program.url, key.service).auth.admin
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
  })

  const person = () => browserClient(program.url, key.anon)

  async function signedUp(email = address()) {
    const supabase = person()
    return { supabase, email, ...ok(await supabase.auth.signUp({ email, password: PASSWORD })) }
  }

  describe('sessions', () => {
    it('begins and tells who listens', async () => {
      const { supabase, email, user } = await signedUp()
      const events = []
      const { data } = supabase.auth.onAuthStateChange((event) => events.push(event))
      assert.equal(ok(await supabase.auth.getSession()).session.user.id, user.id)
      assert.equal(ok(await supabase.auth.getUser()).user.email, email)
      ok(await supabase.auth.refreshSession())
      ok(await supabase.auth.signOut({ scope: 'local' }))
      data.subscription.unsubscribe()
      assert.deepEqual(events, ['INITIAL_SESSION', 'TOKEN_REFRESHED', 'SIGNED_OUT'])
      assert.equal(ok(await supabase.auth.getSession()).session, null)
    })

    it('is taken over from stored tokens, which a refresh replaces', async () => {
      const { session } = await signedUp()
      const elsewhere = person()
      assert.equal((await elsewhere.auth.initialize()).error, null)
      const { access_token, refresh_token } = session
      ok(await elsewhere.auth.setSession({ access_token, refresh_token }))
      const fresh = ok(await elsewhere.auth.refreshSession({ refresh_token }))
      assert.notEqual(fresh.session.refresh_token, refresh_token)
      assert.equal(fresh.user.id, session.user.id)
    })

    it('is refreshed by itself while a page is looked at', async () => {
      const { supabase } = await signedUp()
      const before = ok(await supabase.auth.getSession()).session
      const stored = supabase.auth.storage
      const about = { ...before, expires_at: Math.floor(Date.now() / 1000) + 5 }
      await stored.setItem(supabase.auth.storageKey, JSON.stringify(about))
      const refreshed = new Promise((resolve) =>
        supabase.auth.onAuthStateChange((event, session) => event === 'TOKEN_REFRESHED' && resolve(session)),
      )
      await supabase.auth.startAutoRefresh()
      assert.notEqual((await refreshed).refresh_token, before.refresh_token)
      await supabase.auth.stopAutoRefresh()
      await supabase.auth.dispose()
    })

    it('can be verified without the server', async () => {
      const { supabase, session, user } = await signedUp()
      const verified = ok(await supabase.auth.getClaims())
      assert.equal(verified.claims.sub, user.id)
      assert.equal(verified.header.alg, 'ES256')
      assert.deepEqual(verified.claims, claims(session.access_token))
      const [head, body, signature] = session.access_token.split('.')
      const forged = `${head}.${Buffer.from(JSON.stringify({ ...claims(session.access_token), role: 'service_role' })).toString('base64url')}.${signature}`
      assert.notEqual(body, forged.split('.')[1])
      assert.equal((await supabase.auth.getClaims(forged)).error.code, 'invalid_jwt')
    })

    it('others end, and this one stays', async () => {
      const { supabase, email } = await signedUp()
      const other = person()
      ok(await other.auth.signInWithPassword({ email, password: PASSWORD }))
      ok({ data: true, ...(await supabase.auth.signOut({ scope: 'others' })) })
      assert.equal((await other.auth.refreshSession()).error.code, 'refresh_token_not_found')
      ok(await supabase.auth.refreshSession())
    })

    it('all end, also by the admin', async () => {
      const { supabase, email } = await signedUp()
      const other = person()
      const { session } = ok(await other.auth.signInWithPassword({ email, password: PASSWORD }))
      assert.equal((await supabase.auth.signOut()).error, null)
      assert.equal((await other.auth.refreshSession()).error.code, 'refresh_token_not_found')
      const again = ok(await other.auth.signInWithPassword({ email, password: PASSWORD })).session
      assert.notEqual(again.access_token, session.access_token)
      assert.equal((await admin.signOut(again.access_token, 'global')).error, null)
      assert.equal((await other.auth.refreshSession()).error.code, 'refresh_token_not_found')
    })
  })

  describe('people', () => {
    it('begin without a name and become known', async () => {
      const supabase = person()
      const { user, session } = ok(await supabase.auth.signInAnonymously({ options: { data: { theme: 'dark' } } }))
      assert.equal(user.is_anonymous, true)
      assert.equal(claims(session.access_token).is_anonymous, true)
      ok(await supabase.auth.updateUser({ email: address(), password: PASSWORD }))
      const known = ok(await supabase.auth.refreshSession())
      assert.equal(known.user.id, user.id)
      assert.equal(claims(known.session.access_token).is_anonymous, false)
      assert.equal(known.user.user_metadata.theme, 'dark')
    })

    it('are made, found, changed, banned and deleted by the admin', async () => {
      const email = address()
      const { user } = ok(await admin.createUser({ email, password: PASSWORD, email_confirm: true, user_metadata: { a: 1 } }))
      assert.equal(ok(await admin.getUserById(user.id)).user.email, email)
      const page = ok(await admin.listUsers({ page: 1, perPage: 1 }))
      assert.equal(page.users[0].id, user.id)
      assert.equal(page.nextPage, 2)
      assert.ok(page.total > 1)
      const changed = ok(await admin.updateUserById(user.id, { app_metadata: { plan: 'pro' }, ban_duration: '1h' }))
      assert.equal(changed.user.app_metadata.plan, 'pro')
      const banned = await person().auth.signInWithPassword({ email, password: PASSWORD })
      assert.equal(banned.error.code, 'user_banned')
      ok(await admin.updateUserById(user.id, { ban_duration: 'none' }))
      ok(await person().auth.signInWithPassword({ email, password: PASSWORD }))
      ok(await admin.deleteUser(user.id))
      assert.equal((await admin.getUserById(user.id)).error.code, 'user_not_found')
    })

    it('are nobody to those who are no admin', async () => {
      const { supabase, user } = await signedUp()
      assert.equal((await supabase.auth.admin.deleteUser(user.id)).error.status, 403)
    })
  })

  it('custom providers are kept, listed, changed and deleted', async () => {
    const identifier = 'custom:club'
    const made = ok(
      await admin.customProviders.createProvider({
        provider_type: 'oauth2',
        identifier,
        name: 'Club',
        client_id: 'ours',
        client_secret: 'secret of the club',
        scopes: ['profile'],
        authorization_url: 'https://93.184.215.14/authorize',
        token_url: 'https://93.184.215.14/token',
        userinfo_url: 'https://93.184.215.14/me',
      }),
    )
    assert.doesNotMatch(JSON.stringify(made), /secret of the club/)
    assert.deepEqual(ok(await admin.customProviders.listProviders({ type: 'oauth2' })).providers.map((each) => each.identifier), [
      identifier,
    ])
    ok(await admin.customProviders.updateProvider(identifier, { name: 'The club' }))
    assert.equal(ok(await admin.customProviders.getProvider(identifier)).name, 'The club')
    assert.equal((await admin.customProviders.deleteProvider(identifier)).error, null)
    assert.equal((await admin.customProviders.getProvider(identifier)).error.status, 404)
  })

  describe('authenticators, step by step', () => {
    it('a passkey begins with options and refuses what is no answer to them', async () => {
      const { supabase } = await signedUp()
      const begun = ok(await supabase.auth.passkey.startRegistration())
      assert.equal(begun.options.rp.id, 'localhost')
      const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'e30', attestationObject: 'oA' } }
      const refused = await supabase.auth.passkey.verifyRegistration({ challengeId: begun.challenge_id, credential })
      assert.equal(refused.error.code, 'webauthn_verification_failed')
      const asked = ok(await supabase.auth.passkey.startAuthentication())
      const assertion = { ...credential, response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA', userHandle: 'AA' } }
      const unknown = await supabase.auth.passkey.verifyAuthentication({ challengeId: asked.challenge_id, credential: assertion })
      assert.ok(unknown.error.status >= 400 && unknown.error.status < 500, JSON.stringify(unknown))
      assert.deepEqual(ok(await supabase.auth.passkey.list()), [])
    })

    it('so does a security key as a second factor', async () => {
      const { supabase } = await signedUp()
      const { id } = ok(await supabase.auth.mfa.webauthn.enroll({ friendlyName: 'Key' }))
      const webauthn = { rpId: 'localhost', rpOrigins: ['http://localhost:3000'] }
      const challenge = ok(await supabase.auth.mfa.challenge({ factorId: id, webauthn }))
      assert.equal(challenge.webauthn.type, 'create')
      // Without a browser there is no authenticator to ask.
      assert.notEqual((await supabase.auth.mfa.webauthn.challenge({ factorId: id, webauthn })).error, null)
      const json = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'e30', attestationObject: 'oA' } }
      const bogus = { ...json, toJSON: () => json }
      const refused = await supabase.auth.mfa.webauthn.verify({
        factorId: id,
        challengeId: challenge.id,
        webauthn: { ...webauthn, type: 'create', credential_response: bogus },
      })
      assert.notEqual(refused.error, null)
      assert.ok(!(refused.error.status >= 500), JSON.stringify(refused))
    })
  })

  it('throws instead of telling when asked to', async () => {
    const client = new AuthClient({ url: `${program.url}/auth/v1`, headers: { apikey: key.anon }, persistSession: false, throwOnError: true })
    assert.equal(client.isThrowOnErrorEnabled(), true)
    await assert.rejects(client.signInWithPassword({ email: address(), password: PASSWORD }), { code: 'invalid_credentials' })
    await client.dispose()
  })

  it('each method of the library is called by a test', async () => {
    const files = (await readdir(import.meta.dirname)).filter((name) => /^(auth|start|page)[\w-]*\.test\.mjs$/.test(name))
    const source = (await Promise.all(files.map((name) => readFile(`${import.meta.dirname}/${name}`, 'utf8')))).join('\n')
    const methods = methodsOf(serverClient(program.url, key.anon).auth)
    assert.ok(methods.length > 60, `only ${methods.length} methods were found`)
    const missing = methods.filter((name) => !source.includes(`.${name.split('.').slice(-2).join('.')}(`) && !source.includes(`${name}(`))
    assert.deepEqual(missing, [])
  })
})

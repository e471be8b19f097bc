// Single sign-on by SAML through the client that people use, unchanged; the identity provider is the npm package samlify.
// The snippets of docs/guides/single-sign-on.md.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import { ok } from './clients.mjs'
import { dataDirectory, keys, serve } from './program.mjs'
import { identityProvider } from './saml-idp.mjs'

const HOME = 'http://localhost:3000/in'

let count = 0
const address = () => `sso${++count}@acme.example`

/** A browser keeps the verifier of PKCE; here a map does. */
function client(url, key, flowType = 'pkce') {
  const kept = new Map()
  const storage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
  return createClient(url, key, {
    auth: { flowType, storage, persistSession: true, autoRefreshToken: false, detectSessionInUrl: false },
  })
}

describe('single sign-on with supabase-js', () => {
  let idp, directory, program, key, metadata, provider

  const auth = (path, options) => fetch(`${program.url}/auth/v1${path}`, options)

  async function admin(method, path, body) {
    const answer = await auth(`/admin/sso/providers${path}`, {
      method,
      headers: { Authorization: `Bearer ${key.service}`, 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    return { status: answer.status, json: await answer.json() }
  }

  before(async () => {
    idp = await identityProvider()
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: { ASHLAR_AUTH_SAML_ENABLED: 'true', ASHLAR_AUTH_OUTBOUND_PRIVATE_ADDRESSES: 'true' },
    })
    key = await keys(directory.data)
    metadata = await (await auth('/sso/saml/metadata')).text()
    const made = await admin('POST', '', {
      type: 'saml',
      metadata_url: idp.metadataUrl,
      domains: ['acme.example'],
      attribute_mapping: { keys: { department: { name: 'dept' } } },
    })
    assert.equal(made.status, 201, JSON.stringify(made.json))
    provider = made.json.id
  })

  after(async () => {
    await program?.stop()
    await idp?.close()
    await directory?.remove()
  })

  /** Where the browser ends that posts the form. */
  async function posted(form) {
    const answer = await auth('/sso/saml/acs', { method: 'POST', body: form, redirect: 'manual' })
    assert.equal(answer.status, 303, await answer.text())
    return new URL(answer.headers.get('location'))
  }

  async function signedIn(email, options = { domain: 'acme.example' }, whole = false) {
    const person = client(program.url, key.anon)
    const { url } = ok(await person.auth.signInWithSSO({ ...options, options: { redirectTo: HOME } }))
    const form = await idp.answer(metadata, url, { email }, whole)
    const end = await posted(form)
    assert.equal(end.origin + end.pathname, HOME, end.href)
    const { session } = ok(await person.auth.exchangeCodeForSession(end.searchParams.get('code')))
    return { person, session, form }
  }

  it('signInWithSSO and exchangeCodeForSession (PKCE)', async () => {
    const email = address()
    const { session } = await signedIn(email)
    assert.equal(session.user.email, email)
    assert.equal(session.user.is_sso_user, true)
    assert.equal(session.user.app_metadata.provider, `sso:${provider}`)
    assert.equal(session.user.user_metadata.custom_claims.department, 'engines')
    const { amr } = JSON.parse(Buffer.from(session.access_token.split('.')[1], 'base64url'))
    assert.deepEqual([amr[0].method, amr[0].provider], ['sso/saml', provider])
    const again = await signedIn(email, { providerId: provider }, true)
    assert.equal(again.session.user.id, session.user.id)
  })

  it('the implicit flow: the session stands in the fragment', async () => {
    const email = address()
    const person = client(program.url, key.anon, 'implicit')
    const { url } = ok(await person.auth.signInWithSSO({ domain: 'acme.example', options: { redirectTo: HOME } }))
    const end = await posted(await idp.answer(metadata, url, { email }))
    const fields = new URLSearchParams(end.hash.slice(1))
    const { user } = ok(
      await person.auth.setSession({
        access_token: fields.get('access_token'),
        refresh_token: fields.get('refresh_token'),
      }),
    )
    assert.equal(user.email, email)
  })

  it('an answer is good once', async () => {
    const { form } = await signedIn(address())
    assert.equal((await posted(form)).searchParams.get('error_code'), 'saml_relay_state_not_found')
  })

  it('an answer that was changed is good for nothing', async () => {
    const person = client(program.url, key.anon)
    const { url } = ok(await person.auth.signInWithSSO({ domain: 'acme.example', options: { redirectTo: HOME } }))
    const form = await idp.answer(metadata, url, { email: 'mallory@acme.example' })
    const xml = Buffer.from(form.get('SAMLResponse'), 'base64').toString()
    form.set('SAMLResponse', Buffer.from(xml.replaceAll('mallory@', 'ada@')).toString('base64'))
    const end = await posted(form)
    assert.equal(end.searchParams.get('error_code'), 'validation_failed')
    assert.match(end.searchParams.get('error_description'), /no key of the identity provider/)
  })

  it('a password of the same address is another account', async () => {
    const email = address()
    const { person, session } = await signedIn(email)
    const other = ok(await client(program.url, key.anon).auth.signUp({ email, password: 'correct horse' }))
    assert.notEqual(other.user.id, session.user.id)
    const { error } = await person.auth.updateUser({ password: 'battery staple' })
    assert.equal(error.code, 'user_sso_managed')
  })

  it('policies see the provider', async () => {
    const { person } = await signedIn(address())
    ok(await person.auth.refreshSession())
    const { data } = await person.auth.getClaims()
    assert.equal(data.claims.amr[0].provider, provider)
  })

  it('an unknown domain', async () => {
    const { error } = await client(program.url, key.anon).auth.signInWithSSO({ domain: 'nobody.example' })
    assert.equal(error.code, 'sso_provider_not_found')
  })

  it('an identity provider that was removed signs nobody in', async () => {
    const made = await admin('POST', '', {
      type: 'saml',
      metadata_xml: idp.metadata.replaceAll('https://idp.example/metadata', 'https://gone.example'),
    })
    assert.equal(made.status, 201, JSON.stringify(made.json))
    assert.equal((await admin('DELETE', `/${made.json.id}`)).status, 200)
    const { error } = await client(program.url, key.anon).auth.signInWithSSO({ providerId: made.json.id })
    assert.equal(error.code, 'sso_provider_not_found')
  })
})

// People who begin without a name and get one later keep what they made: through the client that people use, unchanged.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ok, serverClient } from './clients.mjs'
import { APP, PHONE, foreignIssuer, phoneToken } from './issuer.mjs'
import { dataDirectory, keys, projectWith, serve } from './program.mjs'

const BASKETS = `
create table public.baskets (
  owner uuid not null default auth.uid() references auth.users on delete cascade, item text not null);
create policy "own" on baskets for all to authenticated
  using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
create policy "orders need a name" on baskets as restrictive for insert to authenticated
  with check (item <> 'order' or (select (auth.jwt() ->> 'is_anonymous')::boolean) is false);
grant select, insert on baskets to authenticated;
`

const claims = ({ access_token: token }) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))

describe('anonymous people with supabase-js', () => {
  let issuer, directory, program, key

  before(async () => {
    issuer = await foreignIssuer()
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      cwd: await projectWith(directory, BASKETS),
      env: {
        ASHLAR_AUTH_ANONYMOUS_SIGN_IN: 'true',
        ASHLAR_AUTH_AUTOCONFIRM: 'false',
        ASHLAR_AUTH_SOCIAL_MANUAL_LINKING: 'true',
        ASHLAR_AUTH_EXTERNAL_KEYCLOAK_CLIENT_ID: `${APP.id},${PHONE.id}`,
        ASHLAR_AUTH_EXTERNAL_KEYCLOAK_CLIENT_SECRET: APP.secret,
        ASHLAR_AUTH_EXTERNAL_KEYCLOAK_URL: issuer.url,
      },
    })
    issuer.open(`http://localhost:${program.port}/auth/v1/callback`)
    key = await keys(directory.data)
  })

  after(async () => {
    await program?.stop()
    await issuer?.close()
    await directory?.remove()
  })

  const client = () => serverClient(program.url, key.anon)

  /** With a lamp in the basket, and refused an order. */
  async function nobody() {
    const supabase = client()
    const { user, session } = ok(await supabase.auth.signInAnonymously())
    assert.equal(claims(session).is_anonymous, true)
    ok(await supabase.from('baskets').insert({ item: 'lamp' }))
    assert.equal((await supabase.from('baskets').insert({ item: 'order' })).error.code, '42501')
    return { supabase, id: user.id }
  }

  /** Who they are now is who they were, and has what they had. */
  async function assertSomebody(supabase, id, session, email) {
    assert.equal(session.user.id, id)
    assert.equal(session.user.email, email)
    assert.equal(session.user.is_anonymous, false)
    assert.equal(claims(session).is_anonymous, false)
    assert.deepEqual(ok(await supabase.from('baskets').select('item')), [{ item: 'lamp' }])
    ok(await supabase.from('baskets').insert({ item: 'order' }))
  }

  it('an address that is added and confirmed', async () => {
    const { supabase, id } = await nobody()
    const email = 'named@example.com'
    ok(await supabase.auth.updateUser({ email }))
    const waiting = ok(await supabase.auth.refreshSession()).session
    assert.equal(claims(waiting).is_anonymous, true)
    assert.equal((await supabase.from('baskets').insert({ item: 'order' })).error.code, '42501')
    const token = /\b\d{6}\b/.exec((await program.inbox(email))[0].text)[0]
    ok(await supabase.auth.verifyOtp({ email, token, type: 'email_change' }))
    const { session } = ok(await supabase.auth.refreshSession())
    await assertSomebody(supabase, id, session, email)
    ok(await supabase.auth.updateUser({ password: 'correct horse battery' }))
    const { user } = ok(await client().auth.signInWithPassword({ email, password: 'correct horse battery' }))
    assert.equal(user.id, id)
  })

  it('an account elsewhere that is linked', async () => {
    const { supabase, id } = await nobody()
    const email = 'linked@example.com'
    const nonce = 'a nonce of the phone'
    const { id_token: token, access_token } = await phoneToken(issuer.url, email, nonce)
    ok(await supabase.auth.linkIdentity({ provider: 'keycloak', token, access_token, nonce }))
    const { session } = ok(await supabase.auth.refreshSession())
    await assertSomebody(supabase, id, session, email)
    const there = client()
    const { user } = ok(await there.auth.signInWithIdToken({ provider: 'keycloak', token, access_token, nonce }))
    assert.equal(user.id, id)
    assert.equal(ok(await there.from('baskets').select('item')).length, 2)
  })
})

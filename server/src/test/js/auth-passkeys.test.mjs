// Passkeys through the client that people use, unchanged, in a real browser. The snippets of docs/guides/passkeys.md.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { browserOfTests, pageServer, virtualAuthenticator } from './browser.mjs'
import { claims, ok, serverClient } from './clients.mjs'
import { dataDirectory, keys, serve } from './program.mjs'

const PASSWORD = 'correct horse battery'

let count = 0
const address = () => `person${++count}@example.com`

describe('passkeys with supabase-js in a browser', () => {
  let directory, program, key, site, elsewhere, browser, admin

  before(async () => {
    site = await pageServer()
    elsewhere = await pageServer()
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: {
        ASHLAR_AUTH_SITE_URL: site.url,
        ASHLAR_AUTH_PASSKEYS_ENABLED: 'true',
        ASHLAR_AUTH_PASSKEYS_RP_NAME: 'Tests',
      },
    })
    key = await keys(directory.data)
    admin = serverClient(program.url, key.service)
    browser = await browserOfTests()
  })

  after(async () => {
    await browser?.close()
    await program?.stop()
    await directory?.remove()
    await site?.close()
    await elsewhere?.close()
  })

  /** A page with an authenticator and a client; `run` calls a function there with the client and an argument. */
  async function open(transport) {
    const page = await (await browser.newContext()).newPage()
    const authenticator = await virtualAuthenticator(page, transport)
    async function visit(url) {
      await page.goto(url)
      await page.evaluate(([api, anon]) => {
        window.client = window.supabase.createClient(api, anon)
      }, [program.url, key.anon])
    }
    await visit(site.url)
    const run = (work, argument) =>
      page.evaluate(
        async ([source, value]) => {
          const { data, error } = await eval(`(${source})`)(window.client, value)
          return { data, error: error && { name: error.name, code: error.code, message: error.message } }
        },
        [work.toString(), argument],
      )
    return { page, authenticator, visit, run }
  }

  async function member(tools) {
    const credentials = { email: address(), password: PASSWORD }
    const { user } = ok(await tools.run((client, given) => client.auth.signUp(given), credentials))
    return user
  }

  const register = (client) => client.auth.registerPasskey()
  const signIn = (client) => client.auth.signInWithPasskey()
  const signOut = async (client) => ({ data: null, error: (await client.auth.signOut()).error })
  const list = (client) => client.auth.passkey.list()

  it('register, sign out, sign in', async () => {
    const tools = await open()
    const user = await member(tools)
    const passkey = ok(await tools.run(register))
    assert.ok(passkey.id)
    assert.ok(passkey.created_at)
    const [kept] = await tools.authenticator.credentials()
    assert.equal(kept.rpId, 'localhost')
    assert.equal(kept.isResidentCredential, true)
    assert.equal(Buffer.from(kept.userHandle, 'base64').toString('hex'), user.id.replaceAll('-', ''))
    ok(await tools.run(signOut))
    const { session } = ok(await tools.run(signIn))
    assert.equal(session.user.id, user.id)
    assert.equal(claims(session.access_token).aal, 'aal1')
    assert.equal(claims(session.access_token).amr[0].method, 'passkey')
    const again = ok(await tools.run(signIn))
    assert.equal(again.user.id, user.id)
  })

  it('list, rename, delete', async () => {
    const tools = await open()
    await member(tools)
    const { id } = ok(await tools.run(register))
    ok(await tools.run(signIn))
    const renamed = ok(
      await tools.run((client, passkeyId) => client.auth.passkey.update({ passkeyId, friendlyName: 'Laptop' }), id),
    )
    assert.equal(renamed.friendly_name, 'Laptop')
    const [item, ...others] = ok(await tools.run(list))
    assert.deepEqual(others, [])
    assert.equal(item.id, id)
    assert.equal(item.friendly_name, 'Laptop')
    assert.ok(item.last_used_at)
    ok(await tools.run((client, passkeyId) => client.auth.passkey.delete({ passkeyId }), id))
    assert.deepEqual(ok(await tools.run(list)), [])
    const refused = await tools.run(signIn)
    assert.equal(refused.error.code, 'webauthn_verification_failed')
  })

  it('one authenticator makes no second passkey for an account', async () => {
    const tools = await open()
    await member(tools)
    ok(await tools.run(register))
    const again = await tools.run(register)
    assert.ok(again.error)
    assert.equal(ok(await tools.run(list)).length, 1)
  })

  it('admin.passkey', async () => {
    const tools = await open()
    const user = await member(tools)
    const { id } = ok(await tools.run(register))
    const items = ok(await admin.auth.admin.passkey.listPasskeys({ userId: user.id }))
    assert.deepEqual(items.map((item) => item.id), [id])
    ok(await admin.auth.admin.passkey.deletePasskey({ userId: user.id, passkeyId: id }))
    assert.deepEqual(ok(await admin.auth.admin.passkey.listPasskeys({ userId: user.id })), [])
  })

  it('a page of another origin cannot sign in', async () => {
    const tools = await open()
    await member(tools)
    ok(await tools.run(register))
    await tools.visit(elsewhere.url)
    const refused = await tools.run(signIn)
    assert.equal(refused.error.code, 'webauthn_verification_failed')
    await tools.visit(site.url)
    ok(await tools.run(signIn))
  })

  it('nobody signs in with a finger that is not recognized', async () => {
    const tools = await open()
    await member(tools)
    ok(await tools.run(register))
    await tools.authenticator.verifies(false)
    const refused = await tools.run(signIn)
    assert.ok(refused.error)
    assert.equal(refused.data?.session ?? null, null)
  })

  it('a security key as second factor, which takes no passkey\'s place', async () => {
    const tools = await open('usb')
    const credentials = { email: address(), password: PASSWORD }
    ok(await tools.run((client, given) => client.auth.signUp(given), credentials))
    ok(await tools.run(register))
    const raised = ok(await tools.run((client) => client.auth.mfa.webauthn.register({ friendlyName: 'Blue key' })))
    assert.equal(claims(raised.access_token).aal, 'aal2')
    const factorId = raised.user.factors[0].id
    assert.equal(raised.user.factors[0].status, 'verified')
    assert.equal((await tools.authenticator.credentials()).length, 2)

    const { session } = ok(await tools.run((client, given) => client.auth.signInWithPassword(given), credentials))
    assert.equal(claims(session.access_token).aal, 'aal1')
    const refused = await tools.run(register)
    assert.equal(refused.error.code, 'insufficient_aal')
    const again = ok(
      await tools.run((client, id) => client.auth.mfa.webauthn.authenticate({ factorId: id }), factorId),
    )
    const { aal, amr } = claims(again.access_token)
    assert.equal(aal, 'aal2')
    assert.deepEqual(amr.map(({ method }) => method).sort(), ['mfa/webauthn', 'password'])
    const kept = ok(await tools.run(list))
    assert.equal(kept.length, 1)
  })
})

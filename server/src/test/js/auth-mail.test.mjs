// Codes and links through the client that people use, unchanged: over a real mail server with STARTTLS and a login, and in
// development, where mail and texts are shown at /auth/v1/inbox. The snippets of docs/guides/mail-and-codes.md and phone.md.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { browserClient, ok } from './clients.mjs'
import { dataDirectory, keys, serve } from './program.mjs'
import { mailServer } from './smtp.mjs'

const PASSWORD = 'correct horse battery'
const LOGIN = { user: 'app', password: 'its password' }

let count = 0
const address = () => `person${++count}@example.com`
const number = () => `+4915100000${100 + ++count}`

const code = (text) => /(?:: | is )(\d{6})\b/.exec(text)[1]
const link = (text) => /http:\/\/\S+\/verify\?\S+/.exec(text)[0]

/** Where a browser is sent by the link. */
async function followed(url) {
  const answer = await fetch(url, { redirect: 'manual' })
  assert.equal(answer.status, 303)
  return new URL(answer.headers.get('location'))
}

describe('mail over SMTP with supabase-js', () => {
  let directory, program, key, smtp

  before(async () => {
    smtp = await mailServer(LOGIN)
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: {
        ASHLAR_AUTH_MAIL_HOST: 'localhost',
        ASHLAR_AUTH_MAIL_PORT: String(smtp.port),
        ASHLAR_AUTH_MAIL_USER: LOGIN.user,
        ASHLAR_AUTH_MAIL_PASSWORD: LOGIN.password,
        ASHLAR_AUTH_MAIL_AUTHORITIES: smtp.authorities,
        ASHLAR_AUTH_MAIL_FROM: 'app@example.com',
      },
    })
    key = await keys(directory.data)
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
    await smtp?.close()
  })

  it('asks for a confirmation, over TLS', async () => {
    const email = address()
    const person = browserClient(program.url, key.anon)
    const { user, session } = ok(await person.auth.signUp({ email, password: PASSWORD }))
    assert.equal(session, null)
    assert.equal(user.email, email)
    const early = await person.auth.signInWithPassword({ email, password: PASSWORD })
    assert.equal(early.error.code, 'email_not_confirmed')
    const mail = await smtp.mail(email)
    assert.equal(mail.secure, true)
    const plain = mail.raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=')
    const verified = ok(await person.auth.verifyOtp({ email, token: code(plain), type: 'email' }))
    assert.ok(verified.session.access_token)
    assert.ok(verified.user.email_confirmed_at)
  })

  it('has no inbox to read', async () => {
    assert.equal((await fetch(`${program.url}/auth/v1/inbox`)).status, 404)
    assert.doesNotMatch(program.text(), /Inbox/)
  })
})

describe('codes and links with supabase-js', () => {
  let directory, program, key, admin

  before(async () => {
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: {
        ASHLAR_AUTH_AUTOCONFIRM: 'false',
        ASHLAR_AUTH_MAIL_FREQUENCY: '0',
        ASHLAR_AUTH_SMS_FREQUENCY: '0',
        ASHLAR_AUTH_SMS_PROVIDER: 'inbox',
        ASHLAR_AUTH_PASSWORD_UPDATE_REQUIRES_CURRENT: 'false',
      },
    })
    key = await keys(directory.data)
    admin = browserClient(program.url, key.service)
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
  })

  const inbox = (to) => program.inbox(to)

  async function newest(to) {
    return (await inbox(to))[0].text
  }

  async function member(flowType) {
    const email = address()
    const person = browserClient(program.url, key.anon, flowType)
    ok(await person.auth.signUp({ email, password: PASSWORD }))
    ok(await person.auth.verifyOtp({ email, token: code(await newest(email)), type: 'email' }))
    return { email, person }
  }

  it('signUp with confirmation by link', async () => {
    const email = address()
    const person = browserClient(program.url, key.anon)
    ok(await person.auth.signUp({ email, password: PASSWORD, options: { data: { name: 'Ada' } } }))
    const place = await followed(link(await newest(email)))
    assert.equal(place.origin, 'http://localhost:3000')
    const fields = new URLSearchParams(place.hash.slice(1))
    assert.equal(fields.get('type'), 'signup')
    const { user } = ok(
      await person.auth.setSession({
        access_token: fields.get('access_token'),
        refresh_token: fields.get('refresh_token'),
      }),
    )
    assert.equal(user.user_metadata.name, 'Ada')
  })

  it('signInWithOtp by code, by link and by token hash', async () => {
    const email = address()
    const person = browserClient(program.url, key.anon)
    ok(await person.auth.signInWithOtp({ email }))
    const byCode = ok(await person.auth.verifyOtp({ email, token: code(await newest(email)), type: 'email' }))
    assert.equal(byCode.user.email, email)
    ok(await person.auth.signInWithOtp({ email }))
    const place = await followed(link(await newest(email)))
    assert.match(place.hash, /access_token=/)
    ok(await person.auth.signInWithOtp({ email }))
    const token_hash = new URL(link(await newest(email))).searchParams.get('token')
    assert.ok(ok(await person.auth.verifyOtp({ token_hash, type: 'magiclink' })).session)
    const again = await person.auth.verifyOtp({ token_hash, type: 'magiclink' })
    assert.equal(again.error.code, 'otp_expired')
    const unknown = await person.auth.signInWithOtp({ email: address(), options: { shouldCreateUser: false } })
    assert.equal(unknown.error.code, 'otp_disabled')
  })

  it('resetPasswordForEmail and updateUser', async () => {
    const { email, person } = await member()
    ok(await person.auth.resetPasswordForEmail(email))
    ok(await person.auth.verifyOtp({ email, token: code(await newest(email)), type: 'recovery' }))
    ok(await person.auth.updateUser({ password: 'battery staple horse' }))
    const fresh = browserClient(program.url, key.anon)
    ok(await fresh.auth.signInWithPassword({ email, password: 'battery staple horse' }))
    ok(await person.auth.resetPasswordForEmail('nobody@example.com'))
    assert.deepEqual(await inbox('nobody@example.com'), [])
  })

  it('exchangeCodeForSession (PKCE)', async () => {
    const { email, person } = await member('pkce')
    ok(await person.auth.signInWithOtp({ email }))
    const place = await followed(link(await newest(email)))
    const { session } = ok(await person.auth.exchangeCodeForSession(place.searchParams.get('code')))
    assert.equal(session.user.email, email)
    ok(await person.auth.resetPasswordForEmail(email))
    const reset = await followed(link(await newest(email)))
    const stranger = browserClient(program.url, key.anon, 'pkce')
    const stolen = await stranger.auth.exchangeCodeForSession(reset.searchParams.get('code'))
    assert.ok(stolen.error)
    ok(await person.auth.exchangeCodeForSession(reset.searchParams.get('code')))
  })

  it('resend', async () => {
    const email = address()
    const person = browserClient(program.url, key.anon)
    ok(await person.auth.signUp({ email, password: PASSWORD }))
    ok(await person.auth.resend({ type: 'signup', email }))
    assert.equal((await inbox(email)).length, 2)
    ok(await person.auth.verifyOtp({ email, token: code(await newest(email)), type: 'email' }))
  })

  it('a change of address, confirmed from both', async () => {
    const { email, person } = await member()
    const next = address()
    const { user } = ok(await person.auth.updateUser({ email: next }))
    assert.equal(user.new_email, next)
    const half = await person.auth.verifyOtp({ email, token: code(await newest(email)), type: 'email_change' })
    assert.equal(half.error, null)
    assert.equal(half.data.session, null)
    const done = ok(
      await person.auth.verifyOtp({ email: next, token: code(await newest(next)), type: 'email_change' }),
    )
    assert.equal(done.user.email, next)
  })

  it('reauthenticate', async () => {
    const { email, person } = await member()
    ok(await person.auth.reauthenticate())
    const nonce = code(await newest(email))
    ok(await person.auth.updateUser({ password: 'battery staple horse', nonce }))
  })

  it('admin.inviteUserByEmail', async () => {
    const email = address()
    const { user } = ok(await admin.auth.admin.inviteUserByEmail(email, { data: { team: 'blue' } }))
    assert.ok(user.invited_at)
    const place = await followed(link(await newest(email)))
    assert.equal(new URLSearchParams(place.hash.slice(1)).get('type'), 'invite')
  })

  it('admin.generateLink of every type', async () => {
    const { email } = await member()
    const next = address()
    const orders = [
      { type: 'signup', email: address(), password: PASSWORD },
      { type: 'invite', email: address() },
      { type: 'magiclink', email },
      { type: 'recovery', email },
      { type: 'email_change_current', email, newEmail: next },
      { type: 'email_change_new', email, newEmail: next },
    ]
    for (const order of orders) {
      const { properties, user } = ok(await admin.auth.admin.generateLink(order))
      assert.ok(user.id, order.type)
      assert.match(properties.email_otp, /^\d{6}$/)
      const place = await followed(properties.action_link)
      assert.match(place.hash, order.type === 'email_change_current' ? /message=/ : /access_token=/, order.type)
    }
  })

  it('a phone: sign-up, code, change', async () => {
    const phone = number()
    const person = browserClient(program.url, key.anon)
    const signedUp = ok(await person.auth.signUp({ phone, password: PASSWORD }))
    assert.equal(signedUp.session, null)
    ok(await person.auth.verifyOtp({ phone, token: code(await newest(phone)), type: 'sms' }))
    ok(await person.auth.signInWithPassword({ phone, password: PASSWORD }))
    ok(await person.auth.signInWithOtp({ phone, options: { channel: 'whatsapp' } }))
    ok(await person.auth.verifyOtp({ phone, token: code(await newest(phone)), type: 'sms' }))
    const next = number()
    ok(await person.auth.updateUser({ phone: next }))
    const { user } = ok(
      await person.auth.verifyOtp({ phone: next, token: code(await newest(next)), type: 'phone_change' }),
    )
    assert.equal(user.phone, next.slice(1))
  })

  it('the inbox is for this machine alone, and for those who have its key', async () => {
    const url = `${program.url}${await program.inboxPath()}`
    for (const wrong of [url.replace(/\?.*/, ''), url.replace(/=.*/, '='), url.slice(0, -1), `${url}0`]) {
      assert.equal((await fetch(wrong)).status, 404, wrong)
    }
    const page = await fetch(url)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<a href="http:/)
    for (const headers of [
      { Origin: 'https://evil.example' },
      { 'X-Forwarded-For': '127.0.0.1' },
      { Forwarded: 'for=127.0.0.1' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      assert.equal((await fetch(url, { headers })).status, 404, JSON.stringify(headers))
    }
  })
})

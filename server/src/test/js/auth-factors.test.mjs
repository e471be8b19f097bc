// Second factors through the client that people use, unchanged. The snippets of docs/guides/second-factors.md.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import { ok } from './clients.mjs'
import { dataDirectory, keys, projectWith, serve } from './program.mjs'

const PASSWORD = 'correct horse battery'
const STEP_MS = 30_000

// The policy of docs/guides/second-factors.md.
const PAYSLIPS = `
create table public.payslips (
  owner uuid not null default auth.uid() references auth.users on delete cascade, pay int not null);
create policy "own" on payslips for all to authenticated
  using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
create policy "second factor" on payslips as restrictive for all to authenticated
  using ((select auth.jwt() ->> 'aal') = 'aal2');
grant select, insert on payslips to authenticated;
`

/** What an authenticator app shows (RFC 6238), `steps` away from now. */
function totp(secret, steps = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

describe('second factors with supabase-js', () => {
  let directory, program, key, admin

  before(async () => {
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      cwd: await projectWith(directory, PAYSLIPS),
      env: { ASHLAR_AUTH_SMS_PROVIDER: 'inbox', ASHLAR_AUTH_SMS_FREQUENCY: '0' },
    })
    key = await keys(directory.data)
    admin = client(key.service)
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
  })

  const client = (apiKey) =>
    createClient(program.url, apiKey, {
      auth: { persistSession: false, autoRefreshToken: false, experimental: { recoveryCodes: true } },
    })

  /** Somebody new, at the level of a password. */
  async function person(email) {
    const supabase = client(key.anon)
    ok(await supabase.auth.signUp({ email, password: PASSWORD }))
    return supabase
  }

  /** The same person on another machine. */
  async function again(email) {
    const supabase = client(key.anon)
    ok(await supabase.auth.signInWithPassword({ email, password: PASSWORD }))
    return supabase
  }

  const level = async (supabase) => ok(await supabase.auth.mfa.getAuthenticatorAssuranceLevel()).currentLevel

  const codeSentTo = async (phone) => /\d{6}/.exec((await program.inbox(phone))[0].text)[0]

  it('an authenticator app raises the session, and an admin takes it away', async () => {
    const supabase = client(key.anon)
    ok(await supabase.auth.signUp({ email: 'app@example.com', password: PASSWORD }))
    const enrolled = ok(await supabase.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone' }))
    assert.match(enrolled.totp.qr_code, /<svg/)
    assert.match(enrolled.totp.uri, /^otpauth:\/\/totp\//)

    const challenge = ok(await supabase.auth.mfa.challenge({ factorId: enrolled.id }))
    const wrong = await supabase.auth.mfa.verify({ factorId: enrolled.id, challengeId: challenge.id, code: '00000' })
    assert.notEqual(wrong.error, null)
    const raised = await supabase.auth.mfa.challengeAndVerify({ factorId: enrolled.id, code: totp(enrolled.totp.secret) })
    assert.equal(ok(raised).user.factors[0].status, 'verified')
    const level = ok(await supabase.auth.mfa.getAuthenticatorAssuranceLevel())
    assert.equal(level.currentLevel, 'aal2')

    const again = client(key.anon)
    const { user } = ok(await again.auth.signInWithPassword({ email: 'app@example.com', password: PASSWORD }))
    const before = ok(await again.auth.mfa.getAuthenticatorAssuranceLevel())
    assert.deepEqual([before.currentLevel, before.nextLevel], ['aal1', 'aal2'])
    const refused = await again.auth.updateUser({ password: 'another horse battery' })
    assert.equal(refused.error.code, 'insufficient_aal')
    assert.equal(ok(await again.auth.mfa.listFactors()).totp[0].id, enrolled.id)

    const factors = ok(await admin.auth.admin.mfa.listFactors({ userId: user.id })).factors
    assert.equal(factors[0].friendly_name, 'Phone')
    ok(await admin.auth.admin.mfa.deleteFactor({ userId: user.id, id: enrolled.id }))
    ok(await again.auth.updateUser({ password: 'another horse battery' }))
  })

  it('unenrolling needs the second level', async () => {
    const supabase = client(key.anon)
    ok(await supabase.auth.signUp({ email: 'leaves@example.com', password: PASSWORD }))
    const { id, totp: app } = ok(await supabase.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone' }))
    ok(await supabase.auth.mfa.challengeAndVerify({ factorId: id, code: totp(app.secret) }))
    const again = client(key.anon)
    ok(await again.auth.signInWithPassword({ email: 'leaves@example.com', password: PASSWORD }))
    assert.equal((await again.auth.mfa.unenroll({ factorId: id })).error.code, 'insufficient_aal')
    // The step that was used is used up: the next one is within the tolerance.
    ok(await again.auth.mfa.challengeAndVerify({ factorId: id, code: totp(app.secret, 1) }))
    assert.equal(ok(await again.auth.mfa.unenroll({ factorId: id })).id, id)
  })

  it('a code by text raises the session', async () => {
    const email = 'text@example.com'
    const phone = '+4915200001234'
    const supabase = await person(email)
    const factor = ok(await supabase.auth.mfa.enroll({ factorType: 'phone', phone, friendlyName: 'Mobile' }))
    assert.equal(factor.type, 'phone')
    const first = ok(await supabase.auth.mfa.challenge({ factorId: factor.id }))
    const wrong = await supabase.auth.mfa.verify({ factorId: factor.id, challengeId: first.id, code: '000000x' })
    assert.equal(wrong.error.code, 'mfa_verification_failed')
    ok(await supabase.auth.mfa.verify({ factorId: factor.id, challengeId: first.id, code: await codeSentTo(phone) }))
    assert.equal(await level(supabase), 'aal2')

    const there = await again(email)
    assert.equal(ok(await there.auth.mfa.listFactors()).phone[0].id, factor.id)
    const challenge = ok(await there.auth.mfa.challenge({ factorId: factor.id, channel: 'sms' }))
    const code = await codeSentTo(phone)
    ok(await there.auth.mfa.verify({ factorId: factor.id, challengeId: challenge.id, code }))
    assert.equal(await level(there), 'aal2')
    const twice = await there.auth.mfa.verify({ factorId: factor.id, challengeId: challenge.id, code })
    assert.notEqual(twice.error, null)
  })

  it('rows that a policy keeps for the second level', async () => {
    const email = 'pay@example.com'
    const supabase = await person(email)
    const refused = await supabase.from('payslips').insert({ pay: 5000 })
    assert.equal(refused.error.code, '42501')
    const { id, totp: app } = ok(await supabase.auth.mfa.enroll({ factorType: 'totp' }))
    ok(await supabase.auth.mfa.challengeAndVerify({ factorId: id, code: totp(app.secret) }))
    assert.deepEqual(ok(await supabase.from('payslips').insert({ pay: 5000 }).select('pay')), [{ pay: 5000 }])

    const there = await again(email)
    assert.deepEqual(ok(await there.from('payslips').select('pay')), [])
    assert.equal((await there.from('payslips').insert({ pay: 9000 })).error.code, '42501')
    ok(await there.auth.mfa.challengeAndVerify({ factorId: id, code: totp(app.secret, 1) }))
    assert.deepEqual(ok(await there.from('payslips').select('pay')), [{ pay: 5000 }])
  })

  it('recovery codes stand in for a factor that was lost', async () => {
    const email = 'paper@example.com'
    const supabase = await person(email)
    const early = await supabase.auth.mfa.recoveryCodes.generate()
    assert.equal(early.error.code, 'insufficient_aal')
    const { id, totp: app } = ok(await supabase.auth.mfa.enroll({ factorType: 'totp' }))
    ok(await supabase.auth.mfa.challengeAndVerify({ factorId: id, code: totp(app.secret) }))
    const { codes } = ok(await supabase.auth.mfa.recoveryCodes.generate({ friendlyName: 'Drawer' }))
    assert.equal(codes.length, 10)
    const second = await supabase.auth.mfa.recoveryCodes.generate()
    assert.equal(second.error.code, 'mfa_verified_factor_exists')

    const there = await again(email)
    const wrong = await there.auth.mfa.recoveryCodes.verify({ code: 'aaaa-aaaa-aaaa-aaaa' })
    assert.equal(wrong.error.code, 'mfa_verification_failed')
    ok(await there.auth.mfa.recoveryCodes.verify({ code: codes[0] }))
    assert.equal(await level(there), 'aal2')
    assert.equal(ok(await there.auth.mfa.recoveryCodes.getStatus()).remaining, 9)
    const used = await (await again(email)).auth.mfa.recoveryCodes.verify({ code: codes[0] })
    assert.equal(used.error.code, 'mfa_verification_failed')

    const fresh = ok(await there.auth.mfa.recoveryCodes.regenerate()).codes
    assert.equal(fresh.length, 10)
    const old = await (await again(email)).auth.mfa.recoveryCodes.verify({ code: codes[1] })
    assert.equal(old.error.code, 'mfa_verification_failed')
    ok(await there.auth.mfa.recoveryCodes.unenroll())
    assert.equal(ok(await there.auth.mfa.recoveryCodes.getStatus()).total, 0)
  })
})

// Second factors through the client that people use, unchanged. The snippets of docs/guides/second-factors.md.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import { dataDirectory, keys, serve } from './program.mjs'

const PASSWORD = 'correct horse battery'
const STEP_MS = 30_000

/** The data of an answer that must have succeeded. */
function ok({ data, error }) {
  assert.equal(error, null, error && JSON.stringify(error))
  return data
}

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
    program = await serve({ data: directory.data })
    key = await keys(directory.data)
    admin = client(key.service)
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
  })

  const client = (apiKey) =>
    createClient(program.url, apiKey, { auth: { persistSession: false, autoRefreshToken: false } })

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
})

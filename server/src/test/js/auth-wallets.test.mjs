// Wallets and captchas through the client that people use, unchanged. The wallet of Ethereum is that of ethers, the one of
// Solana is OpenSSL's Ed25519. The snippets of docs/guides/wallets.md and docs/guides/captcha.md.
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { Wallet, encodeBase58, getBytes } from 'ethers'
import { ok, serverClient } from './clients.mjs'
import { dataDirectory, keys, serve } from './program.mjs'

const SITE = 'http://localhost:3000/'

/** As browsers have it (EIP-1193). */
function ethereumWallet(key = Wallet.createRandom()) {
  return {
    key,
    async request({ method, params }) {
      switch (method) {
        case 'eth_requestAccounts':
          return [key.address]
        case 'eth_chainId':
          return '0x1'
        case 'personal_sign':
          return key.signMessage(getBytes(params[0]))
      }
      throw new Error(method)
    },
  }
}

/** As browsers have it, without the wallet's own sign-in. */
function solanaWallet() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const address = encodeBase58(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
  return {
    address,
    publicKey: { toBase58: () => address },
    signMessage: async (message) => new Uint8Array(sign(null, message, privateKey)),
    /** What a wallet writes that makes the message itself. */
    async signs({ domain, statement, uri, issuedAt }) {
      const signedMessage = new TextEncoder().encode(
        `${domain} wants you to sign in with your Solana account:\n${address}\n\n${statement}\n\n` +
          `URI: ${uri}\nVersion: 1\nIssued At: ${issuedAt}`,
      )
      return { signedMessage, signature: new Uint8Array(sign(null, signedMessage, privateKey)) }
    },
  }
}

/** A captcha service: tokens that start with `solved` are good. */
async function captchaService() {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const success = new URLSearchParams(body).get('response').startsWith('solved')
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify({ success, 'error-codes': success ? [] : ['invalid-input-response'] }))
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}/siteverify`, close: () => server.close() }
}

describe('wallets and captchas with supabase-js', () => {
  let directory, program, key, captcha
  const captchaToken = 'solved'
  const client = () => serverClient(program.url, key.anon)

  before(async () => {
    captcha = await captchaService()
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: {
        ASHLAR_AUTH_SITE_URL: SITE,
        ASHLAR_AUTH_WEB3_ETHEREUM_ENABLED: 'true',
        ASHLAR_AUTH_WEB3_SOLANA_ENABLED: 'true',
        ASHLAR_AUTH_CAPTCHA_ENABLED: 'true',
        ASHLAR_AUTH_CAPTCHA_SECRET: 'secret',
        ASHLAR_AUTH_CAPTCHA_VERIFY_URL: captcha.url,
        ASHLAR_AUTH_MAIL_FREQUENCY: '0s',
      },
    })
    key = await keys(directory.data)
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
    captcha?.close()
  })

  it('signs in with Ethereum, again and again', async () => {
    const wallet = ethereumWallet()
    const once = (nonce) =>
      client().auth.signInWithWeb3({
        chain: 'ethereum',
        wallet,
        statement: 'I accept the terms',
        options: { url: SITE, captchaToken, signInWithEthereum: nonce ? { nonce } : {} },
      })
    const { user, session } = ok(await once('12345678'))
    assert.ok(session.access_token)
    assert.equal(user.app_metadata.provider, 'web3')
    assert.equal(user.identities[0].identity_data.sub, `web3:ethereum:${wallet.key.address.toLowerCase()}`)
    assert.equal(user.identities[0].identity_data.custom_claims.statement, 'I accept the terms')
    assert.equal(ok(await once()).user.id, user.id)
  })

  it('takes the checksum form of an address, signed elsewhere', async () => {
    const { key: wallet } = ethereumWallet()
    const message = `localhost:3000 wants you to sign in with your Ethereum account:\n${wallet.address}\n\n\nURI: ${SITE}
Version: 1\nChain ID: 1\nNonce: abcdefgh1\nIssued At: ${new Date().toISOString()}`
    const signature = await wallet.signMessage(message)
    const presented = { chain: 'ethereum', message, signature, options: { captchaToken } }
    ok(await client().auth.signInWithWeb3(presented))
    const { error } = await client().auth.signInWithWeb3(presented)
    assert.equal(error.status, 400)
    assert.equal(error.message, 'the message was used before')
  })

  it('signs in with Solana, whoever writes the message', async () => {
    const wallet = solanaWallet()
    const ask = (using) =>
      client().auth.signInWithWeb3({
        chain: 'solana',
        wallet: using,
        statement: 'I accept the terms',
        options: { url: SITE, captchaToken },
      })
    const { user } = ok(await ask(wallet))
    assert.equal(user.identities[0].identity_data.sub, `web3:solana:${wallet.address}`)
    const own = {
      ...wallet,
      signIn: (input) =>
        wallet.signs({ domain: 'localhost:3000', statement: input.statement, uri: SITE, issuedAt: input.issuedAt }),
    }
    assert.equal(ok(await ask(own)).user.id, user.id)
  })

  it('refuses what another site has asked for', async () => {
    const { error } = await client().auth.signInWithWeb3({
      chain: 'ethereum',
      wallet: ethereumWallet(),
      options: { url: 'https://evil.example.com/', captchaToken },
    })
    assert.equal(error.message, 'the URI of the message is no page of this application')
  })

  it('asks for a captcha wherever the client has a place for it', async () => {
    const { auth } = client()
    const email = 'captcha@example.com'
    const password = 'correct horse battery'
    ok(await auth.signUp({ email, password, options: { captchaToken } }))
    ok(await auth.signInWithPassword({ email, password, options: { captchaToken } }))
    ok(await auth.signInWithOtp({ email, options: { captchaToken } }))
    ok(await auth.resetPasswordForEmail(email, { captchaToken }))
    const refused = [
      await auth.signUp({ email, password }),
      await auth.signInWithPassword({ email, password, options: { captchaToken: 'guessed' } }),
      await auth.signInWithOtp({ email }),
      await auth.resetPasswordForEmail(email),
      await auth.signInWithWeb3({ chain: 'ethereum', wallet: ethereumWallet(), options: { url: SITE } }),
    ]
    for (const { error } of refused) assert.equal(error.code, 'captcha_failed')
    const service = serverClient(program.url, key.service)
    ok(await service.auth.signInWithPassword({ email, password }))
  })
})

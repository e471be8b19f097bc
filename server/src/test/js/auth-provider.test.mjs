// Ashlar as an OpenID Connect provider: a client of others (openid-client) signs somebody in, who agrees through supabase-js as
// the consent page of docs/guides/oidc-provider.md does.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as oidc from 'openid-client'
import { browserOfTests } from './browser.mjs'
import { ok, serverClient } from './clients.mjs'
import { dataDirectory, home, keys, serve } from './program.mjs'

const PASSWORD = 'correct horse battery'
const CALLBACK = 'https://client.example/cb'
/** The server is on this machine, without TLS. */
const INSECURE = { execute: [oidc.allowInsecureRequests] }

let count = 0

/** The application: the consent page of the guide as it stands there, and a page that signs in; pages are set by the test. */
async function application() {
  const pages = new Map()
  const library = fileURLToPath(import.meta.resolve('@supabase/supabase-js')).replace(/[^/]+$/, 'umd/supabase.js')
  const script = await readFile(library)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname === '/supabase.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else response.setHeader('Content-Type', 'text/html').end(pages.get(pathname) ?? '<!doctype html>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://localhost:${server.address().port}`, pages, close: () => server.close() }
}

/** The page in docs/guides/oidc-provider.md, with this server and the library from here. */
async function consentPage(url, key) {
  const guide = await readFile(path.join(home, 'docs/guides/oidc-provider.md'), 'utf8')
  const page = /```html\n([^]*?)```/.exec(guide)[1]
  return page
    .replace("import { createClient } from 'https://esm.sh/@supabase/supabase-js@2'", 'const { createClient } = window.supabase')
    .replace('<script', '<script src="/supabase.js"></script><script')
    .replace('https://api.example.com', url)
    .replace('YOUR_ANON_KEY', key)
}

const signInPage = (url, key, email) => `<!doctype html><script src="/supabase.js"></script><script>
  const client = supabase.createClient('${url}', '${key}')
  client.auth.signInWithPassword({ email: '${email}', password: '${PASSWORD}' })
    .then(() => location.replace(new URLSearchParams(location.search).get('next')))
</script>`

describe('an OpenID Connect provider with openid-client', () => {
  let directory, program, key, admin, issuer, site, browser

  before(async () => {
    site = await application()
    browser = await browserOfTests()
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      env: {
        ASHLAR_AUTH_OAUTH_SERVER_ENABLED: 'true',
        ASHLAR_AUTH_OAUTH_SERVER_DYNAMIC_REGISTRATION: 'true',
        ASHLAR_AUTH_SITE_URL: site.url,
      },
    })
    key = await keys(directory.data)
    issuer = `http://localhost:${program.port}/auth/v1`
    admin = serverClient(program.url, key.service)
  })

  after(async () => {
    await browser?.close()
    site?.close()
    await program?.stop()
    await directory?.remove()
  })

  async function person() {
    const client = serverClient(program.url, key.anon)
    const { user } = ok(
      await client.auth.signUp({
        email: `person${++count}@example.com`,
        password: PASSWORD,
        options: { data: { full_name: 'Ada' } },
      }),
    )
    return { client, user }
  }

  const confidential = async () =>
    ok(await admin.auth.admin.oauth.createClient({ client_name: 'Shop', redirect_uris: [CALLBACK] }))

  /** The client sends the browser; answers its address and what the client remembers. */
  async function begin(config, parameters = {}) {
    const verifier = oidc.randomPKCECodeVerifier()
    const state = oidc.randomState()
    const nonce = oidc.randomNonce()
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...parameters,
    })
    const answer = await fetch(url, { redirect: 'manual' })
    assert.equal(answer.status, 303)
    const page = new URL(answer.headers.get('location'))
    return {
      page,
      id: page.searchParams.get('authorization_id'),
      checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce },
    }
  }

  async function signedIn(config, client) {
    const { id, checks } = await begin(config)
    const { redirect_url } = ok(await client.auth.oauth.approveAuthorization(id, { skipBrowserRedirect: true }))
    return oidc.authorizationCodeGrant(config, new URL(redirect_url), { ...checks, idTokenExpected: true })
  }

  it('signs somebody in who agrees on the page', async () => {
    const made = await confidential()
    for (const proof of [oidc.ClientSecretPost(made.client_secret), oidc.ClientSecretBasic(made.client_secret)]) {
      const config = await oidc.discovery(new URL(issuer), made.client_id, made.client_secret, proof, INSECURE)
      const { client, user } = await person()
      const { page, id, checks } = await begin(config)
      assert.equal(page.origin + page.pathname, `${site.url}/oauth/consent`)

      const details = ok(await client.auth.oauth.getAuthorizationDetails(id))
      assert.equal(details.client.name, 'Shop')
      assert.equal(details.scope, 'openid email profile')
      assert.equal(details.user.email, user.email)
      const { redirect_url } = ok(await client.auth.oauth.approveAuthorization(id, { skipBrowserRedirect: true }))

      const tokens = await oidc.authorizationCodeGrant(config, new URL(redirect_url), {
        ...checks,
        idTokenExpected: true,
        maxAge: 3600,
      })
      const claims = tokens.claims()
      assert.equal(claims.sub, user.id)
      assert.equal(claims.iss, issuer)
      assert.equal(claims.email, user.email)
      assert.equal(claims.name, 'Ada')
      const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
      assert.equal(info.email, user.email)

      const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token)
      assert.notEqual(fresh.refresh_token, tokens.refresh_token)
      assert.equal(fresh.claims().sub, user.id)
      await oidc.tokenRevocation(config, fresh.refresh_token)
      await assert.rejects(oidc.refreshTokenGrant(config, fresh.refresh_token), { error: 'invalid_grant' })
    }
  })

  it('asks in a browser, with the page of the guide', async () => {
    const back = `${site.url}/cb`
    const made = ok(await admin.auth.admin.oauth.createClient({ client_name: 'Shop', redirect_uris: [back] }))
    const config = await oidc.discovery(new URL(issuer), made.client_id, made.client_secret, undefined, INSECURE)
    const { user } = await person()
    site.pages.set('/oauth/consent', await consentPage(program.url, key.anon))
    site.pages.set('/sign-in', signInPage(program.url, key.anon, user.email))
    const page = await (await browser.newContext()).newPage()
    const arrived = async (checks) => {
      await page.waitForURL((url) => url.pathname === '/cb')
      return oidc.authorizationCodeGrant(config, new URL(page.url()), checks)
    }

    const first = await begin(config, { redirect_uri: back })
    await page.goto(first.page.href)
    await page.getByRole('button', { name: 'Allow' }).click()
    assert.equal((await arrived(first.checks)).claims().sub, user.id)

    const second = await begin(config, { redirect_uri: back })
    await page.goto(second.page.href)
    assert.equal((await arrived(second.checks)).claims().sub, user.id)

    const third = await begin(config, { redirect_uri: back, prompt: 'consent login' })
    await page.goto(third.page.href)
    await page.getByText('You will be sent to').waitFor()
    assert.equal(await page.locator('#target').textContent(), site.url)
    assert.equal(await page.locator('#email').textContent(), user.email)
    await page.getByRole('button', { name: 'Refuse' }).click()
    await assert.rejects(arrived(third.checks), { error: 'access_denied' })
  })

  it('remembers, lists and takes back what was agreed to', async () => {
    const made = await confidential()
    const config = await oidc.discovery(new URL(issuer), made.client_id, made.client_secret, undefined, INSECURE)
    const { client } = await person()
    const tokens = await signedIn(config, client)
    const again = await begin(config)
    const details = ok(await client.auth.oauth.getAuthorizationDetails(again.id))
    await oidc.authorizationCodeGrant(config, new URL(details.redirect_url), again.checks)

    const grants = ok(await client.auth.oauth.listGrants())
    assert.deepEqual(
      grants.map((grant) => [grant.client.id, grant.scopes]),
      [[made.client_id, ['openid', 'email', 'profile']]],
    )
    ok(await client.auth.oauth.revokeGrant({ clientId: made.client_id }))
    assert.deepEqual(ok(await client.auth.oauth.listGrants()), [])
    await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' })
    await assert.rejects(oidc.fetchUserInfo(config, tokens.access_token, oidc.skipSubjectCheck))
  })

  it('tells the client of a refusal', async () => {
    const made = await confidential()
    const config = await oidc.discovery(new URL(issuer), made.client_id, made.client_secret, undefined, INSECURE)
    const { client } = await person()
    const { id, checks } = await begin(config)
    const { redirect_url } = ok(await client.auth.oauth.denyAuthorization(id, { skipBrowserRedirect: true }))
    await assert.rejects(oidc.authorizationCodeGrant(config, new URL(redirect_url), checks), { error: 'access_denied' })
    const late = await client.auth.oauth.approveAuthorization(id, { skipBrowserRedirect: true })
    assert.equal(late.error.code, 'oauth_invalid_state')
  })

  it('lets apps on a device register themselves, as MCP clients do', async () => {
    const config = await oidc.dynamicClientRegistration(
      new URL(issuer),
      { client_name: 'Tool', redirect_uris: ['http://127.0.0.1/cb'], token_endpoint_auth_method: 'none' },
      oidc.None(),
      { ...INSECURE, algorithm: 'oauth2' },
    )
    const { client } = await person()
    const redirect = 'http://127.0.0.1:49152/cb'
    const { id, checks } = await begin(config, { redirect_uri: redirect })
    const { redirect_url } = ok(await client.auth.oauth.approveAuthorization(id, { skipBrowserRedirect: true }))
    assert.ok(redirect_url.startsWith(`${redirect}?code=`))
    const tokens = await oidc.authorizationCodeGrant(config, new URL(redirect_url), checks)
    assert.ok(tokens.refresh_token)
  })

  it('lets a client act within policies, and not upon the account', async () => {
    const made = await confidential()
    const config = await oidc.discovery(new URL(issuer), made.client_id, made.client_secret, undefined, INSECURE)
    const { client, user } = await person()
    const tokens = await signedIn(config, client)
    const theirs = serverClient(program.url, key.anon)
    assert.equal(ok(await theirs.auth.getUser(tokens.access_token)).user.id, user.id)
    const call = (token, method, path, body) =>
      fetch(program.url + path, {
        method,
        headers: { apikey: key.anon, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      })
    assert.equal((await call(tokens.access_token, 'GET', '/rest/v1/')).status, 200)
    const change = await call(tokens.access_token, 'PUT', '/auth/v1/user', { password: 'taken over by a client' })
    assert.equal(change.status, 403)
    assert.equal((await change.json()).error_code, 'insufficient_scope')
    assert.notEqual((await call(tokens.id_token, 'GET', '/rest/v1/')).status, 200)
  })

  it('keeps clients for administrators', async () => {
    const made = await confidential()
    const page = ok(await admin.auth.admin.oauth.listClients({ page: 1, perPage: 2 }))
    assert.equal(page.clients.length, 2)
    const changed = ok(await admin.auth.admin.oauth.updateClient(made.client_id, { client_name: 'Store' }))
    assert.equal(changed.client_name, 'Store')
    const renewed = ok(await admin.auth.admin.oauth.regenerateClientSecret(made.client_id))
    assert.notEqual(renewed.client_secret, made.client_secret)
    assert.equal(ok(await admin.auth.admin.oauth.getClient(made.client_id)).client_secret, undefined)
    ok(await admin.auth.admin.oauth.deleteClient(made.client_id))
    const gone = await admin.auth.admin.oauth.getClient(made.client_id)
    assert.equal(gone.error.code, 'oauth_client_not_found')
  })

  it('describes itself where clients look', async () => {
    for (const path of [
      '/auth/v1/.well-known/openid-configuration',
      '/auth/v1/.well-known/oauth-authorization-server',
      '/.well-known/oauth-authorization-server/auth/v1',
      '/.well-known/openid-configuration/auth/v1',
    ]) {
      const answer = await fetch(program.url + path, { headers: { origin: 'https://app.example.com' } })
      assert.equal((await answer.json()).issuer, issuer, path)
      assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    }
  })
})

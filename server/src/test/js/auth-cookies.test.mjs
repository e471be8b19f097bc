// A page that holds no token: a cookie that it cannot see signs it in. The snippets of docs/guides/sessions.md.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { browserOfTests, pageServer } from './browser.mjs'
import { dataDirectory, keys, serve } from './program.mjs'

const PASSWORD = 'correct horse battery'

describe('a session held by a cookie, in a browser', () => {
  let directory, program, key, site, elsewhere, browser, api

  before(async () => {
    site = await pageServer()
    elsewhere = await pageServer()
    directory = await dataDirectory()
    program = await serve({
      data: directory.data,
      args: ['--example', 'interview-trainer'],
      env: { ASHLAR_HTTP_CORS_ORIGINS: site.url },
    })
    api = `http://localhost:${program.port}`
    key = await keys(directory.data)
    browser = await browserOfTests()
  })

  after(async () => {
    await browser?.close()
    await program?.stop()
    await directory?.remove()
    await site?.close()
    await elsewhere?.close()
  })

  /** A page of a browser of its own, with what the guide tells pages to do. */
  async function open(context, url) {
    const page = await context.newPage()
    await page.goto(url)
    await page.evaluate(
      ([api, anon]) => {
        let csrf = null
        const withCookie = (input, init = {}) => {
          const headers = new Headers(init.headers)
          if (csrf) headers.set('X-CSRF-Token', csrf)
          return fetch(input, { ...init, headers, credentials: 'include' })
        }
        window.client = window.supabase.createClient(api, anon, {
          global: { fetch: withCookie },
          auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
        })
        window.auth = async (method, path, body) => {
          const headers = { 'Content-Type': 'application/json', 'X-Ashlar-Session': 'cookie' }
          const answer = await withCookie(`${api}/auth/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
          const json = answer.status === 204 ? null : await answer.json()
          if (json && 'csrf_token' in json) csrf = json.csrf_token
          return { status: answer.status, json }
        }
      },
      [api, key.anon],
    )
    return page
  }

  const auth = (page, ...args) => page.evaluate((all) => window.auth(...all), args)
  const bookmarks = (page) => page.evaluate(() => window.client.from('bookmarks').select('question_id'))

  it('signs a page in that never sees a token, over supabase-js too', async () => {
    const context = await browser.newContext()
    const page = await open(context, site.url)
    assert.deepEqual((await auth(page, 'GET', '/session')).json, { user: null, session: null, csrf_token: null })
    const signed = await auth(page, 'POST', '/signup', { email: 'page@example.com', password: PASSWORD })
    assert.equal(signed.status, 200)
    assert.deepEqual(Object.keys(signed.json), ['user', 'csrf_token'])

    const seen = await page.evaluate(() => [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)])
    assert.deepEqual(seen, ['', '{}', '{}'])
    const [cookie] = await context.cookies(api)
    assert.equal(cookie.name, '__Host-ashlar-session')
    assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Lax' && cookie.path === '/')

    const question = await page.evaluate(() => window.client.from('questions').select('id').limit(1).single())
    const written = await page.evaluate(
      (row) => window.client.from('bookmarks').insert(row).select('question_id'),
      { question_id: question.data.id, user_id: signed.json.user.id },
    )
    assert.equal(written.error, null, JSON.stringify(written.error))
    assert.deepEqual((await bookmarks(page)).data, [{ question_id: question.data.id }])

    // A page loaded anew knows nothing, and asks.
    const again = await open(context, site.url)
    assert.equal((await auth(again, 'GET', '/session')).json.user.email, 'page@example.com')
    assert.deepEqual((await bookmarks(again)).data, [{ question_id: question.data.id }])

    assert.equal((await auth(again, 'POST', '/logout')).status, 204)
    assert.deepEqual(await context.cookies(api), [])
    assert.deepEqual((await auth(page, 'GET', '/session')).json.user, null)
    assert.equal((await bookmarks(page)).error.code, '42501')
    await context.close()
  })

  it("lets no other origin's page use it", async () => {
    const context = await browser.newContext()
    const mine = await open(context, site.url)
    await auth(mine, 'POST', '/signup', { email: 'forged@example.com', password: PASSWORD })
    const other = await open(context, elsewhere.url)
    await assert.rejects(auth(other, 'GET', '/session'), /Failed to fetch/)
    // Without asking first, as forms do: the browser of localhost sends the cookie along, the server does not take it.
    const opaque = await other.evaluate(
      (api) => fetch(`${api}/auth/v1/logout`, { method: 'POST', mode: 'no-cors', credentials: 'include' }).then((a) => a.type),
      api,
    )
    assert.equal(opaque, 'opaque')
    assert.equal((await auth(mine, 'GET', '/session')).json.user.email, 'forged@example.com')
    await context.close()
  })
})

// The Interview Trainer in a real browser, on the real program: what a visitor and a learner do.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { chromium } from 'playwright-core'
import { dataDirectory, home, serve } from './program.mjs'

const pictures = path.join(home, 'server/target/pictures')
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 740 }

describe('the Interview Trainer', () => {
  let directory, program, browser

  before(async () => {
    directory = await dataDirectory()
    program = await serve({ data: directory.data, args: ['--example', 'interview-trainer'] })
    await mkdir(pictures, { recursive: true })
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })

  after(async () => {
    await browser?.close()
    await program?.stop()
    await directory?.remove()
  })

  /** A page of its own, and what went wrong in it. */
  async function open(route = '', options = {}) {
    const context = await browser.newContext({ viewport: WIDE, ...options })
    const page = await context.newPage()
    const faults = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto(`${program.url}/${route}`)
    await settled(page)
    return { page, faults, byId: (id) => page.getByTestId(id) }
  }

  async function settled(page) {
    await page.waitForSelector('body[data-ready="true"]')
    await page.waitForSelector('#view[aria-busy="false"]')
  }

  async function signUp(tools, email) {
    await tools.page.goto(`${program.url}/#/sign-up`)
    await settled(tools.page)
    await tools.byId('email').fill(email)
    await tools.byId('password').fill('correct horse battery')
    await tools.byId('submit').click()
    await tools.page.waitForSelector('body[data-signed-in="true"]')
    await settled(tools.page)
  }

  it('shows the sixty questions to a visitor and finds one', async () => {
    const { page, faults, byId } = await open('#/questions')
    assert.equal(await byId('question-row').count(), 60)
    await byId('search-input').fill('hashing')
    await page.waitForFunction(
      () => document.querySelectorAll('[data-testid="question-row"]').length < 20,
    )
    assert.ok(await page.locator('[data-testid="question-row"][data-number="47"]').count())
    await page.screenshot({ path: path.join(pictures, 'search.png') })
    assert.deepEqual(faults, [])
  })

  it('opens a question by its address, short answer and full', async () => {
    const { page, byId } = await open('#/questions/12')
    assert.match(await byId('short-answer').innerText(), /\w{3}/)
    assert.match(await byId('full-answer').innerText(), /\w{3}/)
    await page.screenshot({ path: path.join(pictures, 'question.png') })
  })

  it('lets a learner sign up, grade a card, bookmark, and keeps it all', async () => {
    const tools = await open()
    const { page, byId, faults } = tools
    await signUp(tools, 'ada@example.com')

    await page.goto(`${program.url}/#/questions/3`)
    await settled(page)
    await byId('bookmark-button').first().click()
    await page.waitForSelector('[data-testid="bookmark-button"][aria-pressed="true"]')

    await page.goto(`${program.url}/#/cards/run?deck=new&size=2`)
    await settled(page)
    for (let card = 0; card < 2; card++) {
      await page.keyboard.press('Space')
      await page.waitForSelector('[data-testid="flash-card"].flipped')
      await page.keyboard.press('3')
      if (card === 0) await page.waitForSelector('[data-testid="flash-card"]:not(.flipped)')
    }
    await byId('session-summary').waitFor()

    await page.reload()
    await settled(page)
    await page.goto(`${program.url}/#/progress`)
    await settled(page)
    await byId('chart-categories').waitFor()
    await byId('chart-days').waitFor()
    await page.screenshot({ path: path.join(pictures, 'progress.png'), fullPage: true })

    await page.goto(`${program.url}/#/questions/3`)
    await settled(page)
    await page.waitForSelector('[data-testid="bookmark-button"][aria-pressed="true"]')
    assert.deepEqual(faults, [])
  })

  it('puts on the leader board who wants to be there', async () => {
    const tools = await open()
    await signUp(tools, 'grace@example.com')
    await tools.page.goto(`${program.url}/#/account`)
    await settled(tools.page)
    await tools.byId('display_name').fill('Grace')
    await tools.byId('on_leader_board').check()
    await tools.byId('profile-form').locator('[type="submit"]').click()
    await tools.byId('toast').first().waitFor()
    await tools.page.goto(`${program.url}/#/questions/5`)
    await settled(tools.page)
    await tools.byId('mark-known').click()
    await tools.byId('mark-unknown').waitFor()

    const visitor = await open('#/board')
    await visitor.byId('board-row').first().waitFor()
    assert.match(await visitor.byId('board-row').first().innerText(), /Grace/)
    await visitor.page.screenshot({ path: path.join(pictures, 'board.png') })
  })

  it('says plainly that a password is wrong', async () => {
    const tools = await open('#/sign-in')
    await tools.byId('email').fill('ada@example.com')
    await tools.byId('password').fill('not the password')
    await tools.byId('submit').click()
    await tools.byId('form-error').waitFor()
    assert.match(await tools.byId('form-error').innerText(), /password/i)
  })

  it('gives a lost password back by the link in the mail', async () => {
    const email = 'forgetful@example.com'
    await signUp(await open(), email)
    const tools = await open('#/forgot')
    await tools.byId('email').fill(email)
    await tools.byId('submit').click()
    await tools.byId('link-sent').waitFor()
    const [mail] = await program.inbox(email)
    await tools.page.goto(/http:\/\/\S+\/verify\?\S+/.exec(mail.text)[0])
    await tools.byId('new-password-form').waitFor()
    await tools.byId('password').fill('battery staple horse')
    await tools.byId('submit').click()
    await tools.byId('toast').first().waitFor()
    const again = await open('#/sign-in')
    await again.byId('email').fill(email)
    await again.byId('password').fill('battery staple horse')
    await again.byId('submit').click()
    await again.page.waitForSelector('body[data-signed-in="true"]')
    assert.deepEqual(tools.faults, [])
  })

  it('fits a phone, dark and light', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page } = await open('', { viewport: NARROW, colorScheme })
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.ok(overflow <= 0, `wider than the screen by ${overflow} px`)
      await page.screenshot({ path: path.join(pictures, `phone-${colorScheme}.png`) })
    }
  })
})

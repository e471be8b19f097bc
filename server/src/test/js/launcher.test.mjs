// The launcher's cache of classes: used where it fits, harmless where it does not, made anew behind the scenes.
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { execFile, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { ashlar, freePort, home } from './program.mjs'

const run = promisify(execFile)
const TRAINING_LIMIT_MS = 600_000

describe('the cache of classes', () => {
  let folder, copy, app, cache, purpose

  /** Runs a command of the copy; how many of our classes came from the cache. */
  async function classesFromCache() {
    const log = path.join(folder, 'classes.log')
    rmSync(log, { force: true })
    const env = { ...process.env, ASHLAR_JAVA_OPTS: `-Xlog:class+load:file=${log}` }
    const { stdout, stderr } = await run(path.join(copy, 'ashlar'), ['version'], { env })
    assert.match(stdout, /^ashlar \d/)
    assert.equal(stderr, '')
    return readFileSync(log, 'utf8').match(/ dev\.ashlar\.\S+ source: shared objects file/g)?.length ?? 0
  }

  before(async () => {
    await ashlar(['version'])
    folder = mkdtempSync(path.join(tmpdir(), 'ashlar-launcher-'))
    copy = path.join(folder, 'home')
    const runs = 'server/target/run'
    const name = readFileSync(path.join(home, runs, 'stamp'), 'utf8').trim()
    app = path.join(copy, runs, name)
    mkdirSync(path.join(copy, runs), { recursive: true })
    cpSync(path.join(home, 'ashlar'), path.join(copy, 'ashlar'))
    cpSync(path.join(home, runs, 'stamp'), path.join(copy, runs, 'stamp'))
    cpSync(path.join(home, runs, name), app, { recursive: true, preserveTimestamps: true })
    cache = path.join(app, 'ashlar.aot')
    purpose = path.join(app, 'ashlar.aot.for')
    // As if it had been built there.
    writeFileSync(purpose, readFileSync(purpose, 'utf8').replaceAll(home, copy))
  })

  after(() => folder && rmSync(folder, { recursive: true, force: true }))

  it('is used', async () => {
    assert.ok((await classesFromCache()) > 100)
  })

  it('that is cut short, damaged or empty is ignored without a word', async () => {
    const whole = readFileSync(cache)
    for (const bytes of [whole.subarray(0, whole.length / 2), Buffer.from('no cache'), Buffer.alloc(0)]) {
      writeFileSync(cache, bytes)
      assert.equal(await classesFromCache(), 0)
    }
    writeFileSync(cache, whole)
    assert.ok((await classesFromCache()) > 100)
  })

  it('made for something else is not used, and made anew while the program serves', async () => {
    writeFileSync(purpose, 'another JDK')
    const made = statSync(cache).mtimeMs
    assert.equal(await classesFromCache(), 0)
    const data = path.join(folder, 'data')
    const port = await freePort()
    const child = spawn(path.join(copy, 'ashlar'), ['serve', '--port', String(port), '--data', data], {
      cwd: folder,
      env: { ...process.env, ASHLAR_TRAIN_AFTER: '0' },
      stdio: 'ignore',
    })
    const exited = new Promise((resolve) => child.on('exit', resolve))
    try {
      const end = Date.now() + TRAINING_LIMIT_MS
      while (!(existsSync(purpose) && readFileSync(purpose, 'utf8') !== 'another JDK')) {
        assert.ok(Date.now() < end, 'no cache was made')
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    } finally {
      child.kill('SIGTERM')
      await exited
    }
    assert.ok(existsSync(cache), readFileSync(path.join(app, 'train.log'), 'utf8'))
    assert.ok(statSync(cache).mtimeMs > made)
    assert.ok((await classesFromCache()) > 100)
  })
})

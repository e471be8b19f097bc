// Starts and stops the program as a user would, each time on a free port and a data directory of its own.
import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..')
export const launcher = path.join(home, 'ashlar')

/** How long a start may take: the first one on a machine also unpacks PostgreSQL. */
const START_LIMIT_MS = 120_000

export async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A new directory for data, removed by the returned function. */
export async function dataDirectory() {
  const directory = await mkdtemp(path.join(tmpdir(), 'ashlar-js-'))
  return { data: path.join(directory, 'data'), remove: () => rm(directory, { recursive: true, force: true }) }
}

/** A project of the user's beside the data, with one migration; the folder to run in. */
export async function projectWith(directory, migration) {
  const project = path.join(path.dirname(directory.data), 'project')
  await mkdir(path.join(project, 'migrations'), { recursive: true })
  await writeFile(path.join(project, 'migrations/20260101000000_notes.sql'), migration)
  return project
}

/** Runs a command to its end; never throws, the exit code is in the answer. */
export async function ashlar(args, options = {}) {
  try {
    const { stdout, stderr } = await run(launcher, args, { maxBuffer: 1 << 24, ...options })
    return { code: 0, stdout, stderr }
  } catch (error) {
    return { code: error.code, stdout: error.stdout ?? '', stderr: error.stderr ?? String(error) }
  }
}

/** The two API keys of a data directory. */
export async function keys(data, env = process.env) {
  const { stdout } = await ashlar(['keys', '--data', data], { env })
  const read = (name) => new RegExp(`^${name}=(.+)$`, 'm').exec(stdout)?.[1]
  return { anon: read('ASHLAR_ANON_KEY'), service: read('ASHLAR_SERVICE_ROLE_KEY') }
}

/** Starts `ashlar serve` and waits for /readyz. */
export async function serve({ data, args = [], env = {}, cwd = home }) {
  const port = await freePort()
  const child = spawn(launcher, ['serve', '--port', String(port), '--data', data, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = []
  child.stdout.on('data', (chunk) => output.push(chunk))
  child.stderr.on('data', (chunk) => output.push(chunk))
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })))
  const url = `http://127.0.0.1:${port}`
  const text = () => Buffer.concat(output).toString('utf8')
  await ready(url, exited, text)
  return {
    url,
    port,
    pid: child.pid,
    exited,
    text,
    /** What would have been sent to the address, newest first: read as the start says, with its key. */
    async inbox(to) {
      const answer = await fetch(`${url}${await inboxPath(text)}&format=json&to=${encodeURIComponent(to)}`)
      return (await answer.json()).messages
    },
    /** Path and key of the inbox page. */
    inboxPath: () => inboxPath(text),
    /** Ends it with the signal and tells how it ended. */
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return exited
    },
  }
}

/** It is printed a moment after the server answers. */
async function inboxPath(text) {
  for (let i = 0; i < 50; i++) {
    const printed = /^ {2}Inbox +http:\/\/[^/]+(\S+)$/m.exec(text())
    if (printed) return printed[1]
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no inbox was printed:\n${text()}`)
}

async function ready(url, exited, text) {
  const deadline = Date.now() + START_LIMIT_MS
  let ended = null
  exited.then((how) => (ended = how))
  while (Date.now() < deadline) {
    if (ended) throw new Error(`the program ended with ${JSON.stringify(ended)}:\n${text()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`not ready after ${START_LIMIT_MS} ms:\n${text()}`)
}

// The program as its operator meets it: start, keys, stop, crashes of either process, wrong uses.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ashlar, dataDirectory, home, keys, projectWith, serve } from './program.mjs'

const REVIVAL_LIMIT_MS = 60_000

const migration = `
create table public.notes (id bigint generated always as identity primary key, body text not null);
create policy "everybody" on public.notes for all using (true) with check (true);
grant select, insert on public.notes to anon;
`

describe('the started program', () => {
  let directory, program, project, anon

  /** Starts on the same data again. */
  const start = () => serve({ data: directory.data, cwd: project })

  const insert = (body) =>
    fetch(`${program.url}/rest/v1/notes`, {
      method: 'POST',
      headers: { apikey: anon, 'content-type': 'application/json' },
      body: JSON.stringify({ body }),
    })

  const notes = async () => {
    const answer = await fetch(`${program.url}/rest/v1/notes?select=body&order=id&limit=1000`, { headers: { apikey: anon } })
    return (await answer.json()).map((note) => note.body)
  }

  before(async () => {
    directory = await dataDirectory()
    project = await projectWith(directory, migration)
    program = await start()
    anon = (await keys(directory.data)).anon
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
  })

  it('says where things are in under a screen', async () => {
    const banner = program.text()
    assert.match(banner, /is ready after/)
    assert.ok(banner.includes(`http://localhost:${program.port}/rest/v1`))
    assert.ok(banner.includes(anon))
    assert.ok(banner.split('\n').length < 30, banner)
    const { service } = await keys(directory.data)
    assert.ok(service && !banner.includes(service), 'the secret key is not in the banner')
  })

  it('answers at its paths', async () => {
    const index = await (await fetch(program.url)).json()
    assert.equal(index.name, 'ashlar')
    assert.equal((await fetch(`${program.url}/healthz`)).status, 200)
    assert.equal((await fetch(`${program.url}/auth/v1/health`)).status, 200)
    assert.equal((await insert('first')).status, 201)
    assert.deepEqual(await notes(), ['first'])
    const nowhere = await fetch(`${program.url}/nowhere`)
    assert.equal(nowhere.status, 404)
    assert.ok(nowhere.headers.get('x-request-id'))
  })

  it('prints the keys and nothing beside', async () => {
    const { code, stdout } = await ashlar(['keys', '--data', directory.data])
    assert.equal(code, 0)
    assert.match(stdout, /^ASHLAR_ANON_KEY=\S+\nASHLAR_SERVICE_ROLE_KEY=\S+\n$/)
  })

  it('keeps its secrets to their owner, also in process lists', async () => {
    const file = path.join(directory.data, 'secrets.env')
    assert.equal((await stat(file)).mode & 0o077, 0)
    const passwords = (await readFile(file, 'utf8')).match(/(?<==)[\w-]{40,}/g)
    assert.ok(passwords.length >= 4)
    const processes = execFileSync('ps', ['-eww', '-o', 'args'], { encoding: 'utf8' })
    for (const password of passwords) assert.ok(!processes.includes(password))
  })

  it('refuses a second one on the same port, naming it', async () => {
    const other = await dataDirectory()
    const { code, stderr } = await ashlar(['serve', '--port', String(program.port), '--data', other.data])
    assert.equal(code, 1)
    assert.match(stderr, new RegExp(`Port ${program.port} .* in use`))
    assert.match(stderr, /--port \d+/)
    assert.ok(!existsSync(other.data), 'nothing was made')
    await other.remove()
  })

  it('refuses a second one on the same data', async () => {
    const { code, stderr } = await ashlar(['serve', '--port', '0', '--data', directory.data])
    assert.equal(code, 1)
    assert.match(stderr, /[Aa]nother Ashlar/)
    assert.equal((await fetch(`${program.url}/readyz`)).status, 200)
  })

  it('takes a migration beside the running server, and serves what it brought', async () => {
    await writeFile(
      path.join(project, 'migrations/20260101000001_tags.sql'),
      'create table public.tags (name text primary key);',
    )
    const status = await ashlar(['migrate', 'status', '--data', directory.data], { cwd: project })
    assert.match(status.stdout, /pending +20260101000001_tags\.sql/)
    const { code, stdout, stderr } = await ashlar(['migrate', 'up', '--data', directory.data], { cwd: project })
    assert.equal(code, 0, stderr)
    assert.match(stdout, /applied 20260101000001_tags\.sql/)
    const began = Date.now()
    let answer
    do {
      await new Promise((resolve) => setTimeout(resolve, 50))
      answer = await fetch(`${program.url}/rest/v1/tags`, { headers: { apikey: anon } })
    } while (answer.status === 404 && Date.now() - began < REVIVAL_LIMIT_MS)
    assert.equal(answer.status, 200)
    assert.equal(await answer.text(), '[]')
  })

  it('reads the schema anew on SIGHUP and lives', async () => {
    process.kill(program.pid, 'SIGHUP')
    await new Promise((resolve) => setTimeout(resolve, 500))
    assert.equal((await fetch(`${program.url}/readyz`)).status, 200)
  })

  it('starts PostgreSQL again when that dies', async () => {
    process.kill(await postgres(directory.data), 'SIGKILL')
    const began = Date.now()
    let seen = []
    do {
      await new Promise((resolve) => setTimeout(resolve, 100))
      seen.push((await fetch(`${program.url}/readyz`)).status)
    } while ((seen.at(-1) !== 200 || !seen.includes(503)) && Date.now() - began < REVIVAL_LIMIT_MS)
    assert.ok(seen.includes(503), 'it says that it is not ready')
    assert.equal(seen.at(-1), 200)
    assert.deepEqual(await notes(), ['first'])
  })

  it('stops on SIGTERM with status 0, and PostgreSQL with it', async () => {
    const pid = await postgres(directory.data)
    const { code } = await program.stop('SIGTERM')
    assert.equal(code, 0)
    assert.ok(!isRunning(pid))
  })

  it('stops on SIGINT with status 0, after a start without a build', async () => {
    program = await start()
    assert.match(program.text(), /is ready after/)
    assert.doesNotMatch(program.text(), /Building Ashlar|Unpacking|Applied/)
    assert.equal((await program.stop('SIGINT')).code, 0)
  })

  it('loses no acknowledged row when it is killed in the middle of writes', async () => {
    program = await start()
    const acknowledged = []
    const writer = async (name) => {
      for (let i = 0; i < 200; i++) {
        const body = `${name}-${i}`
        const answer = await insert(body).catch(() => null)
        if (answer?.status !== 201) return
        acknowledged.push(body)
      }
    }
    const writers = Promise.all(['a', 'b', 'c', 'd'].map(writer))
    while (acknowledged.length < 40) await new Promise((resolve) => setTimeout(resolve, 5))
    process.kill(program.pid, 'SIGKILL')
    await program.exited
    await writers
    program = await start()
    const kept = new Set(await notes())
    for (const body of acknowledged) assert.ok(kept.has(body), `${body} was acknowledged and is gone`)
    assert.ok(acknowledged.length < 800, 'the kill came in the middle')
  })

  it('recovers when both processes were killed', async () => {
    const pid = await postgres(directory.data)
    process.kill(program.pid, 'SIGKILL')
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
    await program.exited
    program = await start()
    assert.ok((await notes()).includes('first'))
  })
})

describe('wrong uses', () => {
  it('an unknown command suggests the nearest', async () => {
    const { code, stderr } = await ashlar(['sreve'])
    assert.equal(code, 2)
    assert.match(stderr, /serve/)
  })

  it('an unknown option is not understood', async () => {
    const { code, stderr } = await ashlar(['serve', '--prot', '1'])
    assert.equal(code, 2)
    assert.match(stderr, /--prot/)
    assert.match(stderr, /--port/)
  })

  it('an unknown setting stops the start and suggests the nearest', async () => {
    const { code, stderr } = await ashlar(['serve'], { env: { ...process.env, ASHLAR_REST_MAX_ROW: '5' } })
    assert.equal(code, 1)
    assert.match(stderr, /ASHLAR_REST_MAX_ROWS/)
  })

  it('a secret as an argument is refused, with a better place', async () => {
    const { code, stderr } = await ashlar(['serve', '--set', 'auth.jwt-secret=for-everybody-to-read-in-process-lists'])
    assert.equal(code, 1)
    assert.match(stderr, /ASHLAR_AUTH_JWT_SECRET/)
    assert.ok(!stderr.includes('for-everybody'), stderr)
  })

  it('an unknown key in the file is named with its line', async () => {
    const directory = await dataDirectory()
    const file = path.join(path.dirname(directory.data), 'ashlar.yaml')
    await writeFile(file, 'rest:\n  max-rows: 5\n  max-row: 6\n')
    const { code, stderr } = await ashlar(['config', '--config', file])
    assert.equal(code, 1)
    assert.match(stderr, /ashlar\.yaml:3: .*rest\.max-row.*rest\.max-rows/)
    await directory.remove()
  })

  it('an unknown example lists the known ones', async () => {
    const { code, stderr } = await ashlar(['serve', '--example', 'interview-trainee'])
    assert.equal(code, 1)
    assert.match(stderr, /interview-trainer/)
  })

  it('a migration that fails names file and line, and leaves nothing', async () => {
    const directory = await dataDirectory()
    const project = path.join(path.dirname(directory.data), 'project')
    await mkdir(path.join(project, 'migrations'), { recursive: true })
    await writeFile(
      path.join(project, 'migrations/20260101000000_bad.sql'),
      'create table public.half (id int);\n\nselect nonsense from public.half;\n',
    )
    const { code, stderr } = await ashlar(['migrate', 'up', '--data', directory.data], { cwd: project })
    assert.equal(code, 1)
    assert.match(stderr, /20260101000000_bad\.sql, line 3/)
    assert.match(stderr, /nonsense/)
    await directory.remove()
  })

  it('no JDK: says what to install', async () => {
    const { code, stderr } = await ashlar(['version'], { env: { ...process.env, ASHLAR_JAVA_HOME: '/nonexistent' } })
    assert.equal(code, 1)
    assert.match(stderr, /not a JDK 25/)
  })
})

describe('commands', () => {
  it('help lists them and explains each', async () => {
    const { code, stdout } = await ashlar(['help'])
    assert.equal(code, 0)
    for (const command of ['serve', 'migrate', 'keys', 'config', 'test', 'check', 'version']) {
      assert.match(stdout, new RegExp(`^ +${command} `, 'm'))
      const explained = await ashlar([command, '--help'])
      assert.equal(explained.code, 0, command)
      assert.match(explained.stdout, /Usage: ashlar/)
    }
    assert.match((await ashlar(['--version'])).stdout, /^ashlar \d/)
  })

  it('migrate new makes a project of an empty folder', async () => {
    const directory = await dataDirectory()
    const project = path.dirname(directory.data)
    const { code, stdout } = await ashlar(['migrate', 'new', 'add profiles'], { cwd: project })
    assert.equal(code, 0)
    assert.match(stdout, /\d{14}_add_profiles\.sql/)
    assert.equal((await readdir(path.join(project, 'migrations'))).length, 1)
    await directory.remove()
  })

  it('config prints values and origins, and no secret', async () => {
    const { stdout } = await ashlar(['config', '--set', 'rest.max-rows=7'], {
      cwd: home,
      env: { ...process.env, PORT: '8111', ASHLAR_JWT_SECRET: 'a-secret-of-enough-bytes-for-hs256-yes' },
    })
    assert.match(stdout, /^rest\.max-rows: 7 +# flag --rest\.max-rows$/m)
    assert.match(stdout, /^http\.port: 8111 +# environment PORT$/m)
    assert.match(stdout, /^auth\.jwt-secret: \*+ +# environment ASHLAR_JWT_SECRET$/m)
    assert.doesNotMatch(stdout, /a-secret-of/)
  })
})

/** The process of the embedded server of a data directory. */
async function postgres(data) {
  return Number((await readFile(path.join(data, 'postgres/pgdata/postmaster.pid'), 'utf8')).split('\n')[0])
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

// A mail server that speaks STARTTLS and wants a login (npm's smtp-server), with a certificate of its own.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { freePort } from './program.mjs'

const STORE = 'for-tests'

/** The JDK that runs the program makes certificates too. */
function keytool(args) {
  const home = process.env.ASHLAR_JAVA_HOME ?? process.env.JAVA_HOME
  execFileSync(home ? path.join(home, 'bin/keytool') : 'keytool', args, { stdio: 'ignore' })
}

export async function mailServer({ user, password }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ashlar-smtp-'))
  const store = path.join(folder, 'server.p12')
  const authorities = path.join(folder, 'server.pem')
  const common = ['-alias', 'mail', '-keystore', store, '-storepass', STORE]
  keytool(['-genkeypair', ...common, '-storetype', 'PKCS12', '-keyalg', 'EC', '-dname', 'CN=localhost',
    '-ext', 'san=dns:localhost', '-validity', '2'])
  keytool(['-exportcert', ...common, '-rfc', '-file', authorities])
  const received = []
  const server = new SMTPServer({
    pfx: readFileSync(store),
    passphrase: STORE,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth(login, session, done) {
      const good = session.secure && login.username === user && login.password === password
      done(good ? null : new Error('no such login'), { user })
    },
    onData(stream, session, done) {
      const chunks = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map((recipient) => recipient.address),
          secure: session.secure,
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
  const port = await freePort()
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    authorities,
    received,
    /** The newest mail to the address, once it has come. */
    async mail(to) {
      const deadline = Date.now() + 15_000
      while (Date.now() < deadline) {
        const found = received.findLast((mail) => mail.to.includes(to))
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`no mail to ${to}`)
    },
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

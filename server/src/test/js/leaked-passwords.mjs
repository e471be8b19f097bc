// Makes server/src/main/resources/dev/ashlar/auth/password/leaked-passwords.bin from the list of @zxcvbn-ts/language-common
// (MIT): `npm pack @zxcvbn-ts/language-common`, unpack it, then `node leaked-passwords.mjs package/src/passwords.json`.
// The file is a sorted row of the first six bytes of SHA-256 of each password in lower case.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SHORTEST = 6
const list = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const prefixes = new Set(
  list
    .map((password) => password.toLowerCase())
    .filter((password) => password.length >= SHORTEST)
    .map((password) => createHash('sha256').update(password).digest('hex').slice(0, 12)),
)
const target = new URL('../../main/resources/dev/ashlar/auth/password/leaked-passwords.bin', import.meta.url)
writeFileSync(fileURLToPath(target), Buffer.from([...prefixes].sort().join(''), 'hex'))
console.log(`${prefixes.size} passwords`)

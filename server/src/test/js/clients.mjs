// supabase-js as its users set it up, for the tests that drive the program with it.
import assert from 'node:assert/strict'
import { createClient } from '@supabase/supabase-js'

/** The data of an answer that must have succeeded. */
export function ok({ data, error }) {
  assert.equal(error, null, error && JSON.stringify(error))
  return data
}

/** A client that keeps nothing beyond itself, as on a server. */
export function serverClient(url, key) {
  return createClient(url, key, { auth: { persistSession: false, autoRefreshToken: false } })
}

/** A client as in a browser, which keeps its session and the verifier of PKCE; here a map does. */
export function browserClient(url, key, flowType = 'implicit') {
  const kept = new Map()
  const storage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
  return createClient(url, key, {
    auth: { flowType, storage, persistSession: true, autoRefreshToken: false, detectSessionInUrl: false },
  })
}

/** The claims of a token, unverified. */
export const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())

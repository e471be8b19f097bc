// The data API through postgrest-js, method by method: the last test fails for a method that no other one called.
import assert from 'node:assert/strict'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import * as library from '@supabase/postgrest-js'
import { dataDirectory, keys, serve } from './program.mjs'

const PROJECT = path.join(path.dirname(fileURLToPath(import.meta.url)), 'harbour')
const SETTINGS = {
  ASHLAR_REST_SCHEMAS: 'public,archive',
  ASHLAR_REST_TX_END: 'commit-allow-override',
  ASHLAR_REST_PLAN: 'true',
}

/** Of the library itself: no caller uses them. */
const INTERNAL = ['constructor', 'decorateFetch', 'cloneRequestState', 'processResponse']
const called = new Set()
const methods = Object.values(library)
  .filter((type) => typeof type === 'function' && type.name !== 'PostgrestError')
  .flatMap((type) => watched(type))

/** The names of a class's methods; calls of them are noted from now on. */
function watched(type) {
  return Object.getOwnPropertyNames(type.prototype)
    .filter((name) => typeof type.prototype[name] === 'function' && !INTERNAL.includes(name))
    .map((name) => {
      const method = type.prototype[name]
      const known = `${type.name}.${name}`
      type.prototype[name] = function (...args) {
        called.add(known)
        return method.apply(this, args)
      }
      return known
    })
}

/** The data of an answer that must have succeeded. */
function ok({ data, error }) {
  assert.equal(error, null, error && JSON.stringify(error))
  return data
}

describe('the data API with postgrest-js', () => {
  let directory, program, db, url, headers

  before(async () => {
    directory = await dataDirectory()
    program = await serve({ data: directory.data, env: SETTINGS, cwd: PROJECT })
    const { service } = await keys(directory.data)
    url = `${program.url}/rest/v1`
    headers = { apikey: service, Authorization: `Bearer ${service}` }
    db = new library.PostgrestClient(url, { headers })
  })

  after(async () => {
    await program?.stop()
    await directory?.remove()
  })

  const ships = () => db.from('ship').select('id')
  const ids = async (query) => ok(await query.order('id')).map((row) => row.id)
  const ledger = () => db.from('ledger')

  describe('reading', () => {
    it('selects columns, all, renamed, cast and from inside JSON', async () => {
      const all = ok(await db.from('port').select().order('id'))
      assert.deepEqual(all[0], { id: 1, name: 'Antwerp', country: 'BE' })
      const some = ok(await db.from('ship').select('called:name, tonnage::text, papers->owner->>name').eq('id', 1).single())
      assert.deepEqual(some, { called: 'Albatross', tonnage: '1200', name: 'Ada' })
    })

    it('counts, also with no rows asked for', async () => {
      const read = await db.from('ship').select('id', { count: 'exact' }).gt('tonnage', 100)
      assert.equal(read.count, 3)
      const head = await db.from('ship').select('*', { count: 'exact', head: true })
      assert.deepEqual([head.count, head.data, head.status], [4, null, 200])
      for (const count of ['planned', 'estimated']) {
        assert.equal(typeof (await db.from('ship').select('*', { count, head: true })).count, 'number')
      }
    })

    it('embeds: to one, to many, inner, spread, aggregated', async () => {
      const ship = ok(await db.from('ship').select('name, port(name), voyage(goods)').eq('id', 2).single())
      assert.deepEqual(ship, { name: 'Bittern', port: { name: 'Antwerp' }, voyage: [{ goods: 'coal' }] })
      assert.deepEqual(await ids(db.from('ship').select('id, port!inner()').eq('port.country', 'NO')), [3])
      assert.deepEqual(ok(await db.from('ship').select('id, ...port(country)').eq('id', 3)), [{ id: 3, country: 'NO' }])
      const days = ok(await db.from('ship').select('id, voyage(days.sum())').eq('id', 1).single())
      assert.deepEqual(days, { id: 1, voyage: [{ sum: 15 }] })
    })

    it('orders, limits and pages, also in an embed', async () => {
      const names = ok(await db.from('ship').select('id').order('launched', { ascending: false, nullsFirst: false }))
      assert.deepEqual(names.map((row) => row.id), [3, 1, 2, 4])
      const first = ok(await ships().order('launched', { nullsFirst: true }).limit(1))
      assert.deepEqual(first, [{ id: 4 }])
      const page = await db.from('ship').select('id', { count: 'exact' }).order('id').range(1, 2)
      assert.deepEqual([page.data, page.status, page.count], [[{ id: 2 }, { id: 3 }], 206, 4])
      const port = await db
        .from('port')
        .select('ship(id)')
        .eq('id', 1)
        .order('id', { referencedTable: 'ship', ascending: false })
        .limit(1, { referencedTable: 'ship' })
        .single()
      assert.deepEqual(ok(port), { ship: [{ id: 2 }] })
      const second = await db.from('port').select('ship(id)').eq('id', 1).range(1, 1, { referencedTable: 'ship' }).single()
      assert.equal(ok(second).ship.length, 1)
      const byPort = ok(await ships().select('id, port!inner()').order('port(name)', { ascending: false }).order('id'))
      assert.deepEqual(byPort.map((row) => row.id), [3, 1, 2])
    })

    it('insists on one row, or on one at most', async () => {
      assert.deepEqual(ok(await ships().eq('id', 1).single()), { id: 1 })
      assert.equal((await ships().single()).error.code, 'PGRST116')
      assert.equal(ok(await ships().eq('id', 99).maybeSingle()), null)
      assert.deepEqual(ok(await ships().eq('id', 1).maybeSingle()), { id: 1 })
      assert.equal((await ships().maybeSingle()).error.code, 'PGRST116')
    })

    it('reads another schema', async () => {
      assert.deepEqual(ok(await db.schema('archive').from('wreck').select('name')), [{ name: 'Vasa' }])
      assert.equal(ok(await db.schema('archive').rpc('count_wrecks')), 1)
      assert.equal((await db.schema('pg_catalog').from('pg_class').select()).error.code, 'PGRST106')
    })

    it('leaves types to the caller, and takes headers and a choice of retries', async () => {
      assert.deepEqual(ok(await ships().eq('id', 1).returns()), [{ id: 1 }])
      assert.deepEqual(ok(await ships().eq('id', 1).overrideTypes()), [{ id: 1 }])
      const page = await ships().order('id').setHeader('Range', '0-0').retry(false)
      assert.deepEqual(ok(page), [{ id: 1 }])
      const query = db.from('ship').select('id').eq('id', 1)
      assert.deepEqual(ok(await library.PostgrestBuilder.prototype.returns.call(query)), [{ id: 1 }])
    })

    it('gives up when told to', async () => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 100)
      const started = Date.now()
      const { error } = await db.rpc('nap', { seconds: 5 }).abortSignal(controller.signal)
      assert.match(error.message, /abort/i)
      assert.ok(Date.now() - started < 4000)
    })

    it('throws instead of telling when asked', async () => {
      assert.deepEqual((await ships().eq('id', 1).throwOnError()).data, [{ id: 1 }])
      await assert.rejects(async () => db.from('nothing').select().throwOnError(), { code: 'PGRST205' })
      const insert = db.from('nothing').insert({ id: 1 })
      await assert.rejects(async () => library.PostgrestTransformBuilder.prototype.throwOnError.call(insert), {
        code: 'PGRST205',
      })
      await assert.rejects(async () => library.PostgrestBuilder.prototype.throwOnError.call(db.rpc('nothing')), {
        code: 'PGRST202',
      })
    })
  })

  describe('filters', () => {
    const filters = {
      eq: [(q) => q.eq('name', 'Bittern'), [2]],
      neq: [(q) => q.neq('id', 1), [2, 3, 4]],
      gt: [(q) => q.gt('tonnage', 1200), [3]],
      gte: [(q) => q.gte('tonnage', 1200), [1, 3]],
      lt: [(q) => q.lt('tonnage', 800), [4]],
      lte: [(q) => q.lte('tonnage', 800), [2, 4]],
      like: [(q) => q.like('name', '%tt%'), [2]],
      likeAllOf: [(q) => q.likeAllOf('name', ['%o%', 'C%']), [3]],
      likeAnyOf: [(q) => q.likeAnyOf('name', ['A%', '%lin']), [1, 4]],
      ilike: [(q) => q.ilike('name', 'albat%'), [1]],
      ilikeAllOf: [(q) => q.ilikeAllOf('name', ['%O%', 'c%']), [3]],
      ilikeAnyOf: [(q) => q.ilikeAnyOf('name', ['a%', '%LIN']), [1, 4]],
      regexMatch: [(q) => q.regexMatch('name', '^[AB].*n$'), [2]],
      regexIMatch: [(q) => q.regexIMatch('name', '^[ab].*N$'), [2]],
      'is null': [(q) => q.is('port_id', null), [4]],
      'is true': [(q) => q.is('retired', true), [2]],
      isDistinct: [(q) => q.isDistinct('port_id', 1), [3, 4]],
      in: [(q) => q.in('name', ['Dunlin', 'Albatross', 'No, such (one)']), [1, 4]],
      notIn: [(q) => q.notIn('id', [1, 2]), [3, 4]],
      'contains, of an array': [(q) => q.contains('flags', ['fast']), [1, 3]],
      'contains, of a range': [(q) => q.contains('berths', '[2,3)'), [1]],
      'contains, of JSON': [(q) => q.contains('papers', { crew: 7 }), [2]],
      'containedBy, of an array': [(q) => q.containedBy('flags', ['old', 'slow']), [2, 4]],
      'containedBy, of a range': [(q) => q.containedBy('berths', '[5,40)'), [2, 3]],
      'containedBy, of JSON': [(q) => q.containedBy('papers', { crew: 1, more: 2 }), [4]],
      rangeGt: [(q) => q.rangeGt('berths', '[5,12)'), [3]],
      rangeGte: [(q) => q.rangeGte('berths', '[10,12)'), [2, 3]],
      rangeLt: [(q) => q.rangeLt('berths', '[20,25)'), [1, 2]],
      rangeLte: [(q) => q.rangeLte('berths', '[1,20)'), [1, 2]],
      rangeAdjacent: [(q) => q.rangeAdjacent('berths', '[20,21)'), [2]],
      'overlaps, of arrays': [(q) => q.overlaps('flags', ['old', 'slow']), [1, 2]],
      'overlaps, of ranges': [(q) => q.overlaps('berths', '[9,11)'), [1, 2]],
      textSearch: [(q) => q.textSearch('words', "'grain' & 'salt'", { config: 'english' }), [1]],
      'textSearch, plain': [(q) => q.textSearch('words', 'grain salt', { type: 'plain', config: 'english' }), [1]],
      'textSearch, phrase': [(q) => q.textSearch('words', 'grains and salt', { type: 'phrase', config: 'english' }), [1]],
      'textSearch, websearch': [(q) => q.textSearch('words', 'coal or grain', { type: 'websearch' }), [1, 2, 3]],
      match: [(q) => q.match({ port_id: 1, retired: true }), [2]],
      not: [(q) => q.not('name', 'like', '%o%'), [2, 4]],
      or: [(q) => q.or('id.eq.1,and(tonnage.gt.700,tonnage.lt.900)'), [1, 2]],
      'or, inside an embed': [
        (q) => q.select('id, voyage!inner()').or('goods.eq.salt,days.gt.15', { referencedTable: 'voyage' }),
        [1, 3],
      ],
      filter: [(q) => q.filter('papers->>crew', 'in', '("4","1")'), [1, 4]],
    }
    for (const [name, [narrow, expected]] of Object.entries(filters)) {
      it(name, async () => assert.deepEqual(await ids(narrow(ships())), expected))
    }
  })

  describe('writing', () => {
    it('inserts one and many, with defaults or nulls for what is missing', async () => {
      assert.equal((await ledger().insert({ ship: 'one' })).status, 201)
      const rows = ok(await ledger().insert([{ ship: 'two', amount: 2 }, { ship: 'three' }], { defaultToNull: false }).select())
      assert.deepEqual(rows.map((row) => [row.ship, row.entry, row.amount]), [
        ['two', 'blank', 2],
        ['three', 'blank', null],
      ])
      const mixed = ok(await ledger().insert([{ ship: 'four', entry: 'x' }, { ship: 'five' }]).select('ship, entry'))
      assert.deepEqual(mixed[1], { ship: 'five', entry: null })
      const { count } = await ledger().insert([{ ship: 'six' }, { ship: 'seven' }], { count: 'exact' })
      assert.equal(count, 2)
    })

    it('upserts by key, by other columns, or leaves what is there', async () => {
      const on = { onConflict: 'ship,entry' }
      ok(await ledger().upsert({ ship: 'up', entry: 'a', amount: 1 }, on))
      const changed = ok(await ledger().upsert({ ship: 'up', entry: 'a', amount: 2 }, { ...on, count: 'exact' }).select().single())
      assert.equal(changed.amount, 2)
      const left = await ledger().upsert({ ship: 'up', entry: 'a', amount: 3 }, { ...on, ignoreDuplicates: true }).select()
      assert.deepEqual(ok(left), [])
      const byKey = ok(await ledger().upsert({ id: changed.id, ship: 'up', entry: 'b' }).select('id, entry'))
      assert.deepEqual(byKey, [{ id: changed.id, entry: 'b' }])
      const filled = await ledger().upsert([{ ship: 'up2' }, { ship: 'up3', amount: 1 }], { ...on, defaultToNull: false }).select('entry')
      assert.deepEqual(ok(filled), [{ entry: 'blank' }, { entry: 'blank' }])
    })

    it('updates what the filters find', async () => {
      ok(await ledger().insert([{ ship: 'u1', entry: 'u' }, { ship: 'u2', entry: 'u' }]))
      const { count, status } = await ledger().update({ amount: 5 }, { count: 'exact' }).eq('entry', 'u')
      assert.deepEqual([count, status], [2, 204])
      const back = ok(await ledger().update({ amount: 6 }).eq('ship', 'u1').select('ship, amount'))
      assert.deepEqual(back, [{ ship: 'u1', amount: 6 }])
      assert.deepEqual(ok(await ledger().update({ amount: 7 }).eq('ship', 'nobody').select()), [])
    })

    it('deletes what the filters find', async () => {
      ok(await ledger().insert([{ ship: 'd1', entry: 'd' }, { ship: 'd2', entry: 'd' }]))
      const gone = ok(await ledger().delete().eq('ship', 'd1').select('ship'))
      assert.deepEqual(gone, [{ ship: 'd1' }])
      assert.equal((await ledger().delete({ count: 'exact' }).eq('entry', 'd')).count, 1)
    })

    it('changes nothing when more rows are found than allowed', async () => {
      ok(await ledger().insert([{ ship: 'm1', entry: 'm' }, { ship: 'm2', entry: 'm' }]))
      const refused = await ledger().update({ amount: 9 }).eq('entry', 'm').maxAffected(1)
      assert.equal(refused.error.code, 'PGRST124')
      assert.equal((await ledger().delete().eq('entry', 'm').maxAffected(1)).error.code, 'PGRST124')
      assert.equal(ok(await ledger().select().eq('entry', 'm').is('amount', null)).length, 2)
      ok(await ledger().delete().eq('entry', 'm').maxAffected(2))
      assert.equal((await db.rpc('set_amounts', { sum: 1 }).maxAffected(1)).error.code, 'PGRST124')
    })

    it('tries a write and takes it back', async () => {
      const tried = ok(await ledger().insert({ ship: 'tried' }).select('ship').rollback())
      assert.deepEqual(tried, [{ ship: 'tried' }])
      assert.deepEqual(ok(await ledger().select().eq('ship', 'tried')), [])
    })

    it('writes to another schema', async () => {
      const wrecks = db.schema('archive').from('wreck')
      assert.deepEqual(ok(await wrecks.insert({ id: 2, name: 'Mary' }).select()), [{ id: 2, name: 'Mary' }])
      ok(await db.schema('archive').from('wreck').delete().eq('id', 2))
    })
  })

  describe('functions', () => {
    it('calls them with arguments of any kind', async () => {
      assert.equal(ok(await db.rpc('add_up', { a: 1, b: 2 })), 3)
      assert.equal(ok(await db.rpc('sum_all', { n: [1, 2, 3] })), 6)
      assert.equal(ok(await db.rpc('sum_all', { n: [1, 2, 3] }, { get: true })), 6)
      assert.equal(ok(await db.rpc('add_up', { a: 1, b: 2 }, { get: true })), 3)
    })

    it('filters, orders, embeds and counts what they give', async () => {
      const rows = await db
        .rpc('ships_of', { port_name: 'Antwerp' }, { count: 'exact' })
        .select('id, voyage(goods)')
        .gt('tonnage', 1000)
      assert.deepEqual(ok(rows), [{ id: 1, voyage: [{ goods: 'grain' }, { goods: 'salt' }] }])
      assert.equal(rows.count, 1)
      const head = await db.rpc('ships_of', { port_name: 'Antwerp' }, { head: true, count: 'exact' })
      assert.deepEqual([head.count, head.data], [2, null])
      const last = db.rpc('ships_of', { port_name: 'Antwerp' }, { get: true }).order('id', { ascending: false }).limit(1)
      assert.equal(ok(await last.single()).id, 2)
    })

    it('keeps what a function writes, unless it was called for reading', async () => {
      const entry = ok(await db.rpc('enter', { ship_name: 'called', sum: 4 }).single())
      assert.equal(entry.amount, 4)
      assert.equal((await db.rpc('enter', { ship_name: 'got', sum: 4 }, { get: true })).error.code, '25006')
      assert.deepEqual(ok(await ledger().select('ship').in('ship', ['called', 'got'])), [{ ship: 'called' }])
    })
  })

  describe('other forms of an answer', () => {
    it('comma-separated values', async () => {
      const text = ok(await db.from('port').select('id, name').order('id').csv())
      assert.equal(text, 'id,name\n1,Antwerp\n2,Bergen')
    })

    it('no key for what is null', async () => {
      const dunlin = ok(await db.from('ship').select('id, port_id, launched').eq('id', 4).stripNulls())
      assert.deepEqual(dunlin, [{ id: 4 }])
    })

    it('how a request would be run', async () => {
      assert.match(ok(await db.from('ship').select().eq('id', 1).explain()), /cost=/)
      const plan = ok(await db.from('ship').select().explain({ format: 'json', analyze: true, verbose: true, buffers: true }))
      assert.ok(plan[0].Plan['Actual Rows'] >= 0)
      assert.match(ok(await db.from('ship').select().explain({ analyze: true, wal: true, settings: true })), /actual/)
    })

    it('GeoJSON is refused as the caller asked for what is not installed', async () => {
      const { error, status } = await db.from('ship').select().geojson()
      assert.ok(status >= 400 && status < 500, JSON.stringify(error))
    })

    it('a description of it all', async () => {
      const spec = ok(await db.getOpenApiSpec())
      assert.ok(spec.paths['/ship'] && spec.paths['/rpc/add_up'])
    })
  })

  it('every method of the library was called', () => {
    assert.deepEqual(methods.filter((method) => !called.has(method)), [])
  })
})

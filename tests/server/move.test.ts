import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { runToEnd, startApp } from '../support/server.ts'
import { look } from '../support/stored-log.ts'

let root = ''
let data = ''
let postgres: TestPostgres

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stafett-move-'))
  data = join(root, 'data')
  postgres = await startPostgres()
  const app = await startApp({ dataDir: data })
  await app.signIn('maren')
  await app.stop()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(root, { recursive: true, force: true })
})

const ask = (env: Record<string, string>, ...args: string[]) =>
  runToEnd({ DATA_DIR: data, NODE_COMPILE_CACHE: join(root, 'compiled'), ...env }, args)

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** How many rows each table holds. */
const inFolder = (dataDir: string) =>
  look(dataDir, (db) => {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
    return names.flatMap(({ name }) =>
      /^(sqlite|kysely)_/.test(String(name))
        ? []
        : [[String(name), Number(db.prepare(`SELECT count(*) AS n FROM ${String(name)}`).get()?.['n'])]],
    )
  })

test('everything moves from SQLite to PostgreSQL and back through a backup, verified at each place', async () => {
  const url = await postgres.createDatabase('moved')
  const moved = await ask({}, 'move', '--to', url)
  expect(moved).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
  expect(moved.output).not.toContain('hemmelig')
  expect(await ask({ DATABASE_URL: url }, 'verify')).toMatchObject({ end: 0 })

  const app = await startApp({ dataDir: data, config: { databaseUrl: url } })
  const cookie = await app.signIn('maren')
  const cases = await fetch(`${app.url}/api/cases`, { headers: { cookie } })
  expect(await cases.json()).toMatchObject({ cases: [{ id: 'logg-a' }] })
  const line = await fetch(`${app.url}/api/cases/logg-a/lines`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'line-after-move', text: 'Skrevet etter flyttingen.' }),
  })
  expect(line.status).toBe(200)
  const backup = join(root, 'backup')
  expect(await ask({ DATABASE_URL: url }, 'backup', '--to', backup)).toMatchObject({ end: 0 })
  expect(readdirSync(backup).sort()).toEqual(['manifest.json', 'municipality.json', 'stafett.db'])
  expect(JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')).database).toBe('postgresql')
  await app.stop()

  const back = join(root, 'back')
  const restored = await ask({}, 'restore', '--from', backup, '--data-dir', back)
  expect(restored).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
  const tables = Object.fromEntries(inFolder(data))
  expect(Object.fromEntries(inFolder(back))).toMatchObject({
    updates: (tables['updates'] ?? 0) + 1,
    client_claims: (tables['client_claims'] ?? 0) + 1,
    goals: tables['goals'],
    memberships: tables['memberships'],
  })

  const second = await postgres.createDatabase('restored')
  const env = { DATABASE_URL: second, DATA_DIR: join(root, 'again') }
  expect(await ask(env, 'restore', '--from', backup)).toMatchObject({
    end: 0,
    output: expect.stringContaining('all agree'),
  })
  expect(readdirSync(join(root, 'again'))).toEqual(['municipality.json'])
  const next = await inDatabase(second, (client) => client.query("SELECT nextval('updates_seq_seq') AS seq"))
  expect(Number(next.rows[0]?.seq)).toBeGreaterThan(1e12)
})

test('a move into a database that holds something is refused, and so is one from a folder in use', async () => {
  const url = await postgres.createDatabase('filled')
  await (await startApp({ dataDir: join(root, 'other'), config: { databaseUrl: url } })).stop()
  const refused = await ask({}, 'move', '--to', url)
  expect(refused).toMatchObject({ end: 1, output: expect.stringMatching(/There is something in .*\/filled/) })
  const running = await startApp({ dataDir: data })
  const busy = await ask({}, 'move', '--to', await postgres.createDatabase('empty'))
  expect(busy).toMatchObject({ end: 1, output: expect.stringMatching(/Another Stafett is running/) })
  await running.stop()
  expect((await ask({}, 'move', '--to', 'mysql://hemmelig@db')).output).toMatch(/^--to must be/)
})

test('a move that breaks off leaves the target empty, and can be made again', async () => {
  const url = await postgres.createDatabase('broken-off')
  // The target has the tables, but not the room: the last table's rows are refused.
  await (await startApp({ dataDir: join(root, 'shape'), config: { databaseUrl: url } })).stop()
  const tables = await inDatabase(url, async (client) => {
    const { rows } = await client.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'",
    )
    const names = rows.map(({ tablename }) => tablename)
    await client.query(`TRUNCATE ${names.join(', ')}`)
    await client.query('ALTER TABLE audit ADD CONSTRAINT no_room CHECK (seq < 20)')
    return names
  })
  const broken = await ask({}, 'move', '--to', url)
  expect(broken).toMatchObject({
    end: 1,
    output: expect.stringMatching(/The move broke off: .*no_room.*Nothing was moved/),
  })
  await inDatabase(url, async (client) => {
    for (const name of tables) expect((await client.query(`SELECT 1 FROM ${name} LIMIT 1`)).rowCount).toBe(0)
    await client.query('ALTER TABLE audit DROP CONSTRAINT no_room')
  })
  expect(await ask({}, 'move', '--to', url)).toMatchObject({ end: 0 })
})

test('what differs on PostgreSQL is named as it is on SQLite', async () => {
  const url = await postgres.createDatabase('tampered')
  expect((await ask({}, 'move', '--to', url)).end).toBe(0)
  await inDatabase(url, (client) => client.query("UPDATE updates SET author = 'tore' WHERE seq = 3"))
  const answer = await ask({ DATABASE_URL: url }, 'verify')
  expect(answer).toMatchObject({
    end: 1,
    output: expect.stringMatching(/^First difference: case\/.*, update 3: /),
  })
})

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { errorTable } from '../../shared/errors.ts'
import { until } from '../support/client.ts'
import { runToEnd, startProcess } from '../support/server.ts'

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 })

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stafett-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** One clear line on standard error and exit code 1. */
async function refuses(env: Record<string, string>, line: RegExp) {
  const { end, output } = await runToEnd({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error', ...env })
  expect(output).toMatch(line)
  expect(output.split('\n')).toHaveLength(1)
  expect(end).toBe(1)
}

test('a bad setting and production are one line each', async () => {
  await refuses({ PORT: 'http' }, /^PORT is "http"; it must be number/)
  await refuses({ STAFETT_MODE: 'production' }, /^STAFETT_MODE=production cannot start/)
})

test('an unknown argument is refused', async () => {
  const { end, output } = await runToEnd({}, ['--port', '80'])
  expect(output).toMatch(/^Unknown argument "80"\./)
  expect(end).toBe(1)
})

test('--help tells of every setting that the code reads, with its default', async () => {
  const { end, output } = await runToEnd({}, ['--help'])
  expect(end).toBe(0)
  for (const name of ['PORT', 'HOST', 'DATA_DIR', 'PUBLIC_URL', 'STAFETT_MODE', 'LOG_LEVEL']) {
    expect(output).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  }
  expect(output).toContain('3000 unless set')
})

test('a taken port', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  await refuses({ PORT: port }, new RegExp(`^Port ${port} is taken\\.`))
  await new Promise((resolve) => other.close(resolve))
})

test('a folder that cannot be made', async () => {
  writeFileSync(join(folder, 'file'), '')
  await refuses({ DATA_DIR: join(folder, 'file', 'data') }, /^The data folder .* cannot be written\./)
})

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written', async () => {
  const locked = join(folder, 'locked')
  mkdirSync(locked)
  chmodSync(locked, 0o500)
  await refuses({ DATA_DIR: locked }, /^The data folder .* cannot be written\./)
})

test('a damaged database', async () => {
  writeFileSync(join(folder, 'stafett.db'), 'This is no database.'.repeat(500))
  await refuses({}, /^The database .* is damaged or no database\./)
})

test('a database from a newer Stafett is left as it is', async () => {
  const server = await startProcess({ dataDir: folder })
  expect(await server.end()).toBe(0)
  const db = new DatabaseSync(join(folder, 'stafett.db'))
  const migrations = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%migration%'").all()
  expect(migrations.length).toBeGreaterThan(0)
  db.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)').run('9999-tomorrow', 'later')
  db.close()
  const before = readFileSync(join(folder, 'stafett.db'))
  await refuses({}, /newer/)
  expect(readFileSync(join(folder, 'stafett.db')).equals(before)).toBe(true)
})

test('a municipality.json that is wrong from the start, with its line', async () => {
  writeFileSync(join(folder, 'municipality.json'), '{\n  "name": "Fjordvik",\n  "services": 3\n}\n')
  await refuses({}, /municipality\.json cannot be used: line 3: services/)
})

test('two servers on one folder', async () => {
  const first = await startProcess({ dataDir: folder })
  await refuses({}, /^Another Stafett is running on the data folder/)
  expect(await first.end()).toBe(0)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s closes sockets with the reason and ends with 0',
  async (signal) => {
    const server = await startProcess({ dataDir: folder })
    const cookie = await server.signIn('maren')
    const events = new WebSocket(`ws://127.0.0.1:${server.port}/api/events`, { headers: { cookie } })
    await new Promise((resolve) => events.once('open', resolve))
    const closed = new Promise((resolve) => events.once('close', resolve))
    const started = performance.now()
    expect(await server.end(signal)).toBe(0)
    expect(performance.now() - started).toBeLessThan(8000)
    expect(await closed).toBe(errorTable.serverStopping.close)
    expect(server.output()).toContain('Stopped.')
  },
)

test('the second start is quick, changes nothing, and the rows can be derived again', async () => {
  const first = await startProcess({ dataDir: folder })
  const listOf = async (server: { url: string; signIn(person: string): Promise<string> }) => {
    const headers = { cookie: await server.signIn('maren') }
    const list = async () => (await fetch(`${server.url}/api/cases`, { headers })).text()
    // What is new is counted for the first who looks.
    await until('the news to be counted', async () => !(await list()).includes('"unread":null'))
    return list()
  }
  const before = await listOf(first)
  expect(await first.end()).toBe(0)
  const db = new DatabaseSync(join(folder, 'stafett.db'))
  db.exec('DELETE FROM goals; DELETE FROM service_lines; DELETE FROM log_texts')
  db.close()
  expect((await runToEnd({ DATA_DIR: folder }, ['--rebuild-projection'])).end).toBe(0)
  const second = await startProcess({ dataDir: folder })
  expect(second.output()).not.toContain('Writing the demo')
  expect(await listOf(second)).toBe(before)
  expect(await second.end()).toBe(0)
})

test('a first start that was cut short is finished by the next one, with nothing twice', async () => {
  const texts = () => {
    const db = new DatabaseSync(join(folder, 'stafett.db'))
    const rows = db.prepare('SELECT case_id, text FROM log_texts ORDER BY case_id').all()
    db.close()
    return rows
  }
  await (await startProcess({ dataDir: folder })).end()
  const whole = texts()
  const db = new DatabaseSync(join(folder, 'stafett.db'))
  // As if it had ended in the middle of the second log.
  db.exec(`DELETE FROM updates WHERE document = 'case/logg-b/shared' AND seq > (
    SELECT seq FROM updates WHERE document = 'case/logg-b/shared' ORDER BY seq LIMIT 1 OFFSET 3)`)
  db.exec("DELETE FROM checkpoints; DELETE FROM updates WHERE document = 'case/logg-c/shared'")
  db.exec("DELETE FROM memberships WHERE case_id = 'logg-c'; DELETE FROM cases WHERE id = 'logg-c'")
  db.exec("UPDATE cases SET status = 'draft' WHERE id = 'logg-b'")
  db.close()
  await (await startProcess({ dataDir: folder })).end()
  expect(texts()).toEqual(whole)
})

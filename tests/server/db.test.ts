import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Storage } from '../../server/db/open.ts'
import { StartError } from '../../server/start-error.ts'
import { storageSuite } from './storage-suite.ts'
import { entry, updateStoreSuite } from './update-store-suite.ts'

const log = pino({ level: 'silent' })
let root: string
let made = 0
const folders = new Map<Storage, string>()

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'stafett-db-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function openIn(dataDir: string) {
  const storage = await openDatabase({ dataDir, log })
  folders.set(storage, dataDir)
  return storage
}
const open = () => openIn(join(root, `data-${++made}`))

storageSuite('sqlite', open)
updateStoreSuite('sqlite', open, async (old) => {
  await old.close()
  return openIn(folders.get(old) ?? '')
})

test('what somebody writes does not wait for rows that were there first', async () => {
  const storage = await open()
  const done: string[] = []
  const rows = Array.from({ length: 200 }, async (_, at) => {
    // Long enough that the last are not written before the edit is even asked for.
    const row = { case_id: 'x', document: `${at}`, seq: 1, text: 'x'.repeat(200_000) }
    await storage.inOneGo([storage.rows.insertInto('log_texts').values(row)])
    done.push('rows')
  })
  const edit = storage.updates.append(entry('written')).then(() => done.push('edit'))
  await Promise.all([...rows, edit])
  expect(done).toHaveLength(201)
  expect(done.indexOf('edit')).toBeLessThan(200)
  await storage.close()
})

const startError = (text: RegExp) =>
  expect.objectContaining({ name: 'StartError', message: expect.stringMatching(text) })

test('a folder that cannot be written keeps the server from starting, in one clear line', async () => {
  const file = join(root, 'a-file')
  writeFileSync(file, '')
  const opening = openDatabase({ dataDir: join(file, 'data'), log })
  await expect(opening).rejects.toEqual(startError(/cannot be written/))
  await expect(opening).rejects.toBeInstanceOf(StartError)
})

test('a file that is no database, and a cut-off one, keep the server from starting', async () => {
  const dataDir = join(root, 'damaged')
  const storage = await openIn(dataDir)
  for (let index = 0; index < 50; index++) await storage.updates.append(entry('x'.repeat(10_000)))
  await storage.close()
  const file = join(dataDir, 'stafett.db')
  const whole = readFileSync(file)
  writeFileSync(file, whole.subarray(0, 10_000))
  await expect(openIn(dataDir)).rejects.toEqual(startError(/damaged or no database/))
  writeFileSync(file, 'this is text, and more of it than a header holds. '.repeat(20))
  await expect(openIn(dataDir)).rejects.toEqual(startError(/damaged or no database/))
})

test('a database that a newer program changed keeps the server from starting', async () => {
  const dataDir = join(root, 'newer')
  const storage = await openIn(dataDir)
  await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '')`.execute(storage.rows)
  await storage.close()
  await expect(openIn(dataDir)).rejects.toEqual(startError(/newer Stafett \(9999-later\)/))
})

test('a second server on the same folder is refused, and welcome when the first has ended', async () => {
  const dataDir = join(root, 'twice')
  const first = await openIn(dataDir)
  await expect(openIn(dataDir)).rejects.toEqual(startError(/Another Stafett is running/))
  await first.close()
  await (await openIn(dataDir)).close()
})

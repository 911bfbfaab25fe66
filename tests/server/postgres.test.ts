import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { firstBrokenAudit } from '../../server/audit/audit.ts'
import { openDatabase, type Storage } from '../../server/db/open.ts'
import type { UpdateEntry } from '../../server/db/update-store.ts'
import { BlockId } from '../../shared/ids.ts'
import { until } from '../support/client.ts'
import { databaseUrlFor, keepOnPostgres } from '../support/database.ts'
import { muteCommits } from '../support/mute-commits.ts'
import { storageSuite } from './storage-suite.ts'
import { entry, jonas, updateStoreSuite } from './update-store-suite.ts'

const log = pino({ level: 'silent' })
const postgres = await keepOnPostgres()
const root = mkdtempSync(join(tmpdir(), 'stafett-pg-data-'))
let made = 0
const folders = new Map<Storage, string>()

afterAll(async () => {
  await postgres.stop()
  rmSync(root, { recursive: true, force: true })
})

async function openIn(dataDir: string) {
  const storage = await openDatabase({ dataDir, databaseUrl: await databaseUrlFor(dataDir), log })
  folders.set(storage, dataDir)
  return storage
}
const open = () => openIn(join(root, `data-${++made}`))

storageSuite('postgresql', open)
updateStoreSuite('postgresql', open, async (old) => {
  await old.close()
  return openIn(folders.get(old) ?? '')
})

const startError = (text: RegExp) =>
  expect.objectContaining({ name: 'StartError', message: expect.stringMatching(text) })

test('a second server on the same database is refused, and welcome when the first has ended', async () => {
  const dataDir = join(root, 'twice')
  const first = await openIn(dataDir)
  await expect(openIn(dataDir)).rejects.toEqual(startError(/Another Stafett is running on the database 127/))
  await first.close()
  await (await openIn(dataDir)).close()
})

test('a database that is not there, and one that does not answer, are one clear line each', async () => {
  const url = new URL(await databaseUrlFor(root))
  const opening = (databaseUrl: string) => openDatabase({ dataDir: root, databaseUrl, log })
  url.pathname = '/nowhere'
  await expect(opening(url.href)).rejects.toEqual(startError(/PostgreSQL has no database .*\/nowhere/))
  url.port = '1'
  await expect(opening(url.href)).rejects.toEqual(startError(/No PostgreSQL answers at 127\.0\.0\.1:1/))
})

test('an update that was committed without an answer is not written twice when it comes again', async () => {
  const storage = await open()
  const line = entry('a line', { line: BlockId.parse('line-1') })
  const proxy = await muteCommits(new URL(await databaseUrlFor(folders.get(storage) ?? '')))
  await storage.close()
  const muted = await openDatabase({ dataDir: root, databaseUrl: proxy.url, log })
  proxy.mute()
  await expect(muted.updates.append(line)).rejects.toThrow()
  // As the gate does: the same entry again, until the new connection may write.
  const tryOn = async (update: UpdateEntry) => {
    let seq: number | undefined
    await until('a new connection', async () => {
      seq = await muted.updates.append(update).catch(() => undefined)
      return seq !== undefined
    })
    return seq
  }
  const after = await tryOn(entry('after'))
  const again = await tryOn(line)
  expect(again).toBeGreaterThan(0)
  expect(Array.from((await muted.updates.load(jonas)).tail, ({ seq }) => seq)).toEqual([again, after])
  expect(await firstBrokenAudit(muted.rows)).toBeUndefined()
  expect(await muted.rows.selectFrom('audit').selectAll().execute()).toHaveLength(2)
  await muted.close()
  proxy.close()
})

test('text with U+0000 in it is stored without it', async () => {
  const storage = await open()
  const person = { id: 'maren', name: 'Ma\u0000ren', service: 'skole', role: 'staff', title: '' }
  await storage.rows.insertInto('people').values([person]).execute()
  const { name } = await storage.rows.selectFrom('people').select('name').executeTakeFirstOrThrow()
  expect(name).toBe('Ma\uFFFDren')
  await storage.close()
})

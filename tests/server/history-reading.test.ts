import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Storage } from '../../server/db/open.ts'
import { createHistories, type Histories } from '../../server/history/histories.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { writeYears } from '../support/years.ts'

const document = documentName(CaseId.parse('logg-lang'), 'shared')
const updates = 9000
let folder: string
let storage: Storage
let histories: Histories
/** After which update each reading of the disk began. */
const read: number[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stafett-history-reading-'))
  storage = await openDatabase({ dataDir: folder, log: pino({ level: 'silent' }) })
  await writeYears(storage, { document, updates, people: 4, atOnce: 500 })
  histories = createHistories({
    page(name, after, most) {
      read.push(after)
      return storage.updates.page(name, after, most)
    },
  })
})
afterAll(async () => {
  await histories.close()
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

test('however many ask at a time, a long log is read from the disk once, in pages between which others are served', async () => {
  const everybody = Array.from({ length: 12 }, () => histories.changes(document, 0))
  const answers = await Promise.all(everybody)
  const last = answers[0]?.upto ?? 0
  expect(last).toBeGreaterThanOrEqual(updates)
  for (const { upto } of answers) expect(upto).toBe(last)
  // Those who came while it was read asked once more what had come since.
  const whole = read.filter((after) => after < last)
  expect(whole.length).toBe(new Set(whole).size)
  expect(whole.length).toBeGreaterThan(2)
  expect(read.length - whole.length).toBeLessThanOrEqual(2)
})

test('whoever asks while the log is read is told of what was on disk when they asked', async () => {
  const begun = histories.changes(document, 0)
  await writeYears(storage, { document, updates: 20, people: 1, seed: 2 })
  const { tail } = await storage.updates.load(document, updates)
  const newest = [...tail].at(-1)?.seq ?? 0
  const [, { upto }] = await Promise.all([begun, histories.changes(document, 0)])
  expect(newest).toBeGreaterThan(updates)
  expect(upto).toBe(newest)
})

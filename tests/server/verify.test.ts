import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSqliteSnapshot } from '../../server/db/sqlite-snapshot.ts'
import { createProgress } from '../../server/progress.ts'
import { verify } from '../../server/verify/verify.ts'
import { appendParagraph } from '../../shared/case-log/document.ts'
import { connect, until } from '../support/client.ts'
import { startApp } from '../support/server.ts'
import { look } from '../support/stored-log.ts'
import { bytes, jonas, one, rechain, seqFromEnd, tamperings } from '../support/tamper.ts'

let root = ''
let copies = 0

/** A log with a checkpoint and a tail after it, written by two people through the whole server. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stafett-verify-'))
  const app = await startApp({ dataDir: join(root, 'whole') })
  const write = async (person: string, lines: number) => {
    const client = await connect(app, await app.signIn(person), jonas)
    for (let line = 0; line < lines; line++) {
      appendParagraph(client.doc, `${person} skriver ${line}`)
      await client.saved()
    }
    client.close()
    await until('the log to leave memory', () => app.app.collab.metrics().documents === 0)
  }
  await write('maren', 60)
  await write('silje', 5)
  await app.stop()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function verified(tamper: (db: DatabaseSync) => void = () => {}) {
  const dataDir = join(root, `copy-${++copies}`)
  cpSync(join(root, 'whole'), dataDir, { recursive: true })
  look(dataDir, tamper)
  const { rows, close } = await openSqliteSnapshot(join(dataDir, 'stafett.db'))
  try {
    return await verify(rows, () => {})
  } finally {
    await close()
  }
}

test('what the server wrote agrees with itself', async () => {
  const report = await verified()
  expect(report.difference).toBeUndefined()
  expect(report).toMatchObject({ logs: 3, behind: 0 })
  expect(report.updates).toBeGreaterThan(100)
})

test('rows that lag behind are told of and are no difference', async () => {
  const report = await verified((db) => {
    const data = one(db, 'SELECT data FROM updates WHERE seq = ?', seqFromEnd(db, 0))['data']
    const { seq } = db
      .prepare(
        "INSERT INTO updates (document, author, service, at, data) VALUES (?, 'silje', 'x', 1, ?) RETURNING seq",
      )
      .get(jonas, bytes(data)) ?? { seq: 0 }
    const detail = JSON.stringify({ document: jonas, from: Number(seq), to: Number(seq), count: 1 })
    db.prepare(
      "INSERT INTO audit (at, person, action, detail, prev_hash, hash) VALUES (1, 'silje', 'change', ?, '', '')",
    ).run(detail)
    rechain(db)
  })
  expect(report).toMatchObject({ behind: 1, difference: undefined })
})

test('rows that were behind when the server was killed follow at its next start', async () => {
  const dataDir = join(root, 'killed')
  cpSync(join(root, 'whole'), dataDir, { recursive: true })
  look(dataDir, (db) => {
    db.prepare('UPDATE log_texts SET seq = seq - 1, text = ? WHERE document = ?').run('før', jonas)
    db.prepare("DELETE FROM goals WHERE case_id = 'logg-a'").run()
  })
  await (await startApp({ dataDir })).stop()
  const { rows, close } = await openSqliteSnapshot(join(dataDir, 'stafett.db'))
  expect(await verify(rows, () => {})).toMatchObject({ difference: undefined, behind: 0 })
  await close()
})

describe('names the first difference', () => {
  test.each(tamperings)('%s', async (_name, tamper, what, where = jonas) => {
    let seq = 0
    const { difference } = await verified((db) => {
      seq = tamper(db)
    })
    expect(difference).toMatchObject({ where, what: expect.stringMatching(what) })
    if (seq >= 0) expect(difference?.seq).toBe(seq)
  })
})

test('progress is told when something takes longer than a second, and not before', () => {
  let now = 0
  const said: string[] = []
  const progress = createProgress({ write: (text) => said.push(text) }, () => now)
  for (now = 0; now <= 7000; now += 100) progress.tell('updates', now, 7000)
  progress.end()
  expect(said).toEqual(['1,000 of 7,000 updates (14 %)\n', '6,000 of 7,000 updates (85 %)\n'])
})

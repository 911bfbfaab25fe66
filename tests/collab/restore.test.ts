import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { connect, until } from '../support/client.ts'
import { Random } from '../support/random.ts'
import { runToEnd, startProcess, type TestProcess } from '../support/server.ts'
import { look, replayed } from '../support/stored-log.ts'
import { Writer } from '../support/writer.ts'

/** Everything in a database, table by table; the audit up to a row. */
const everything = (dataDir: string, auditUntil: number) =>
  look(dataDir, (db) => {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
    return tables.flatMap(({ name }) => {
      if (name === 'sqlite_sequence') return []
      const rows = db.prepare(`SELECT * FROM ${String(name)}`).all()
      return [[name, name === 'audit' ? rows.filter(({ seq }) => Number(seq) <= auditUntil) : rows]]
    })
  })

const lastOf = (dataDir: string, table: 'updates' | 'audit') =>
  look(dataDir, (db) => Number(db.prepare(`SELECT max(seq) AS seq FROM ${table}`).get()?.['seq']))

test('a backup of a server under load comes back whole, and writers bring their own lost lines again', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stafett-drill-'))
  const dataDir = join(folder, 'data')
  const backup = join(folder, 'backup')
  const env = { NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const ask = (...args: string[]) => runToEnd({ ...env, DATA_DIR: dataDir }, args)
  let server: TestProcess = await startProcess({ dataDir, env })
  const { port, url } = server
  const places = [
    ['maren', 'case/logg-a/shared'],
    ['ida', 'case/logg-b/shared'],
    ['nora', 'case/logg-c/shared'],
  ] as const
  const writers: Writer[] = []
  for (const [index, [name, document]] of places.entries()) {
    const cookie = await server.signIn(name)
    const ticket = async (clientId: number) => {
      const answer = await fetch(`${url}/api/collab/ticket`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ document, clientId, blocksVersion: BLOCKS_VERSION }),
      })
      const body: { ticket?: string } = await answer.json()
      if (!body.ticket) throw new Error(`no ticket: ${answer.status}`)
      return body.ticket
    }
    writers.push(new Writer(name, () => `ws://127.0.0.1:${port}/collab`, document, ticket, new Random(index)))
  }
  const more = async (edits: number) => {
    const from = writers.map(({ acked }) => acked)
    await until(
      'everybody to write and be saved',
      () => writers.every(({ acked }, index) => acked >= (from[index] ?? 0) + edits),
      60_000,
    )
  }
  const writing = setInterval(() => {
    for (const writer of writers) if (writer.edits.length - writer.acked < 60) writer.write()
  }, 10)
  try {
    await more(30)
    const [backedUp, verified] = await Promise.all([ask('backup', '--to', backup), ask('verify')])
    expect(backedUp).toMatchObject({ end: 0, output: expect.stringContaining('Backed up 3 logs') })
    expect(verified).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
    await more(30)
    await server.end('SIGKILL')
    const lost = lastOf(dataDir, 'updates')
    const kept = lastOf(backup, 'updates')
    expect(lost).toBeGreaterThan(kept + 60)

    expect((await ask('restore', '--from', backup)).output).toMatch(/There is something in .*--replace/)
    const restored = await ask('restore', '--from', backup, '--replace')
    expect(restored).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
    expect(readdirSync(folder).filter((name) => name.startsWith('data.replaced-'))).toHaveLength(1)
    const audited = lastOf(backup, 'audit')
    expect(everything(dataDir, audited)).toEqual(everything(backup, audited))

    server = await startProcess({ dataDir, port, env })
    await more(5)
    clearInterval(writing)
    await until('everything to be saved', () => writers.every(({ settled }) => settled), 60_000)
    await until('everything that was lost to be stored again', async () => {
      const logs = await Promise.all(places.map(([, document]) => replayed(dataDir, document)))
      return writers.every((writer, at) => writer.missingIn(logs[at] ?? '', writer.edits.length).length === 0)
    })
    for (const [index, [name, document]] of places.entries()) {
      expect(writers[index]?.refusals).toEqual([])
      const again = look(dataDir, (db) =>
        db.prepare('SELECT seq, author FROM updates WHERE document = ? AND seq > ?').all(document, kept),
      )
      expect(new Set(again.map(({ author }) => author))).toEqual(new Set([name]))
      // A number that the lost system gave means nothing here: «seen up to there» must not cover what came again.
      expect(Math.min(...again.map(({ seq }) => Number(seq)))).toBeGreaterThan(lost * 1000)
    }
    await server.end()
    expect(await ask('verify')).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
  } finally {
    clearInterval(writing)
    for (const writer of writers) writer.close()
    await server.end('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what others wrote after the backup is set aside under their names when somebody else brings it back', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stafett-foreign-'))
  const dataDir = join(folder, 'data')
  const backup = join(folder, 'backup')
  const env = { NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const ask = (...args: string[]) => runToEnd({ ...env, DATA_DIR: dataDir }, args)
  let server: TestProcess = await startProcess({ dataDir, env })
  const document = 'case/logg-a/shared'
  const maren = await connect(server, await server.signIn('maren'), document)
  const silje = await connect(server, await server.signIn('silje'), document)
  try {
    appendParagraph(maren.doc, 'Står i kopien.')
    await maren.saved()
    expect((await ask('backup', '--to', backup)).end).toBe(0)
    const kept = lastOf(backup, 'updates')
    appendParagraph(silje.doc, 'Siljes tapte linje.')
    await silje.saved()
    await until('it to arrive', () => logFragment(maren.doc).toString().includes('Siljes'))
    appendParagraph(maren.doc, 'Marens tapte linje.')
    await maren.saved()
    silje.close()
    await server.end('SIGKILL')
    expect((await ask('restore', '--from', backup, '--replace')).end).toBe(0)
    server = await startProcess({ dataDir, port: server.port, env })

    await until('her own line to be stored again', async () =>
      (await replayed(dataDir, document)).includes('Marens tapte linje.'),
    )
    expect(await replayed(dataDir, document)).not.toContain('Siljes')
    const waiting = () =>
      look(dataDir, (db) =>
        db.prepare("SELECT person, sent_by FROM set_aside WHERE status = 'waiting'").all(),
      )
    await until('nothing but the line of the one who left to wait', () => waiting().length === 1, 60_000)
    expect(waiting()).toMatchObject([{ person: 'silje', sent_by: 'maren' }])
    const again = 'SELECT DISTINCT author FROM updates WHERE document = ? AND seq > ?'
    expect(look(dataDir, (db) => db.prepare(again).all(document, kept))).toMatchObject([{ author: 'maren' }])
    await server.end()
    expect(await ask('verify')).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
  } finally {
    maren.close()
    silje.close()
    await server.end('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

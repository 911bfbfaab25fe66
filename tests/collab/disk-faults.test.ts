import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { type Client, connect, until } from '../support/client.ts'
import { startProcess, type TestProcess } from '../support/server.ts'

const document = 'case/logg-a/shared'
let dataDir: string
let server: TestProcess
const clients: Client[] = []

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stafett-faults-'))
  server = await startProcess({ dataDir, mayFill: true })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.end('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

async function open(person: string) {
  const client = await connect(server, await server.signIn(person), document)
  clients.push(client)
  return client
}

const text = (doc: Y.Doc) => logFragment(doc).toString()
const isStalled = ({ heard }: Client) => {
  const access = heard.findLast(({ type }) => type === 'access')
  return access?.type === 'access' && access.reason === 'notStored'
}
const onDisk = () => {
  const db = new DatabaseSync(join(dataDir, 'stafett.db'), { readOnly: true })
  try {
    const doc = new Y.Doc()
    for (const { data } of db
      .prepare('SELECT data FROM updates WHERE document = ? ORDER BY seq')
      .all(document))
      if (data instanceof Uint8Array) Y.applyUpdate(doc, data)
    return text(doc)
  } finally {
    db.close()
  }
}

/** Nothing is called saved or sent while the fault lasts; everybody is told; it goes on by itself when it ends. */
async function survives(begin: () => void, end: () => void) {
  const maren = await open('maren')
  const silje = await open('silje')
  appendParagraph(maren.doc, 'Før feilen.')
  await maren.saved()
  begin()
  appendParagraph(maren.doc, 'Under feilen.')
  await until('both to be told', () => isStalled(maren) && isStalled(silje), 30_000)
  expect(maren.provider.hasUnsyncedChanges).toBe(true)
  expect(text(silje.doc)).not.toContain('Under feilen.')
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  end()
  await until('it to be saved', () => !maren.provider.hasUnsyncedChanges, 30_000)
  await until('it to arrive', () => text(silje.doc).includes('Under feilen.'), 30_000)
  await until('the all-clear', () => !isStalled(maren) && !isStalled(silje))
  expect(onDisk()).toContain('Under feilen.')
  expect([...maren.closed, ...silje.closed]).toEqual([])
  appendParagraph(silje.doc, 'Etter feilen.')
  await silje.saved()
}

const limit = (what: string) => execFileSync('prlimit', ['--pid', String(server.pid), what])

describe('when the disk gives way', () => {
  test('a full disk', () =>
    survives(
      () => limit('--fsize=0:unlimited'),
      () => limit('--fsize=unlimited:unlimited'),
    ))

  test('a database that somebody else has locked', async () => {
    const other = new DatabaseSync(join(dataDir, 'stafett.db'))
    await survives(
      () => other.exec('BEGIN IMMEDIATE'),
      () => other.exec('ROLLBACK'),
    )
    other.close()
  })

  test('no more file handles: who is in works on, and others get in when there are some again', async () => {
    const maren = await open('maren')
    const cookie = await server.signIn('silje')
    const used = readdirSync(`/proc/${server.pid}/fd`).length
    limit(`--nofile=${used}:`)
    appendParagraph(maren.doc, 'Skrevet uten ledige filer.')
    await maren.saved()
    const late = connect(server, cookie, document)
    late.catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    appendParagraph(maren.doc, 'Fortsatt her.')
    await maren.saved()
    limit('--nofile=4096:')
    const silje = await late.catch(() => connect(server, cookie, document))
    clients.push(silje)
    await until('the text', () => text(silje.doc).includes('Fortsatt her.'))
    expect(maren.closed).toEqual([])
  })

  test('ended by the system in the middle of writing: what was saved is there, and the rest comes after', async () => {
    const maren = await open('maren')
    for (let index = 0; index < 200; index++) appendParagraph(maren.doc, `linje ${index}`)
    const { port } = server
    expect(await server.end('SIGTERM')).toBe(0)
    const db = new DatabaseSync(join(dataDir, 'stafett.db'))
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    db.close()
    server = await startProcess({ dataDir, port })
    await until('all of it', () => !maren.provider.hasUnsyncedChanges && maren.provider.synced, 30_000)
    expect(onDisk()).toContain('linje 199')
  })
})

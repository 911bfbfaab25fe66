import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Storage } from '../../server/db/open.ts'
import { appendParagraph } from '../../shared/case-log/document.ts'
import { documentName, LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import { openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { openRaw } from '../support/raw-socket.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
let loading = 0
let held = 0
let release = Promise.withResolvers<void>()
/** Edits by the server wait for this. */
let disk = Promise.resolve()

/** A store whose logs take as long to load as a test wants, and the server's own edits to be stored. */
const slowly = (storage: Storage): Storage => ({
  ...storage,
  updates: {
    ...storage.updates,
    async load(name, after) {
      loading++
      await release.promise
      return storage.updates.load(name, after)
    },
    async append(entry) {
      if (entry.author === people.petter.id) {
        held++
        await disk
      }
      return storage.updates.append(entry)
    },
  },
})

beforeEach(async () => {
  release = Promise.withResolvers<void>()
  loading = 0
  held = 0
  disk = Promise.resolve()
  server = await startCollab({ storage: slowly })
})
afterEach(async () => {
  vi.unstubAllGlobals()
  release.resolve()
  await server.stop()
})

const openLogs = () => server.collab.metrics().documents
const gone = () => until('the log to leave memory', () => openLogs() === 0)
const open = () =>
  openClient(server.port, document, (clientId) => server.ticket(people.maren, document, clientId))

/** Somebody else comes and goes: whatever a former visitor left behind would hold the log in memory. */
async function goneAfterAnother() {
  const other = open()
  await other.synced()
  expect(openLogs()).toBe(1)
  other.close()
  await gone()
}

describe('a log that nobody has open leaves memory', () => {
  test('when the last of three has closed it, with what they wrote behind a checkpoint', async () => {
    release.resolve()
    const clients = [open(), open(), open()]
    await Promise.all(clients.map((client) => client.synced()))
    expect(openLogs()).toBe(1)
    for (let line = 0; line < 60; line++) appendParagraph(clients[0]?.doc ?? fail(), `linje ${line}`)
    await clients[0]?.saved()
    for (const client of clients) client.close()
    await gone()
    const { checkpoint, tail } = await server.storage.updates.load(document)
    expect(checkpoint?.seq).toBeGreaterThanOrEqual(60)
    expect(tail).toHaveLength(0)
  })

  test('when the last one leaves while the server puts back a comment’s mark', async () => {
    release.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    disk = promise
    const quote = 'Ukentlig samtale'
    await server.storage.rows
      .insertInto('threads')
      .values({
        id: 'thread-1',
        case_id: jonas,
        document,
        kind: 'text',
        block: null,
        gone: 0,
        resolved_by: null,
        resolved_at: null,
        quote,
        prefix: '',
        suffix: '',
        person: people.petter.id,
        at: server.now(),
      })
      .execute()
    const client = open()
    await client.synced()
    appendParagraph(client.doc, `${quote} med helsesykepleier.`)
    await until('the mark to be on its way to the disk', () => held > 0)
    client.close()
    await until('the server to notice', () => server.collab.metrics().sockets === 0)
    resolve()
    await gone()
    await goneAfterAnother()
  })

  test('when somebody gave up while it was still being loaded', async () => {
    const socket = await openRaw(server.port)
    socket.auth(document, await server.ticket(people.maren, document, 1))
    await until('loading to begin', () => loading === 1)
    socket.ws.terminate()
    await until('the server to notice', () => server.collab.metrics().sockets === 0)
    release.resolve()
    await goneAfterAnother()
  })

  test('when it was open only for a line that the server wrote for somebody', async () => {
    release.resolve()
    await server.collab.writeAs({ document, person: people.mother }, (doc) =>
      appendParagraph(doc, 'Hjemmefra.'),
    )
    await gone()
  })

  test('when it could not be loaded', async () => {
    const socket = await openRaw(server.port)
    socket.auth(document, await server.ticket(people.maren, document, 2))
    await until('loading to begin', () => loading === 1)
    release.reject(new Error('the disk is gone'))
    await until('the socket to be closed', () => !socket.open())
    release = Promise.withResolvers()
    release.resolve()
    await goneAfterAnother()
  })
})

function fail(): never {
  throw new Error('nobody is there')
}

test('a log that is opened again is the same for everybody, also when its former copy is let go of once more, late', async () => {
  release.resolve()
  // Hocuspocus lets go of a log after storing, and again in a timer of 0 ms, which comes late on a busy machine.
  const late: (() => void)[] = []
  const { setTimeout } = globalThis
  vi.stubGlobal('setTimeout', (run: () => void, wait?: number) =>
    wait === 0 ? late.push(run) : setTimeout(run, wait),
  )
  await server.collab.writeAs({ document, person: people.mother }, (doc) => appendParagraph(doc, 'Før.'))
  await gone()
  const client = open()
  await client.synced()
  expect(late.length).toBeGreaterThan(0)
  for (const run of late) run()
  vi.unstubAllGlobals()
  await server.collab.writeAs({ document, person: people.mother }, (doc) => appendParagraph(doc, 'Etter.'))
  await until('the line to come', () => client.doc.getXmlFragment(LOG_FRAGMENT).toString().includes('Etter.'))
  expect(openLogs()).toBe(1)
  client.close()
  await gone()
})

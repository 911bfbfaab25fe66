import { afterEach, describe, expect, test, vi } from 'vitest'
import type * as Y from 'yjs'
import type { Access } from '../../server/auth/access.ts'
import type { Storage } from '../../server/db/open.ts'
import type { UpdateStore } from '../../server/db/update-store.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
const clients: Client[] = []

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.stop()
})

async function open(person: Person) {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  await client.synced()
  return client
}

const text = (doc: Y.Doc) => logFragment(doc).toString()
const lastAccess = (client: Client) => client.heard.findLast(({ type }) => type === 'access')

describe('access that changes while a log is open', () => {
  test('read-only flips in place, and writing again after the right came back', async () => {
    server = await startCollab()
    const petter = await open(people.petter)
    const maren = await open(people.maren)
    await server.access.setRole(jonas, people.petter.id, 'reader')
    await until(
      'read-only',
      () => lastAccess(petter)?.type === 'access' && !JSON.stringify(lastAccess(petter)).includes('true'),
    )
    expect(lastAccess(petter)).toEqual({ type: 'access', write: false, reason: 'role' })
    appendParagraph(petter.doc, 'Uten rett.')
    appendParagraph(maren.doc, 'Med rett.')
    await maren.saved()
    await until('a round trip', () => text(petter.doc).includes('Med rett.'))
    expect(text(maren.doc)).not.toContain('Uten rett.')
    await server.access.setRole(jonas, people.petter.id, 'professional')
    await until('write access', () => JSON.stringify(lastAccess(petter)).includes('true'))
    petter.provider.forceSync()
    await until('what was written meanwhile', () => text(maren.doc).includes('Uten rett.'))
    expect(petter.closed).toEqual([])
  })

  test('lost access closes the socket within a second, and the way back is shut', async () => {
    server = await startCollab()
    const petter = await open(people.petter)
    const started = performance.now()
    await server.access.setRole(jonas, people.petter.id, undefined)
    await until('the socket to close', () => petter.closed.length > 0)
    expect(performance.now() - started).toBeLessThan(1000)
    expect(petter.closed[0]).toEqual({ code: new AppError('accessLost').close, reason: 'accessLost' })
    await expect(server.ticket(people.petter, document, 5)).rejects.toEqual(new AppError('notFound'))
  })

  test('signing out closes that person’s sockets and ends unused tickets', async () => {
    server = await startCollab()
    const petter = await open(people.petter)
    const maren = await open(people.maren)
    server.endSession(people.petter)
    await until('the socket to close', () => petter.closed.length > 0)
    expect(petter.closed[0]?.reason).toBe('signedOut')
    expect(maren.closed).toEqual([])
  })

  test('every opening is in the audit before anything is served; without audit nothing is served', async () => {
    server = await startCollab()
    await open(people.petter)
    const reads = await server.storage.rows
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'read')
      .execute()
    expect(reads).toMatchObject([{ person: 'petter', service: 'ppt', case_id: 'jonas' }])
    await server.storage.rows.schema.alterTable('audit').renameTo('away').execute()
    const maren = openClient(server.port, document, (id) => server.ticket(people.maren, document, id))
    clients.push(maren)
    await until('a refusal', () => maren.closed.length > 0)
    expect(maren.closed[0]?.reason).toBe('notStored')
    expect(text(maren.doc)).toBe('')
    await server.storage.rows.schema.alterTable('away').renameTo('audit').execute()
  })
})

/** A store whose appends fail while told so. */
function failing(storage: Storage, fails: () => boolean): Storage {
  const append: UpdateStore['append'] = async (entry) => {
    if (fails()) throw new Error('disk I/O error')
    return storage.updates.append(entry)
  }
  return { ...storage, updates: { ...storage.updates, append } }
}

describe('when the log cannot be written', () => {
  test('nothing is acknowledged or sent, everybody sees read-only, and it goes on by itself', async () => {
    let broken = false
    server = await startCollab({ storage: (storage) => failing(storage, () => broken) })
    const maren = await open(people.maren)
    const petter = await open(people.petter)
    broken = true
    appendParagraph(maren.doc, 'Venter på disken.')
    await until('read-only for both', () =>
      [maren, petter].every((client) => JSON.stringify(lastAccess(client)).includes('notStored')),
    )
    expect(maren.provider.hasUnsyncedChanges).toBe(true)
    expect(text(petter.doc)).not.toContain('Venter')
    broken = false
    await maren.saved()
    await until('it to arrive', () => text(petter.doc).includes('Venter på disken.'))
    expect(lastAccess(petter)).toEqual({ type: 'access', write: true })
    expect((await server.storage.updates.load(document)).tail).toHaveLength(1)
  })

  test('a client that comes back while its update waits does not write it twice', async () => {
    let broken = false
    server = await startCollab({ storage: (storage) => failing(storage, () => broken) })
    const maren = await open(people.maren)
    broken = true
    appendParagraph(maren.doc, 'Bare én gang.')
    await until('the stall', () => JSON.stringify(lastAccess(maren)).includes('notStored'))
    maren.socket.webSocket?.close()
    await until('a new connection', () => maren.closed.length > 0 && maren.provider.isAuthenticated)
    broken = false
    await maren.saved()
    expect((await server.storage.updates.load(document)).tail).toHaveLength(1)
  })
})

describe('hooks that fail', () => {
  const faults: [string, unknown][] = [
    ['an Error', new Error('Jonas gruer seg')],
    ['a string', 'Jonas gruer seg'],
    ['undefined', undefined],
    ['an error of ours', new AppError('notStored')],
  ]

  test.each(faults)('%s never ends the process, and leaves as our own error', async (_name, fault) => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    let fails = false
    const throwing = (access: Access): Access => ({
      ...access,
      async roleIn(...given) {
        if (fails) throw fault
        return access.roleIn(...given)
      },
    })
    server = await startCollab({ access: throwing })
    const petter = await open(people.petter)
    const ticket = await server.ticket(people.maren, document, 9)
    fails = true
    const maren = openClient(server.port, document, async () => ticket)
    clients.push(maren)
    const expected = fault instanceof AppError ? 'notStored' : 'internal'
    await until('a refusal', () => maren.closed.length > 0)
    expect(maren.closed[0]?.reason).toBe(expected)
    await server.access.setRole(jonas, people.petter.id, 'reader')
    await until('Petter’s refusal', () => petter.closed.length > 0)
    expect(petter.closed[0]?.reason).toBe(expected)
    fails = false
    const sigrid = await open(people.sigrid)
    appendParagraph(sigrid.doc, 'Det står.')
    await sigrid.saved()
    expect(unhandled).not.toHaveBeenCalled()
    process.off('unhandledRejection', unhandled)
  })

  test('a gate that fails on an update, whatever it throws, refuses that update alone', async () => {
    let fault: unknown
    const breaking = (storage: Storage): Storage => ({
      ...storage,
      updates: {
        ...storage.updates,
        load: async (...given) => {
          if (fault !== undefined) throw fault
          return storage.updates.load(...given)
        },
      },
    })
    server = await startCollab({ storage: breaking })
    fault = 'no log today'
    const maren = openClient(server.port, document, (id) => server.ticket(people.maren, document, id))
    clients.push(maren)
    await until('a refusal', () => maren.closed.length > 0)
    expect(maren.closed[0]?.reason).toBe('internal')
    fault = undefined
    await maren.saved()
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { appendParagraph } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { CaseId } from '../../shared/ids.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { openRaw, type RawSocket } from '../support/raw-socket.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
let maren: Client
const raws: RawSocket[] = []

beforeAll(async () => {
  server = await startCollab()
  maren = openClient(server.port, document, (id) => server.ticket(people.maren, document, id))
  await maren.synced()
  appendParagraph(maren.doc, 'Det Maren skrev.')
  await maren.saved()
})

/** After every attack the server stands, and Maren works on as if nothing had been. */
afterEach(async () => {
  for (const raw of raws.splice(0)) raw.close()
  const before = maren.closed.length
  appendParagraph(maren.doc, `etter ${expect.getState().currentTestName}`)
  await maren.saved()
  expect(maren.closed).toHaveLength(before)
})

afterAll(async () => {
  maren.close()
  await server.stop()
})

let lastId = 1000
const closeOf = (code: ErrorCode) => ({ code: new AppError(code).close, reason: code })

describe('tickets', () => {
  test('nobody comes in without one, and a socket that does not sign in is closed', async () => {
    const raw = await openRaw(server.port)
    raws.push(raw)
    raw.auth(document, 'no-such-ticket')
    expect(await raw.closing()).toEqual(closeOf('ticketInvalid'))
    const silent = await openRaw(server.port)
    raws.push(silent)
    expect(await silent.closing()).toEqual(closeOf('notSignedIn'))
  })

  test('an expired, a used and another document’s ticket are refused', async () => {
    const expired = await server.ticket(people.petter, document, ++lastId)
    server.wait(31_000)
    const used = await server.ticket(people.petter, document, ++lastId)
    const first = await openRaw(server.port)
    raws.push(first)
    first.auth(document, used)
    await until('sign-in', () => first.types.includes(5))
    const foreign = await server.ticket(people.petter, document, ++lastId)
    for (const [name, ticket] of [
      [document, expired],
      [document, used],
      ['case/sara/shared', foreign],
    ] as const) {
      const raw = await openRaw(server.port)
      raws.push(raw)
      raw.auth(name, ticket)
      expect(await raw.closing()).toEqual(closeOf('ticketInvalid'))
    }
  })

  test('a log that one is no member of is the same as one that is not there', async () => {
    const asked = [
      server.ticket(people.stranger, document, ++lastId),
      server.ticket(people.stranger, documentName(CaseId.parse('nowhere'), 'shared'), ++lastId),
      server.ticket(people.maren, documentName(jonas, 'staff'), ++lastId),
    ]
    for (const asking of asked) await expect(asking).rejects.toEqual(new AppError('notFound'))
  })

  test('a client id that is another person’s is not given', async () => {
    const asking = server.ticket(people.petter, document, maren.doc.clientID)
    await expect(asking).rejects.toEqual(new AppError('clientIdTaken'))
  })

  test('[BL3] a client with other blocks than the server’s gets no ticket', async () => {
    for (const version of [0, BLOCKS_VERSION - 1, BLOCKS_VERSION + 1]) {
      const asking = server.ticket(people.petter, document, ++lastId, version)
      await expect(asking).rejects.toMatchObject({ code: 'clientOutdated' })
    }
  })

  test('another origin and another path are refused before there is a socket', async () => {
    const evil = await openRaw(server.port, { headers: { origin: 'https://evil.example' } })
    expect(evil.refused()).toContain('403')
    const lost = await openRaw(server.port, { path: '/elsewhere' })
    expect(lost.refused()).toContain('404')
  })

  test('paths under /sync that name no log get no log', async () => {
    for (const path of ['/sync/', '/sync/%E0%A4%A', '/sync', '/collab/x', '/sync/../collab2']) {
      const raw = await openRaw(server.port, { path })
      raws.push(raw)
      expect(raw.refused()).toContain('404')
    }
    for (const name of ['case%2Fjonas%2Fshared', 'case/jonas/staff', 'case/jonas/shared/x', '__proto__']) {
      const raw = await openRaw(server.port, { path: `/sync/${name}?ticket=x` })
      raws.push(raw)
      expect(await raw.closing()).toEqual(closeOf('ticketInvalid'))
    }
  })
})

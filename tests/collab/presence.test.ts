import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { openRaw, type RawSocket, writeVarUint } from '../support/raw-socket.ts'

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
afterEach(() => {
  for (const raw of raws.splice(0)) raw.close()
})
afterAll(async () => {
  maren.close()
  await server.stop()
})

let lastId = 1000
async function enter() {
  const clientId = ++lastId
  const raw = await openRaw(server.port)
  raws.push(raw)
  raw.auth(document, await server.ticket(people.petter, document, clientId))
  await until('sign-in', () => raw.types.includes(5))
  return { raw, clientId }
}

const stored = async () => (await server.storage.updates.load(document)).tail.length

describe('presence', () => {
  test('speaks for the own client id only, under the name of the session', async () => {
    const { raw, clientId } = await enter()
    raw.awareness(document, [
      [
        clientId,
        1,
        { user: { id: 'maren', name: 'Maren', service: 'skole' }, place: '1:2', evil: 'x'.repeat(100) },
      ],
      [maren.doc.clientID, 9999, { user: { name: 'Ikke Maren' } }],
      [4711, 1, { user: { name: 'Spøkelse' } }],
    ])
    await until('presence', () => maren.awareness.getStates().has(clientId))
    expect(maren.awareness.getStates().get(clientId)).toEqual({
      user: { id: 'petter', name: 'Petter', service: 'ppt' },
      place: '1:2',
    })
    expect([...maren.awareness.getStates().keys()].sort()).toEqual([clientId, maren.doc.clientID].sort())
    raw.awareness(document, [[clientId, 2, null]])
    await until('leaving', () => !maren.awareness.getStates().has(clientId))
  })

  test('a state over 2 KB is cut down to the name, and an odd position never reaches a colleague', async () => {
    const { raw, clientId } = await enter()
    const position = { tname: 'log', assoc: 0 }
    raw.awareness(document, [[clientId, 1, { cursor: { anchor: null, head: position }, place: 'p' }]])
    await until('presence', () => maren.awareness.getStates().get(clientId)?.['place'] === 'p')
    expect(maren.awareness.getStates().get(clientId)?.['cursor']).toBeNull()
    const huge = { item: { client: 1, clock: 1 }, tname: 'log' }
    raw.awareness(document, [[clientId, 2, { cursor: { anchor: huge, head: huge, more: 'x'.repeat(5000) } }]])
    await until('a cursor', () => maren.awareness.getStates().get(clientId)?.['cursor'] != null)
    expect(JSON.stringify(maren.awareness.getStates().get(clientId)).length).toBeLessThan(400)
    raw.frame(document, (encoder) => {
      writeVarUint(encoder, 1)
      writeVarUint(encoder, 300)
    })
    expect(await raw.closing()).toEqual({ code: new AppError('invalidInput').close, reason: 'invalidInput' })
  })
})

describe('a guardian', () => {
  test('reads, and nothing they send changes the log', async () => {
    const mother = openClient(server.port, document, (id) => server.ticket(people.mother, document, id))
    await mother.synced()
    expect(logFragment(mother.doc).toString()).toContain('Det Maren skrev.')
    expect(mother.heard).toContainEqual({ type: 'access', write: false, reason: 'role' })
    const before = await stored()
    appendParagraph(mother.doc, 'Skulle ikke gått.')
    appendParagraph(maren.doc, 'Gikk.')
    await maren.saved()
    await until('a round trip', () => logFragment(mother.doc).toString().includes('Gikk.'))
    expect(mother.provider.hasUnsyncedChanges).toBe(true)
    expect(logFragment(maren.doc).toString()).not.toContain('Skulle ikke gått.')
    expect(await stored()).toBe(before + 1)
    mother.close()
  })
})

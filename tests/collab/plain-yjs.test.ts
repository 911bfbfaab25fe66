import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { openRaw } from '../support/raw-socket.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
let maren: Client
const plains: WebsocketProvider[] = []

beforeEach(async () => {
  server = await startCollab()
  maren = openClient(server.port, document, (id) => server.ticket(people.maren, document, id))
  await maren.synced()
})
afterEach(async () => {
  for (const plain of plains.splice(0)) plain.destroy()
  maren.close()
  await server.stop()
})

async function openPlain(person: Person) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/sync`, document, doc, {
    params: { ticket: await server.ticket(person, document, doc.clientID) },
    disableBc: true,
  })
  plains.push(provider)
  const closes: (number | undefined)[] = []
  provider.on('connection-close', (event) => closes.push(event?.code))
  await until('the plain client to sync', () => provider.synced)
  return { doc, provider, closes }
}

const text = (doc: Y.Doc) => logFragment(doc).toString()

describe('a plain Yjs client with y-websocket’s own provider', () => {
  test('writes and reads beside Hocuspocus clients, signed and in the audit', async () => {
    appendParagraph(maren.doc, 'Fra Maren.')
    const petter = await openPlain(people.petter)
    expect(text(petter.doc)).toContain('Fra Maren.')
    appendParagraph(petter.doc, 'Fra en integrasjon.')
    await until('it to arrive', () => text(maren.doc).includes('Fra en integrasjon.'))
    appendParagraph(maren.doc, 'Svar.')
    await until('the answer', () => text(petter.doc) === text(maren.doc))
    const { tail } = await server.storage.updates.load(document)
    expect([...tail].map(({ author }) => author)).toEqual(['maren', 'petter', 'maren'])
  })

  test('has presence under the name of its session, both ways', async () => {
    const petter = await openPlain(people.petter)
    petter.provider.awareness.setLocalStateField('user', { name: 'Ikke Petter' })
    const id = petter.doc.clientID
    await until('presence', () => maren.awareness.getStates().get(id)?.['user'] !== undefined)
    expect(maren.awareness.getStates().get(id)?.['user']).toMatchObject({ name: 'Petter', service: 'ppt' })
    maren.awareness.setLocalStateField('place', '1:1')
    await until(
      'Maren',
      () => petter.provider.awareness.getStates().get(maren.doc.clientID)?.['place'] === '1:1',
    )
  })

  test('is seen as soon as it is in, before it says a word', async () => {
    const petter = await openPlain(people.petter)
    const user = () => maren.awareness.getStates().get(petter.doc.clientID)?.['user']
    await until('presence', () => user() !== undefined, 8000)
    expect(user()).toMatchObject({ name: 'Petter' })
  })

  test('cannot write where it may only read, and is closed when it forges', async () => {
    const mother = await openPlain(people.mother)
    appendParagraph(mother.doc, 'Skulle ikke gått.')
    appendParagraph(maren.doc, 'Gikk.')
    await until('a round trip', () => text(mother.doc).includes('Gikk.'))
    expect(text(maren.doc)).not.toContain('Skulle ikke gått.')
    const petter = await openPlain(people.petter)
    const { clientID } = petter.doc
    petter.doc.clientID = 4242
    appendParagraph(petter.doc, 'Som en annen.')
    petter.doc.clientID = clientID
    await until('the close', () => petter.closes.length > 0)
    expect(petter.closes[0]).toBe(4431)
    expect(text(maren.doc)).not.toContain('Som en annen.')
  })

  test('gets in with a ticket only', async () => {
    const raw = await openRaw(server.port, { path: `/sync/${document}` })
    expect((await raw.closing())?.reason).toBe('ticketInvalid')
    const other = await openRaw(server.port, {
      path: `/sync/case/sara/shared?ticket=${await server.ticket(people.petter, document, 99)}`,
    })
    expect((await other.closing())?.reason).toBe('ticketInvalid')
  })
})

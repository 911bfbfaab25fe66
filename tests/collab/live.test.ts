import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
let clients: Client[] = []

beforeEach(async () => {
  server = await startCollab()
})
afterEach(async () => {
  for (const client of clients) client.close()
  clients = []
  await server.stop()
})

function open(person: Person): Client {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  return client
}

const text = (doc: Y.Doc) => logFragment(doc).toString()

/** What the log on disk amounts to. */
async function replay() {
  const doc = new Y.Doc()
  const { checkpoint, tail } = await server.storage.updates.load(document)
  if (checkpoint) Y.applyUpdate(doc, checkpoint.data)
  for (const { data } of tail) Y.applyUpdate(doc, data)
  return text(doc)
}

describe('a log that three people write in', () => {
  test('reaches everybody, and is on disk when it is acknowledged', async () => {
    const [maren, sigrid, petter] = [open(people.maren), open(people.sigrid), open(people.petter)]
    await Promise.all([maren.synced(), sigrid.synced(), petter.synced()])
    appendParagraph(maren.doc, 'Porten hjelper.')
    await maren.saved()
    expect(await replay()).toContain('Porten hjelper.')
    appendParagraph(sigrid.doc, 'Ukentlig samtale.')
    await sigrid.saved()
    await until(
      'all to be equal',
      () => new Set([maren, sigrid, petter].map(({ doc }) => text(doc))).size === 1,
    )
    expect(text(petter.doc)).toContain('Ukentlig samtale.')
    expect(server.wrote).toContain('sigrid')
  })

  test('is there again after a restart, and clients come back by themselves', async () => {
    const maren = open(people.maren)
    await maren.synced()
    appendParagraph(maren.doc, 'Før omstart.')
    await maren.saved()
    server = await server.restart()
    await until('a new connection', () => maren.closed.length > 0)
    appendParagraph(maren.doc, 'Etter omstart.')
    await maren.saved()
    const petter = open(people.petter)
    await petter.synced()
    await until('both lines', () => text(petter.doc) === text(maren.doc))
    expect(text(petter.doc)).toContain('Før omstart.')
  })

  test('says who may write, and whose every paragraph is', async () => {
    const maren = open(people.maren)
    await maren.synced()
    await until('access', () => maren.heard.some(({ type }) => type === 'access'))
    expect(maren.heard).toContainEqual({ type: 'access', write: true })
    const key = appendParagraph(maren.doc, 'Signert.')
    await until('a byline', () =>
      maren.heard.some(
        (message) => message.type === 'bylines' && message.bylines.some((byline) => byline.key === key),
      ),
    )
    const byline = maren.heard
      .flatMap((message) => (message.type === 'bylines' ? message.bylines : []))
      .at(-1)
    expect(byline).toMatchObject({ key, person: 'maren', service: 'skole', others: [] })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { evaluation, goal } from '../../shared/blocks/json.ts'
import { appendBlocks, findBlock, logFragment, setBlockFields } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { BlockId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

const document = documentName(jonas, 'shared')
const hers = BlockId.parse('hers')
const at = '2026-11-20T10:00:00.000Z'
let server: CollabServer
let clients: Client[] = []

beforeEach(async () => {
  server = await startCollab()
  const sigrid = await open(people.sigrid)
  appendBlocks(sigrid.doc, [
    goal({ id: BlockId.parse('one') }, 'Skole', [
      evaluation(
        { id: hers, by: people.sigrid.id, service: people.sigrid.service, score: -1, at },
        'Tre dager',
      ),
    ]),
    goal({ id: BlockId.parse('two') }, 'Ro'),
  ])
  await sigrid.saved()
})
afterEach(async () => {
  for (const client of clients) client.close()
  clients = []
  await server.stop()
})

async function open(person: Person) {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  await client.synced()
  return client
}

const block = (doc: Y.Doc, id: string) => findBlock(doc, BlockId.parse(id))
const fieldsOf = (doc: Y.Doc, id: string) => {
  const { by, service, score, at: when } = block(doc, id)?.getAttributes() ?? {}
  return { by, service, score, at: when }
}
const signed = { by: 'sigrid', service: 'skolehelse', score: -1, at }

/** Everybody has the same, and what Petter does afterwards still goes through. */
async function settled(petter: Client, holds: () => boolean) {
  await petter.saved()
  await until('it to be put right', holds)
  const reader = await open(people.maren)
  await until(
    'all to be equal',
    () => logFragment(reader.doc).toString() === logFragment(petter.doc).toString(),
  )
  expect(petter.closed).toEqual([])
  return reader
}

/** As the editor's binding moves a block: written anew there, deleted here. */
function move(doc: Y.Doc, id: string, into: string) {
  const old = block(doc, id)
  const target = block(doc, into)
  if (!old || !target || !(old.parent instanceof Y.XmlElement)) throw new Error('no block')
  const { parent } = old
  doc.transact(() => {
    target.insert(target.length, [old.clone()])
    parent.delete(parent.toArray().indexOf(old), 1)
  })
}

describe('a signature in the log', () => {
  test('made up for a colleague becomes the writer’s own', async () => {
    const petter = await open(people.petter)
    const forged = { id: BlockId.parse('forged'), by: people.sigrid.id, service: people.sigrid.service }
    appendBlocks(petter.doc, [evaluation({ ...forged, score: 2, at }, 'Alt er bra.')], BlockId.parse('one'))
    const reader = await settled(petter, () => fieldsOf(petter.doc, 'forged').by === 'petter')
    expect(fieldsOf(reader.doc, 'forged')).toMatchObject({ by: 'petter', service: 'ppt', score: 2 })
    expect(block(reader.doc, 'forged')?.toString()).toContain('Alt er bra.')
    const { tail } = await server.storage.updates.load(document)
    expect([...tail].map(({ author }) => author)).toEqual(['sigrid', 'petter', 'petter'])
  })

  test('under a colleague’s rating holds that rating: another step is taken back', async () => {
    const petter = await open(people.petter)
    setBlockFields(petter.doc, hers, { score: 2 })
    await settled(petter, () => Number(fieldsOf(petter.doc, 'hers').score) === -1)
    expect(fieldsOf(petter.doc, 'hers')).toEqual(signed)
    // Nor in two steps, without the name in between.
    setBlockFields(petter.doc, hers, { by: null, score: 2 })
    await petter.saved()
    setBlockFields(petter.doc, hers, { by: 'sigrid' })
    await settled(petter, () => Number(fieldsOf(petter.doc, 'hers').score) === -1)
    expect(fieldsOf(petter.doc, 'hers')).toEqual(signed)
  })

  test('goes along when a colleague moves the rating', async () => {
    const petter = await open(people.petter)
    move(petter.doc, 'hers', 'two')
    await petter.saved()
    const { tail } = await server.storage.updates.load(document)
    const reader = await open(people.maren)
    expect(fieldsOf(reader.doc, 'hers')).toEqual(signed)
    expect(block(reader.doc, 'two')?.toString()).toContain('Tre dager')
    expect(tail).toHaveLength(2)
  })

  test('comes back when a deletion is undone, after a restart as well', async () => {
    const petter = await open(people.petter)
    const old = block(petter.doc, 'hers')
    const copy = old?.clone()
    const parent = old?.parent
    if (!old || !copy || !(parent instanceof Y.XmlElement)) throw new Error('no block')
    parent.delete(parent.toArray().indexOf(old), 1)
    await petter.saved()
    server = await server.restart()
    await until('a new connection', () => petter.closed.length > 0 && petter.provider.synced)
    block(petter.doc, 'one')?.insert(1, [copy])
    await petter.saved()
    const reader = await open(people.maren)
    await until('the rating', () => block(reader.doc, 'hers') !== undefined)
    expect(fieldsOf(reader.doc, 'hers')).toEqual(signed)
    expect([...(await server.storage.updates.load(document)).tail].at(-1)?.author).toBe('petter')
    expect((await server.storage.updates.load(document)).tail).toHaveLength(3)
  })

  test('for another service than one’s own becomes one’s own', async () => {
    const petter = await open(people.petter)
    const forged = { id: BlockId.parse('forged'), by: people.petter.id, service: people.sigrid.service }
    appendBlocks(petter.doc, [evaluation({ ...forged, score: 2, at })], BlockId.parse('one'))
    const reader = await settled(petter, () => fieldsOf(petter.doc, 'forged').service === 'ppt')
    expect(fieldsOf(reader.doc, 'forged')).toMatchObject({ by: 'petter', service: 'ppt', score: 2 })
    setBlockFields(petter.doc, BlockId.parse('forged'), { service: people.sigrid.service })
    await settled(petter, () => fieldsOf(petter.doc, 'forged').service === 'ppt')
  })

  test('for another service stands when the server wrote it for whoever leads a meeting', async () => {
    const led = { id: BlockId.parse('led'), by: people.sigrid.id, service: people.petter.service }
    await server.collab.writeAs({ document, person: people.sigrid }, (doc) => {
      appendBlocks(doc, [evaluation({ ...led, score: 0, at })], BlockId.parse('one'))
    })
    // Whoever it was written for may move it, and nobody else gives it another step: not even who led.
    const petter = await open(people.petter)
    setBlockFields(petter.doc, BlockId.parse('led'), { score: 2 })
    await settled(petter, () => Number(fieldsOf(petter.doc, 'led').score) === 0)
    const sigrid = await open(people.sigrid)
    setBlockFields(sigrid.doc, BlockId.parse('led'), { score: 2 })
    await settled(sigrid, () => Number(fieldsOf(sigrid.doc, 'led').score) === 0)
    move(petter.doc, 'led', 'two')
    const reader = await settled(petter, () => block(petter.doc, 'two')?.toString().includes('led') ?? false)
    expect(fieldsOf(reader.doc, 'led')).toEqual({ by: 'sigrid', service: 'ppt', score: 0, at })
  })

  test('is its writer’s to change', async () => {
    const sigrid = await open(people.sigrid)
    setBlockFields(sigrid.doc, hers, { score: 1 })
    await sigrid.saved()
    const reader = await open(people.maren)
    expect(fieldsOf(reader.doc, 'hers')).toMatchObject({ by: 'sigrid', score: 1 })
    expect((await server.storage.updates.load(document)).tail).toHaveLength(2)
  })
})

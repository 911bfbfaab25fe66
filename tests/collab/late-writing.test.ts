import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { goal, measure } from '../../shared/blocks/json.ts'
import { appendBlocks, findBlock, logFragment } from '../../shared/case-log/document.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { BlockId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { away, type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

const document = documentName(jonas, 'shared')
const gate = BlockId.parse('gate')
const other = BlockId.parse('other')
let server: CollabServer
const clients: Client[] = []

beforeEach(async () => {
  server = await startCollab()
  await server.collab.writeAs({ document, person: people.maren }, (doc) => {
    appendBlocks(doc, [
      goal({ id: BlockId.parse('first') }, 'Skole', [measure({ id: gate }, 'Voksen ved porten')]),
      goal({ id: other }, 'Ro'),
    ])
  })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.stop()
})

async function open(person: Person): Promise<Client> {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  await client.synced()
  return client
}

/** Moves the measure as the editor's binding does: written anew there, deleted here, in one transaction. */
function moveToOther(doc: Y.Doc): void {
  const old = findBlock(doc, gate)
  const goal = findBlock(doc, other)
  if (!old || !goal || !(old.parent instanceof Y.XmlElement)) throw new Error('no measure')
  const { parent } = old
  doc.transact(() => {
    goal.insert(goal.length, [old.clone()])
    parent.delete(parent.toArray().indexOf(old), 1)
  })
}

function typeInMeasure(doc: Y.Doc, at: number, text: string): void {
  const words = findBlock(doc, gate)?.get(0)
  if (!(words instanceof Y.XmlText)) throw new Error('no text')
  words.insert(at, text)
}

/** Puts a new measure before this one as the binding may do: the old element becomes the new one, this one is written anew. */
function putBefore(doc: Y.Doc, id: string): void {
  const old = findBlock(doc, gate)
  if (!old || !(old.parent instanceof Y.XmlElement)) throw new Error('no measure')
  const { parent } = old
  doc.transact(() => {
    parent.insert(parent.toArray().indexOf(old) + 1, [old.clone()])
    old.setAttribute('id', id)
    old.delete(0, old.length)
  })
}

const measures = (doc: Y.Doc): string[] =>
  outline(doc).goals.map((each) => each.measures.map(({ text }) => text).join('|'))
const text = (doc: Y.Doc): string => logFragment(doc).toString()

describe('[BL1.4] what is written in a block while a colleague moves it', () => {
  test('goes along when the writer comes back after the move', async () => {
    const maren = await open(people.maren)
    const nurse = await open(people.sigrid)
    await away(nurse, async () => {
      typeInMeasure(nurse.doc, 6, ' (Maren)')
      moveToOther(maren.doc)
      await maren.saved()
    })
    await until(
      'the words in the moved measure',
      () => measures(maren.doc)[1] === 'Voksen (Maren) ved porten',
    )
    await until('the same for the writer', () => text(nurse.doc) === text(maren.doc))
    expect(measures(maren.doc)).toEqual(['', 'Voksen (Maren) ved porten'])
  })

  test('goes along when the mover comes back after the writing, and stays its writer’s', async () => {
    const maren = await open(people.maren)
    const nurse = await open(people.sigrid)
    await away(maren, async () => {
      moveToOther(maren.doc)
      typeInMeasure(nurse.doc, 6, ' (Maren)')
      await nurse.saved()
    })
    await until(
      'the words in the moved measure',
      () => measures(nurse.doc)[1] === 'Voksen (Maren) ved porten',
    )
    await until('the same for the mover', () => text(nurse.doc) === text(maren.doc))
    await until('the nurse in its byline', () =>
      JSON.stringify(nurse.heard.at(-1)).includes(people.sigrid.id),
    )
  })

  test('two who move it at the same time leave one, with what both wrote', async () => {
    const maren = await open(people.maren)
    const nurse = await open(people.sigrid)
    await away(nurse, async () => {
      moveToOther(nurse.doc)
      typeInMeasure(nurse.doc, 6, ' (Nora)')
      moveToOther(maren.doc)
      await maren.saved()
      typeInMeasure(maren.doc, 17, ' 08.15')
      await maren.saved()
    })
    await until('one measure', () => measures(maren.doc)[1] === 'Voksen (Nora) ved porten 08.15')
    await until('the same for both', () => text(nurse.doc) === text(maren.doc))
    expect(outline(maren.doc).duplicates).toEqual([])
  })

  // Of two values, Yjs keeps that of the higher client.
  for (const wins of ['first', 'last'] as const)
    test(`two who put one each before it at the same time leave three when the ${wins} one wins`, async () => {
      const two = [await open(people.maren), await open(people.sigrid)]
      const [lower, higher] = two.sort((one, other) => one.doc.clientID - other.doc.clientID)
      if (!lower || !higher) throw new Error('nobody came')
      const [first, last] = wins === 'first' ? [higher, lower] : [lower, higher]
      await away(last, async () => {
        putBefore(last.doc, 'of-the-last')
        putBefore(first.doc, 'of-the-first')
        await first.saved()
      })
      const ids = (doc: Y.Doc) => outline(doc).goals.flatMap((each) => each.measures.map(({ id }) => id))
      await until('three measures', () => new Set(ids(first.doc)).size === 3)
      await until('the same for both', () => text(last.doc) === text(first.doc))
      expect(ids(first.doc).toSorted()).toEqual([gate, 'of-the-first', 'of-the-last'])
    })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { documentName, ServerMessage } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import { away, type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

const document = documentName(jonas, 'shared')
const WORDS = 'Voksen ved porten'
let server: CollabServer
const clients: Client[] = []

beforeEach(async () => {
  server = await startCollab()
  await server.collab.writeAs({ document, person: people.maren }, (doc) => {
    appendBlocks(doc, [paragraph(WORDS), paragraph('Slutt')])
  })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.stop()
})

/** Somebody in the log, who says what they have seen as the browser does. */
async function open(person: Person): Promise<Client> {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  client.provider.on('stateless', ({ payload }: { payload: string }) => {
    const message = ServerMessage.parse(JSON.parse(payload))
    if (message.type === 'taken')
      client.provider.sendStateless(JSON.stringify({ type: 'seen', mark: message.mark }))
  })
  await client.synced()
  return client
}

/** Paragraphs with the words in them. */
const copies = (doc: Y.Doc): Y.XmlElement[] =>
  logFragment(doc)
    .toArray()
    .filter((each) => each instanceof Y.XmlElement && each.toString().includes(WORDS))
    .filter((each) => each instanceof Y.XmlElement)

/** Moves the paragraph to the end as the editor's binding does: written anew there, deleted here. */
function moveToEnd(doc: Y.Doc): void {
  const log = logFragment(doc)
  const [old] = copies(doc)
  if (!old) throw new Error('no words')
  doc.transact(() => {
    log.insert(log.length, [old.clone()])
    log.delete(log.toArray().indexOf(old), 1)
  })
}

function take(doc: Y.Doc, which: number): void {
  const text = copies(doc)[which]?.get(0)
  if (!(text instanceof Y.XmlText)) throw new Error('no copy')
  text.delete(0, text.length)
}

/** Two people who moved the same paragraph at the same time, and now both see it twice. */
async function twoWhoSeeTwo(): Promise<[Client, Client]> {
  const maren = await open(people.maren)
  const nurse = await open(people.sigrid)
  await away(nurse, async () => {
    moveToEnd(nurse.doc)
    moveToEnd(maren.doc)
    await maren.saved()
  })
  for (const { doc } of [maren, nurse]) await until('two copies', () => copies(doc).length === 2)
  return [maren, nurse]
}

const same = (one: Client, other: Client): boolean =>
  logFragment(one.doc).toString() === logFragment(other.doc).toString()

describe('[BL1.4] text that came to stand twice', () => {
  test('is there once when each of two people, not knowing of the other, takes one of the two', async () => {
    const [maren, nurse] = await twoWhoSeeTwo()
    await away(nurse, async () => {
      take(nurse.doc, 0)
      take(maren.doc, 1)
      await maren.saved()
    })
    await until('the words once', () => copies(maren.doc).length === 1 && same(maren, nurse))
  })

  test('goes when somebody who sees that one is gone takes the other', async () => {
    const [maren, nurse] = await twoWhoSeeTwo()
    take(nurse.doc, 0)
    await until('one to be gone', () => copies(maren.doc).length === 1)
    await until('word of it', () => maren.heard.some(({ type }) => type === 'taken'))
    take(maren.doc, 0)
    await maren.saved()
    const reader = await open(people.sigrid)
    expect(copies(reader.doc)).toEqual([])
    await until('the same for both', () => same(maren, nurse))
  })

  test('goes when the same person takes both, before anybody has heard of it', async () => {
    const [maren, nurse] = await twoWhoSeeTwo()
    await away(nurse, async () => {
      take(nurse.doc, 1)
      take(nurse.doc, 0)
      await maren.saved()
    })
    await until('none', () => copies(maren.doc).length === 0 && same(maren, nurse))
  })
})

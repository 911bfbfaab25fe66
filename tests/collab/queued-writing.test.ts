import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { UpdateEntry } from '../../server/db/update-store.ts'
import { appendParagraph, childElements, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
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

/** A server on which one person's next update waits at the door of the disk until it is let in. */
async function startHolding() {
  const entries: UpdateEntry[] = []
  let held: { author: string; arrived: () => void; released: Promise<void> } | undefined
  server = await startCollab({
    storage: (storage) => ({
      ...storage,
      updates: {
        ...storage.updates,
        append: async (entry) => {
          entries.push(entry)
          if (held?.author === entry.author) {
            const { arrived, released } = held
            held = undefined
            arrived()
            await released
          }
          return storage.updates.append(entry)
        },
      },
    }),
  })
  return {
    entries,
    hold({ id: author }: Person) {
      const arrival = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      held = { author, arrived: arrival.resolve, released: release.promise }
      return { arrived: arrival.promise, release: release.resolve }
    },
  }
}

async function open(person: Person) {
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id))
  clients.push(client)
  await client.synced()
  return client
}

const text = (doc: Y.Doc) => logFragment(doc).toString()

function type(doc: Y.Doc, words: string) {
  const paragraph = childElements(logFragment(doc))[0]?.get(0)
  if (!(paragraph instanceof Y.XmlText)) throw new Error('no paragraph')
  for (const char of words) paragraph.insert(paragraph.length, char)
}

async function fromDisk(): Promise<string> {
  const doc = new Y.Doc()
  const { tail } = await server.storage.updates.load(document, 0)
  for (const { data } of tail) Y.applyUpdate(doc, data)
  return text(doc)
}

describe('what somebody types while the disk is busy', () => {
  test('is stored in one piece, and each key press is acknowledged when it is on disk, not before', async () => {
    const { entries, hold } = await startHolding()
    const maren = await open(people.maren)
    const petter = await open(people.petter)
    appendParagraph(maren.doc, 'Uke 12: ')
    await maren.saved()
    entries.length = 0
    const disk = hold(people.maren)
    type(maren.doc, 'J')
    await disk.arrived
    type(maren.doc, 'onas trives')
    maren.awareness.setLocalStateField('typingAt', 1)
    // What a colleague writes meanwhile is not held up; by then the rest waits at the server.
    appendParagraph(petter.doc, 'Petter.')
    await petter.saved()
    expect(maren.provider.unsyncedChanges).toBe(12)
    expect(text(petter.doc)).not.toContain('J')
    disk.release()
    await maren.saved()
    expect(entries.length).toBeLessThan(12)
    await until('all to be equal', () => text(petter.doc) === text(maren.doc))
    expect(text(petter.doc)).toContain('Uke 12: Jonas trives')
    expect(await fromDisk()).toBe(text(maren.doc))
  })

  test('is taken up to a change of rights, and what comes after it is not', async () => {
    const { hold } = await startHolding()
    const maren = await open(people.maren)
    const petter = await open(people.petter)
    appendParagraph(petter.doc, 'Petter: ')
    await petter.saved()
    const disk = hold(people.petter)
    type(petter.doc, 'f')
    await disk.arrived
    type(petter.doc, 'ør')
    await server.access.setRole(jonas, people.petter.id, 'guardian')
    await until('Petter to hear of it', () =>
      petter.heard.some((said) => said.type === 'access' && !said.write),
    )
    disk.release()
    await until('what was on its way', () => text(maren.doc).includes('Petter: f'))
    appendParagraph(maren.doc, 'Maren.')
    await maren.saved()
    expect(text(maren.doc)).not.toContain('før')
    expect(await fromDisk()).toBe(text(maren.doc))
  })
})

describe('somebody whose line breaks while the disk is busy', () => {
  test('is seen to be gone, and what they wrote is there for who comes next', async () => {
    const { hold } = await startHolding()
    const maren = await open(people.maren)
    const sigrid = await open(people.sigrid)
    appendParagraph(maren.doc, 'Maren: ')
    maren.awareness.setLocalStateField('typingAt', 1)
    await maren.saved()
    await until('Sigrid to see Maren', () => sigrid.awareness.getStates().has(maren.doc.clientID))
    const disk = hold(people.maren)
    type(maren.doc, 's')
    await disk.arrived
    type(maren.doc, 'ist ord')
    appendParagraph(sigrid.doc, 'Sigrid.')
    await sigrid.saved()
    // From now on nothing is sent to Maren, which would find her gone as well.
    await until('all bylines to be told', () =>
      sigrid.heard.some(
        (said) => said.type === 'bylines' && said.bylines.some(({ person }) => person === 'sigrid'),
      ),
    )
    maren.close()
    await until('Maren to be gone', () => !sigrid.awareness.getStates().has(maren.doc.clientID))
    // Reaching her finds her socket closed, and then the last one leaves.
    appendParagraph(sigrid.doc, 'Sigrid igjen.')
    await sigrid.saved()
    sigrid.close()
    await until('the sockets to be closed', () => server.collab.metrics().sockets === 0)
    const petter = await open(people.petter)
    disk.release()
    await until('Maren’s words', () => text(petter.doc).includes('Maren: sist ord'))
    expect(text(petter.doc)).toContain('Sigrid.')
    petter.close()
    await until('the log to leave memory', () => server.collab.metrics().documents === 0)
    const again = await open(people.petter)
    expect(text(again.doc)).toContain('Maren: sist ord')
    expect(await fromDisk()).toBe(text(again.doc))
  })
})

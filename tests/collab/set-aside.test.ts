import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { excerptOf } from '../../server/set-aside/pieces.ts'
import { waitingIn } from '../../server/set-aside/rows.ts'
import { evaluation, goal, measure } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, childElements, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { loseUpdates } from '../support/lose-updates.ts'

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

async function open(person: Person, doc?: Y.Doc) {
  const options = doc ? { doc } : {}
  const client = openClient(server.port, document, (id) => server.ticket(person, document, id), options)
  clients.push(client)
  await client.synced()
  return client
}

/** What somebody's tab holds when nobody is connected any more. */
function leave(client: Client): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(client.doc))
  doc.clientID = client.doc.clientID
  clients = clients.filter((other) => other !== client)
  client.close()
  return doc
}

const text = (doc: Y.Doc) => logFragment(doc).toString()
const lastSeq = async () => [...(await server.storage.updates.load(document)).tail].at(-1)?.seq ?? 0
const waiting = async () =>
  (await waitingIn(server.storage.rows, jonas)).map(({ writer, sentBy, pieces }) => [
    writer?.person,
    sentBy,
    excerptOf(pieces),
  ])
const heardAfresh = (client: Client) => client.heard.some(({ type }) => type === 'afresh')

/** Restarts a server that has forgotten everything after `seq`. */
async function restore(seq: number) {
  server = await server.restart(() => loseUpdates(server.dataDir, document, seq))
}

/** Who wrote each paragraph, as the server says it to somebody who comes. */
async function writers() {
  const reader = await open(people.petter)
  const all = () => reader.heard.find((one) => one.type === 'bylines' && one.all)
  await until('all bylines', () => all() !== undefined)
  const message = all()
  const bylines = message?.type === 'bylines' ? message.bylines : []
  const found: Record<string, string> = {}
  const visit = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement) || !child._item) continue
      const byline = bylines.find(({ key }) => key === `${child._item?.id.client}:${child._item?.id.clock}`)
      const words = child
        .toArray()
        .map((inner) => (inner instanceof Y.XmlText ? inner.toString() : ''))
        .join('')
      if (byline) found[words] = [byline.person, ...byline.others.map(({ person }) => person)].join(' ')
      visit(child)
    }
  }
  visit(logFragment(reader.doc))
  return found
}

describe('after a restore from an older copy', () => {
  test('a client brings back its own lost edits, as its own, also those of an earlier session', async () => {
    const first = await open(people.maren)
    appendParagraph(first.doc, 'Står i kopien.')
    await first.saved()
    const kept = await lastSeq()
    appendParagraph(first.doc, 'Tapt, fra i går.')
    await first.saved()
    const second = await open(people.maren)
    appendParagraph(second.doc, 'Tapt, fra i dag.')
    await second.saved()
    leave(first)
    const doc = leave(second)
    await restore(kept)
    const back = await open(people.maren, doc)
    await back.saved()
    expect(back.closed).toEqual([])
    expect(heardAfresh(back)).toBe(false)
    expect(await waiting()).toEqual([])
    expect(await writers()).toEqual({
      'Står i kopien.': 'maren',
      'Tapt, fra i går.': 'maren',
      'Tapt, fra i dag.': 'maren',
    })
  })

  test('what others had written is set aside under their names; the one who brings it stays and keeps the own', async () => {
    const maren = await open(people.maren)
    const sigrid = await open(people.sigrid)
    appendParagraph(maren.doc, 'Står i kopien.')
    await maren.saved()
    await until('it to arrive', () => text(sigrid.doc).includes('Står'))
    const kept = await lastSeq()
    appendParagraph(sigrid.doc, 'Sigrids tapte linje.')
    await sigrid.saved()
    await until('it to arrive', () => text(maren.doc).includes('Sigrids'))
    appendParagraph(maren.doc, 'Marens tapte linje.')
    await maren.saved()
    leave(sigrid)
    const doc = leave(maren)
    await restore(kept)

    const back = await open(people.maren, doc)
    await until('to be told', () => heardAfresh(back))
    await back.saved()
    expect(back.closed).toEqual([])
    expect(await waiting()).toEqual([['sigrid', 'maren', 'Sigrids tapte linje.']])
    expect(await writers()).toEqual({ 'Står i kopien.': 'maren', 'Marens tapte linje.': 'maren' })
    const audit = await server.storage.rows
      .selectFrom('audit')
      .where('detail', 'like', '%setAside%')
      .select(['person', 'case_id'])
      .execute()
    expect(audit).toContainEqual({ person: 'maren', case_id: 'jonas' })
  })

  test('own words inside what is missing are saved too, in the nearest place that is left', async () => {
    const maren = await open(people.maren)
    const sigrid = await open(people.sigrid)
    appendParagraph(maren.doc, 'Først.')
    appendParagraph(maren.doc, 'Sist.')
    await maren.saved()
    await until('it to arrive', () => text(sigrid.doc).includes('Sist'))
    const kept = await lastSeq()
    const log = logFragment(sigrid.doc)
    const lost = new Y.XmlElement('paragraph')
    lost.insert(0, [new Y.XmlText('Sigrid skrev dette.')])
    log.insert(1, [lost])
    await sigrid.saved()
    await until('it to arrive', () => text(maren.doc).includes('Sigrid'))
    const hers = logFragment(maren.doc).get(1)
    const words = hers instanceof Y.XmlElement ? hers.get(0) : undefined
    if (!(words instanceof Y.XmlText)) throw new Error('no text')
    words.insert(words.length, ' Enig, sier Maren.')
    const firstText = logFragment(maren.doc).get(0)
    const first = firstText instanceof Y.XmlElement ? firstText.get(0) : undefined
    if (first instanceof Y.XmlText) first.insert(first.length, ' Og litt til.')
    await maren.saved()
    leave(sigrid)
    const doc = leave(maren)
    await restore(kept)

    const back = await open(people.maren, doc)
    await until('to be told', () => heardAfresh(back))
    expect(await writers()).toEqual({
      'Først. Og litt til.': 'maren',
      ' Enig, sier Maren.': 'maren',
      'Sist.': 'maren',
    })
    expect(await waiting()).toEqual([['sigrid', 'maren', 'Sigrid skrev dette.']])
    // What is typed in what is missing before the client begins again: saved as well, and once.
    const stale = childElements(logFragment(back.doc)).find((one) => one.toString().includes('Sigrid'))
    const there = stale?.get(0)
    if (there instanceof Y.XmlText) there.insert(there.length, ' Og dette.')
    await back.saved()
    const again = await open(people.maren, leave(back))
    await until('to be told again', () => heardAfresh(again))
    expect(Object.keys(await writers()).sort()).toEqual(
      ['Først. Og litt til.', ' Og dette.', ' Enig, sier Maren.', 'Sist.'].sort(),
    )
    expect(await waiting()).toHaveLength(1)
  })

  test('several who bring the same do not fill the list, and its writer’s own return empties it', async () => {
    const maren = await open(people.maren)
    const sigrid = await open(people.sigrid)
    const petter = await open(people.petter)
    appendParagraph(maren.doc, 'Står.')
    await maren.saved()
    await until('it to arrive', () => text(sigrid.doc).includes('Står'))
    const kept = await lastSeq()
    appendBlocks(sigrid.doc, [goal({}, 'Et mål', [measure({}, 'Et tiltak')])])
    await sigrid.saved()
    await until('it to arrive', () => [maren, petter].every(({ doc }) => text(doc).includes('tiltak')))
    const docs = [leave(maren), leave(petter)]
    const hers = leave(sigrid)
    await restore(kept)
    const one = await open(people.maren, docs[0])
    await until('to be told', () => heardAfresh(one))
    const two = await open(people.petter, docs[1])
    await until('to be told', () => heardAfresh(two))
    expect(await waiting()).toEqual([['sigrid', 'maren', 'Et mål\nEt tiltak']])
    const back = await open(people.sigrid, hers)
    await back.saved()
    expect(heardAfresh(back)).toBe(false)
    expect(await server.collab.setAside.list(jonas)).toEqual([])
  })

  test('an unclaimed client’s text and a colleague’s signature are nobody’s, and not the sender’s', async () => {
    const maren = await open(people.maren)
    appendParagraph(maren.doc, 'Står.')
    await maren.saved()
    const doc = leave(maren)
    const stranger = new Y.Doc()
    Y.applyUpdate(stranger, Y.encodeStateAsUpdate(doc))
    appendParagraph(stranger, 'Fra ingen vet hvem.')
    appendBlocks(stranger, [evaluation({ by: people.sigrid.id, score: 2 }, 'Sier Sigrid')])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(stranger))
    const back = await open(people.maren, doc)
    await until('to be told', () => heardAfresh(back))
    expect(await waiting()).toEqual([[undefined, 'maren', 'Fra ingen vet hvem.\nSier Sigrid']])
    const [found] = await waitingIn(server.storage.rows, jonas)
    expect(JSON.stringify(found?.pieces)).not.toContain('sigrid')
    expect(await writers()).toEqual({ 'Står.': 'maren' })
  })
})

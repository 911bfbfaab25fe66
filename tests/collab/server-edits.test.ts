import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { evaluation, goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { NewLine } from '../../shared/cases.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { Person } from '../../shared/people.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
const clients: Client[] = []

beforeEach(async () => {
  server = await startCollab()
})
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
const addLine = (person: Person, line: unknown) =>
  server.collab.addLine(server.sessionOf(person), jonas, NewLine.parse(line))
const updates = async () => [...(await server.storage.updates.load(document, 0)).tail]

describe('lines that the server writes for somebody', () => {
  test('reach everybody, signed, and the same id again is the same line', async () => {
    const maren = await open(people.maren)
    await addLine(people.mother, { id: 'line-1', text: 'Hun sov godt i natt.' })
    await until('the line', () => text(maren.doc).includes('Hun sov godt i natt.'))
    await until('its byline', () => JSON.stringify(maren.heard).includes('"person":"mother"'))
    await Promise.all([
      addLine(people.mother, { id: 'line-1', text: 'Hun sov godt i natt.' }),
      addLine(people.mother, { id: 'line-1', text: 'Hun sov godt i natt.' }),
      addLine(people.mother, { id: 'line-2', text: 'Og spiste.' }),
    ])
    await until('the second line', () => text(maren.doc).includes('Og spiste.'))
    expect(text(maren.doc).split('Hun sov').length).toBe(2)
    expect((await updates()).map(({ author, service }) => `${author} ${service}`)).toEqual([
      'mother hjem',
      'mother hjem',
    ])
    await expect(addLine(people.maren, { id: 'line-1', text: 'x' })).rejects.toMatchObject({
      code: 'invalidInput',
    })
  })

  test('rate a goal, and a goal that is gone is said to be', async () => {
    await server.collab.writeAs({ document, person: people.maren, at: 1000 }, (doc) => {
      appendBlocks(doc, [goal({ id: null }, 'Skole fire dager')])
      const block = logFragment(doc).get(0)
      if (block instanceof Y.XmlElement) block.setAttribute('id', 'goal-1')
    })
    await addLine(people.mother, { id: 'rate-1', text: 'Bedre.', goal: { block: 'goal-1', score: 1 } })
    const maren = await open(people.maren)
    expect(text(maren.doc)).toMatch(/<goal.*<evaluation[^>]*by="mother"[^>]*id="rate-1"[^>]*score="1"/)
    const gone = addLine(people.mother, { id: 'rate-2', text: '', goal: { block: 'nowhere', score: 0 } })
    await expect(gone).rejects.toMatchObject({ code: 'notFound' })
    await expect(addLine(people.stranger, { id: 'l', text: 'x' })).rejects.toEqual(new AppError('notFound'))
  })

  test('an edit that fails on the way leaves nothing behind', async () => {
    const failing = server.collab.writeAs({ document, person: people.maren }, (doc) => {
      appendParagraph(doc, 'halvveis')
      throw new AppError('notAllowed')
    })
    await expect(failing).rejects.toEqual(new AppError('notAllowed'))
    expect(await updates()).toEqual([])
  })
})

describe('rows', () => {
  async function rowsOf() {
    const { rows } = server.storage
    return {
      goals: await rows.selectFrom('goals').selectAll().execute(),
      measures: await rows.selectFrom('measures').selectAll().execute(),
      services: await rows.selectFrom('service_lines').selectAll().orderBy('service').execute(),
      people: await rows.selectFrom('person_lines').selectAll().orderBy('person').execute(),
      texts: await rows.selectFrom('log_texts').select(['document', 'text']).execute(),
      warnings: await rows.selectFrom('projection_warnings').selectAll().execute(),
    }
  }

  test('[BL4] follow the log within two seconds, and are the same when made again from nothing', async () => {
    await server.collab.writeAs({ document, person: people.sigrid, at: 5000 }, (doc) => {
      appendBlocks(doc, [
        goal({ status: 'active', reviewDate: '2026-12-18' }, 'Fire dager i uka', [
          measure({ service: people.maren.service, status: 'underway' }, 'Voksen ved porten'),
          evaluation({ service: people.maren.service, score: -1, at: '2026-11-20T10:00:00Z' }, 'Tre dager'),
        ]),
      ])
    })
    const maren = await open(people.maren)
    const started = performance.now()
    appendParagraph(maren.doc, 'Et ord til.')
    appendBlocks(maren.doc, [measure({ id: null }, 'Løst'), paragraph('slutt')])
    await until('the rows', async () => (await rowsOf()).texts[0]?.text.includes('slutt') ?? false)
    expect(performance.now() - started).toBeLessThan(2000)
    expect(server.changed).toContain('jonas')
    const before = await rowsOf()
    expect(before.goals).toMatchObject([
      { number: 1, title: 'Fire dager i uka', status: 'active', review_date: '2026-12-18' },
    ])
    expect(JSON.parse(before.goals[0]?.ratings ?? '')).toMatchObject([{ service: 'skole', score: -1 }])
    expect(before.measures.map(({ text }) => text)).toEqual(['Voksen ved porten', 'Løst'])
    expect(before.services).toMatchObject([
      { service: 'skole', person: 'maren' },
      { service: 'skolehelse', person: 'sigrid', last_line_at: 5000 },
    ])
    for (const table of ['goals', 'measures', 'service_lines', 'person_lines', 'log_texts'] as const) {
      await server.storage.rows.deleteFrom(table).execute()
    }
    const progress: number[] = []
    await server.collab.rebuildProjection('all', (done) => progress.push(done))
    expect(await rowsOf()).toEqual(before)
    expect(progress).toEqual([1])
  })
})

describe('compaction', () => {
  test('a long tail becomes a checkpoint, with the same text and the same writers after it', async () => {
    const maren = await open(people.maren)
    for (let index = 0; index < 600; index++) appendParagraph(maren.doc, `linje ${index}`)
    await maren.saved()
    const before = text(maren.doc)
    maren.close()
    await until('the log to leave memory', () => server.collab.metrics().documents === 0)
    const stored = await server.storage.updates.load(document)
    expect(stored.checkpoint).toBeDefined()
    expect(stored.tail).toHaveLength(0)
    expect(await updates()).toHaveLength(600)
    const petter = await open(people.petter)
    expect(text(petter.doc)).toBe(before)
    await until('bylines', () => petter.heard.some(({ type }) => type === 'bylines'))
    const all = petter.heard.find((message) => message.type === 'bylines')
    expect(all?.type === 'bylines' && all.bylines.every(({ person }) => person === 'maren')).toBe(true)
    expect(all?.type === 'bylines' && all.bylines.length).toBe(600)
    appendParagraph(petter.doc, 'etterpå')
    await petter.saved()
    expect((await server.storage.updates.load(document)).tail).toHaveLength(1)
  })
})

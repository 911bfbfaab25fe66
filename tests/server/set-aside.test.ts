import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { SetAsideItem } from '../../shared/set-aside.ts'
import { type Client, connect, until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

const document = 'case/logg-a/shared'
let app: TestApp
let maren: string
let silje: string
const clients: Client[] = []

beforeAll(async () => {
  app = await startApp()
  maren = await app.signIn('maren')
  silje = await app.signIn('silje')
})
afterAll(async () => {
  for (const client of clients) client.close()
  await app.stop()
})

async function open(cookie: string, doc = new Y.Doc()) {
  const client = await connect(app, cookie, document, { doc })
  clients.push(client)
  return client
}

const items = async (cookie: string) => {
  const answer = await fetch(`${app.url}/api/cases/logg-a/set-aside`, { headers: { cookie } })
  const body: { items?: unknown } = await answer.json()
  return { status: answer.status, items: SetAsideItem.array().optional().parse(body.items) ?? [] }
}
const decide = (cookie: string, id: string, decision: string) =>
  fetch(`${app.url}/api/cases/logg-a/set-aside/${id}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ decision }),
  })
const countFor = async (cookie: string) => {
  const answer = await fetch(`${app.url}/api/cases/logg-a`, { headers: { cookie } })
  const { setAside }: { setAside: number } = await answer.json()
  return setAside
}

/** Silje's browser brings text under a client id that is not hers, as one ahead of a restored log does. */
async function bring(clientId: number, text: string) {
  const other = new Y.Doc()
  const reader = await open(silje)
  Y.applyUpdate(other, Y.encodeStateAsUpdate(reader.doc))
  reader.close()
  other.clientID = clientId
  appendParagraph(other, text)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  const client = await open(silje, doc)
  await until('to be told', () => client.heard.some(({ type }) => type === 'afresh'))
  client.close()
}

const bylineOf = async (text: string) => {
  const reader = await open(maren)
  const element = () =>
    logFragment(reader.doc)
      .toArray()
      .find((child) => child instanceof Y.XmlElement && child.toString().includes(`>${text}<`))
  await until('the text', () => element() !== undefined)
  const found = element()
  const id = found instanceof Y.XmlElement ? found._item?.id : undefined
  const bylines = reader.heard.flatMap((one) => (one.type === 'bylines' ? one.bylines : []))
  reader.close()
  return bylines.findLast(({ key }) => key === `${id?.client}:${id?.clock}`)
}

test('the coordinator alone sees what was set aside and decides; taken in, it is its writer’s', async () => {
  const haakon = await app.signIn('haakon')
  const anders = await app.signIn('anders')
  const writer = await open(haakon)
  const { clientID } = writer.doc
  writer.close()
  await bring(clientID, 'Fra Håkon, før uhellet.')
  expect(await countFor(maren)).toBe(1)
  expect(await countFor(silje)).toBe(0)
  expect((await items(silje)).status).toBe(403)
  expect((await items(anders)).status).toBe(404)
  const { items: found } = await items(maren)
  expect(found).toMatchObject([{ person: 'haakon', sentBy: 'silje', text: 'Fra Håkon, før uhellet.' }])
  const id = found[0]?.id ?? ''
  expect((await decide(silje, id, 'takeIn')).status).toBe(403)
  expect((await decide(maren, id, 'takeIn')).status).toBe(200)
  expect((await decide(maren, id, 'takeIn')).status).toBe(404)
  expect(await bylineOf('Fra Håkon, før uhellet.')).toMatchObject({ person: 'haakon', others: [] })
  expect(await countFor(maren)).toBe(0)
  const reads = await app.storage.rows.selectFrom('audit').selectAll().where('action', '=', 'read').execute()
  expect(reads.some(({ person, detail }) => person === 'maren' && detail.includes('setAside'))).toBe(true)
})

test('what nobody claimed is taken in as «unsure», and what is dropped stays out', async () => {
  await bring(987_654_321, 'Fra ingen vet hvem.')
  await bring(987_654_322, 'Noe tull.')
  const { items: found } = await items(maren)
  expect(found.map(({ person, text }) => [person, text])).toEqual([
    [null, 'Fra ingen vet hvem.'],
    [null, 'Noe tull.'],
  ])
  expect((await decide(maren, found[0]?.id ?? '', 'takeIn')).status).toBe(200)
  expect((await decide(maren, found[1]?.id ?? '', 'drop')).status).toBe(200)
  expect(await bylineOf('Fra ingen vet hvem.')).toMatchObject({ person: 'unsure', service: 'unsure' })
  const reader = await open(maren)
  expect(logFragment(reader.doc).toString()).not.toContain('Noe tull.')
  const metrics = await (await fetch(`${app.url}/metrics`)).text()
  expect(metrics).toContain('stafett_set_aside_total 3')
})

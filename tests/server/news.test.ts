import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import type { CaseSummary } from '../../shared/cases.ts'
import { ServerEvent } from '../../shared/events.ts'
import { CaseId, PersonId } from '../../shared/ids.ts'
import { News } from '../../shared/news.ts'
import { connect, until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
const cookies = new Map<string, string>()
beforeAll(async () => {
  app = await startApp()
  for (const person of ['maren', 'silje', 'camilla', 'anders', 'haakon'])
    cookies.set(person, await app.signIn(person))
})
afterAll(() => app.stop())

const as = (person: string, method: 'GET' | 'POST', path: string, body?: unknown) =>
  fetch(`${app.url}${path}`, {
    method,
    headers: { cookie: cookies.get(person) ?? '', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const newsOf = async (person: string, log = 'logg-a'): Promise<News> =>
  News.parse(await (await as(person, 'GET', `/api/cases/${log}/news`)).json())
const read = (person: string, body: object, log = 'logg-a') =>
  as(person, 'POST', `/api/cases/${log}/read`, body)
const rowOf = async (person: string, log = 'logg-a'): Promise<CaseSummary | undefined> => {
  const { cases }: { cases: CaseSummary[] } = await (await as(person, 'GET', '/api/cases')).json()
  return cases.find(({ id }) => id === log)
}
const unreadOf = async (person: string) => (await rowOf(person))?.unread
const serviceUnread = async (service: string) =>
  (await rowOf('maren'))?.pulses.find((pulse) => pulse.service === service)?.unread

async function listen(person: string) {
  const heard: ServerEvent[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: cookies.get(person) ?? '' },
  })
  socket.on('message', (data) => heard.push(ServerEvent.parse(JSON.parse(String(data)))))
  await new Promise((resolve) => socket.once('open', resolve))
  const counts = () => heard.flatMap((event) => (event.type === 'news' ? [event.count] : []))
  return { heard, counts, close: () => socket.close() }
}

const readAll = async (...people: string[]) => {
  for (const person of people) await read(person, { seq: (await newsOf(person)).seq })
}

test('who is no member learns nothing, and neither a stranger’s look nor word is kept', async () => {
  for (const ask of [
    (id: string) => as('anders', 'GET', `/api/cases/${id}/news`),
    (id: string) => as('anders', 'POST', `/api/cases/${id}/read`, { seq: 5 }),
  ]) {
    const [foreign, unknown] = [await ask('logg-a'), await ask('no-such-log')]
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    expect(await foreign.text()).toBe(await unknown.text())
  }
  const kept = await app.storage.rows
    .selectFrom('readings')
    .where('person', '=', 'anders')
    .where('document', '=', 'case/logg-a/shared')
    .select('person')
    .execute()
  expect(kept).toEqual([])
})

test('a line is new to everybody but its writer, in the log and in live rows, until it was on the screen', async () => {
  await readAll('maren', 'silje', 'camilla')
  const events = await listen('camilla')
  await until('counts of a log that is all read', async () => (await unreadOf('camilla')) === 0)
  const silje = await connect(app, cookies.get('silje') ?? '', 'case/logg-a/shared')
  appendParagraph(silje.doc, 'Han spiste lunsj med de andre.')
  await silje.saved()
  await until('the guardian to hear of it', () => events.counts().at(-1) === 1)
  expect(await unreadOf('camilla')).toBe(1)
  expect(await unreadOf('silje')).toBe(0)

  const news = await newsOf('camilla')
  expect(news).toMatchObject({
    count: 1,
    people: [{ person: 'silje', name: 'Silje Nordhagen', count: 1 }],
    items: [
      { what: 'made', block: 'paragraph', parts: [{ mark: 'new', text: 'Han spiste lunsj med de andre.' }] },
    ],
  })
  const [item] = news.items
  expect((await read('camilla', { seq: news.seq, keys: [item?.key] })).status).toBe(200)
  expect((await newsOf('camilla')).count).toBe(0)
  await until('their other devices to hear of it', () => events.counts().at(-1) === 0)
  expect((await newsOf('maren')).count).toBe(1)
  events.close()
  silje.close()
})

test('news of a service are what none of its people has read', async () => {
  await readAll('maren', 'silje', 'haakon', 'camilla')
  const events = await listen('maren')
  await until('the counts', async () => (await serviceUnread('hjem')) === 0)
  const silje = await connect(app, cookies.get('silje') ?? '', 'case/logg-a/shared')
  appendParagraph(silje.doc, 'Ny avtale med helsesykepleier.')
  await silje.saved()
  await until('it to be new to the home', async () => (await serviceUnread('hjem')) === 1)
  await until('it to be new to the school', async () => ((await serviceUnread('fjordvik-skole')) ?? 0) > 0)
  await readAll('camilla')
  await until('it to be read at home', async () => (await serviceUnread('hjem')) === 0)
  expect(await unreadOf('maren')).toBe(1)
  events.close()
  silje.close()
})

test('what is deleted again before anybody looked was never there; a deletion is told with its words', async () => {
  await readAll('camilla')
  const events = await listen('camilla')
  const silje = await connect(app, cookies.get('silje') ?? '', 'case/logg-a/shared')
  appendParagraph(silje.doc, 'Skrevet ved en feil.')
  await until('the line to be counted', () => events.counts().at(-1) === 1)
  const log = logFragment(silje.doc)
  log.delete(log.length - 1)
  await until('it to be gone from the count', () => events.counts().at(-1) === 0)
  log.delete(log.length - 1)
  await until('the deletion to be counted', () => events.counts().at(-1) === 1)
  const { items } = await newsOf('camilla')
  expect(items).toMatchObject([
    {
      what: 'gone',
      by: [{ person: 'silje' }],
      parts: [{ mark: 'gone', text: 'Ny avtale med helsesykepleier.' }],
    },
  ])
  expect(items[0]?.place?.after).toMatch(/^\d+:\d+$/)
  events.close()
  silje.close()
})

test('what stood there before somebody joined is not new to them', async () => {
  const caseId = CaseId.parse('logg-a')
  const anders = PersonId.parse('anders')
  await app.app.access.setRole(caseId, anders, 'reader')
  expect((await newsOf('anders')).count).toBe(0)
  await as('camilla', 'POST', '/api/cases/logg-a/lines', { id: 'after-anders', text: 'Skrevet etterpå.' })
  await until('the first news', async () => (await newsOf('anders')).count === 1)
  await app.app.access.setRole(caseId, anders, undefined)
  expect((await as('anders', 'GET', '/api/cases/logg-a/news')).status).toBe(404)
})

test('reading beyond what there is reads nothing of what comes; foreign keys are forgotten', async () => {
  const { seq } = await newsOf('camilla')
  await read('camilla', { seq: seq + 1_000_000 })
  const silje = await connect(app, cookies.get('silje') ?? '', 'case/logg-a/shared')
  appendParagraph(silje.doc, 'Kom etterpå.')
  await silje.saved()
  await until('it to be new', async () => (await newsOf('camilla')).count === 1)
  await read('camilla', { seq: seq + 1_000_000, keys: ['no-such-block', '1:1'] })
  expect((await newsOf('camilla')).count).toBe(1)
  silje.close()
})

test('looking at news stands in the audit once in a while, and what was read of them not at all', async () => {
  await newsOf('haakon')
  await newsOf('haakon')
  await readAll('haakon')
  const kinds = async () =>
    (
      await app.storage.rows
        .selectFrom('audit')
        .where('person', '=', 'haakon')
        .where('case_id', '=', 'logg-a')
        .select('detail')
        .execute()
    ).filter(({ detail }) => JSON.parse(detail).kind === 'news')
  expect(await kinds()).toHaveLength(1)
})

test('counts that lag behind the log are made again', async () => {
  await readAll('maren', 'camilla')
  await as('camilla', 'POST', '/api/cases/logg-a/lines', { id: 'before-restart', text: 'Like før omstart.' })
  await until('the count', async () => (await newsOf('maren')).count === 1)
  await app.storage.rows.updateTable('news_counts').set({ seq: 1, count: 77 }).execute()
  await until('it to be counted anew', async () => (await unreadOf('maren')) === 1)
})

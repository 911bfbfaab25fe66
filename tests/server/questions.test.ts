import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { dayAfter, dayOf, timeOn } from '../../server/municipality/day.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { type Caller, caller } from '../support/api.ts'
import { until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

type Asked = { question: { id: string; answer: { text: string; by: { person: string } } | null } }
type List = { questions: { id: string; text: string }[]; askedToday: { service: string; until: number }[] }

let app: TestApp
let waited = 0
let maren: Caller
let silje: Caller
let henrik: Caller
let haakon: Caller
beforeAll(async () => {
  app = await startApp()
  ;[maren, silje, henrik, haakon] = await Promise.all([
    caller(app, 'maren'),
    caller(app, 'silje'),
    caller(app, 'henrik'),
    caller(app, 'haakon'),
  ])
})
afterAll(() => app.stop())

const path = '/cases/logg-a/questions'
const ask = (who: Caller, id: string, service: string, text = '') =>
  who.post<Asked>(path, { id, service, text })
const answer = (who: Caller, id: string, line: string, text: string) =>
  who.post<Asked>(`${path}/${id}/answer`, { line, text })
/** Counted in the log itself, from its stored updates: rows could lag behind. */
async function linesIn(log: string, words: string): Promise<number> {
  const stored = await app.storage.rows
    .selectFrom('updates')
    .where('document', '=', `case/${log}/shared`)
    .orderBy('seq')
    .select('data')
    .execute()
  const doc = new Y.Doc()
  for (const { data } of stored) Y.applyUpdate(doc, new Uint8Array(data))
  return outline(doc)
    .text.split('\n')
    .filter((line) => line.includes(words)).length
}
async function nextDay() {
  const now = Date.now() + waited
  const morning = timeOn(dayAfter(dayOf(now)), 9) - now
  waited += morning
  app.wait(morning)
  ;[maren, silje, henrik, haakon] = await Promise.all([
    caller(app, 'maren'),
    caller(app, 'silje'),
    caller(app, 'henrik'),
    caller(app, 'haakon'),
  ])
}

test('a service is asked once a day about a log, whoever asks, and again the next day', async () => {
  expect((await ask(maren, 'q-ppt', 'ppt', 'Når kommer dere?')).status).toBe(200)
  const again = await ask(silje, 'q-ppt-2', 'ppt')
  expect(again).toMatchObject({ status: 429, body: { error: { code: 'tooMany' } } })
  const { body } = await silje.get<List>(path)
  const midnight = timeOn(dayAfter(dayOf(Date.now())))
  expect(body.askedToday).toEqual([{ service: 'ppt', until: midnight }])
  expect(again.body).toMatchObject({ error: { reason: new Date(midnight).toISOString() } })
  // The same request again is the same question.
  expect((await ask(maren, 'q-ppt', 'ppt', 'Når kommer dere?')).status).toBe(200)
  await nextDay()
  expect((await ask(silje, 'q-ppt-3', 'ppt')).status).toBe(200)
  expect((await silje.get<List>(path)).body.questions.map(({ id }) => id)).toEqual(['q-ppt', 'q-ppt-3'])
})

test('two who ask at the same moment ask once', async () => {
  const both = await Promise.all([
    ask(maren, 'q-race-1', 'skolehelsetjenesten', 'Hvordan går samtalene?'),
    ask(haakon, 'q-race-2', 'skolehelsetjenesten', 'Noe nytt?'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 429])
})

test('the first answer is the answer: one signed line in the log, however often it is sent', async () => {
  const { body } = await maren.get<List>(path)
  const open = body.questions.find(({ id }) => id.startsWith('q-race'))
  if (!open) throw new Error('no question is open')
  const first = await answer(silje, open.id, 'line-1', 'Han kommer hver uke.')
  expect(first.body.question.answer).toMatchObject({
    text: 'Han kommer hver uke.',
    by: { person: 'silje' },
  })
  expect((await answer(silje, open.id, 'line-1', 'Han kommer hver uke.')).status).toBe(200)
  expect(await answer(henrik, open.id, 'line-2', 'Jeg svarer også.')).toMatchObject({
    status: 409,
    body: { error: { code: 'overtaken' } },
  })
  expect(await linesIn('logg-a', `«${open.text}» Han kommer hver uke.`)).toBe(1)
  expect(await linesIn('logg-a', 'Jeg svarer også.')).toBe(0)
  const byline = await app.storage.rows
    .selectFrom('lines')
    .where('id', '=', 'line-1')
    .selectAll()
    .executeTakeFirst()
  expect(byline?.person).toBe('silje')
})

test('two colleagues who answer at the same moment: one line, and the other is told', async () => {
  await ask(maren, 'q-both', 'hjem', 'Sover han bedre?')
  await nextDay()
  expect((await ask(maren, 'q-sh', 'skolehelsetjenesten')).status).toBe(200)
  const both = await Promise.all([
    answer(silje, 'q-sh', 'line-3', 'Roligere denne uka.'),
    answer(henrik, 'q-sh', 'line-4', 'Ingenting nytt fra legen.'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const written = await Promise.all([
    linesIn('logg-a', 'Roligere denne uka.'),
    linesIn('logg-a', 'Ingenting nytt fra legen.'),
  ])
  expect(written.sort()).toEqual([0, 1])
})

test('guardians are asked, and answer, as any other service', async () => {
  const camilla = await caller(app, 'camilla')
  expect((await answer(camilla, 'q-both', 'line-5', 'Ja, mye bedre.')).status).toBe(200)
  expect(await linesIn('logg-a', '«Sover han bedre?» Ja, mye bedre.')).toBe(1)
})

test('the answer to a question from a thread is a reply there too', async () => {
  const { rows } = app.storage
  await rows
    .insertInto('threads')
    .values({
      id: 'thread-1',
      case_id: 'logg-a',
      document: 'case/logg-a/shared',
      kind: 'block',
      block: 'a-maal-1',
      quote: '',
      prefix: '',
      suffix: '',
      gone: 0,
      person: 'maren',
      at: 1,
      resolved_by: null,
      resolved_at: null,
    })
    .execute()
  await nextDay()
  await ask(maren, 'q-thread', 'ppt', 'Er observasjonen gjort?')
  await rows.updateTable('questions').set({ thread_id: 'thread-1' }).where('id', '=', 'q-thread').execute()
  await answer(haakon, 'q-thread', 'line-6', 'Én er gjort.')
  const replies = await rows.selectFrom('comments').where('thread_id', '=', 'thread-1').selectAll().execute()
  expect(replies).toMatchObject([{ id: 'line-6', person: 'haakon', service: 'ppt', text: 'Én er gjort.' }])
})

test('an answer whose line cannot be written is no answer', async () => {
  await nextDay()
  await ask(maren, 'q-stuck', 'ppt', 'Går det bra?')
  const { rows } = app.storage
  const document = await rows.selectFrom('documents').where('case_id', '=', 'logg-a').selectAll().execute()
  // Somebody else's line has this id by now: the log refuses it.
  await rows
    .insertInto('lines')
    .values({ id: 'line-taken', document: document[0]?.name ?? '', person: 'maren', at: 1 })
    .execute()
  expect((await answer(haakon, 'q-stuck', 'line-taken', 'Ja.')).status).toBe(400)
  const { body } = await maren.get<List>(path)
  expect(body.questions.map(({ id }) => id)).toContain('q-stuck')
})

test('only its asker takes a question back, and only while nobody has answered', async () => {
  expect((await silje.remove(`${path}/q-stuck`)).status).toBe(403)
  expect((await maren.remove(`${path}/q-stuck`)).status).toBe(200)
  expect((await answer(haakon, 'q-stuck', 'line-7', 'For sent')).status).toBe(404)
  // It was asked all the same: not twice in a day.
  expect((await ask(silje, 'q-again', 'ppt')).status).toBe(429)
  expect((await maren.remove(`${path}/q-sh`)).status).toBe(409)
})

test('nobody outside the log learns that there is a question, and nobody outside the service answers', async () => {
  const nora = await caller(app, 'nora')
  expect((await nora.get(path)).status).toBe(404)
  expect((await ask(nora, 'q-no', 'ppt')).status).toBe(404)
  expect((await answer(nora, 'q-sh', 'line-8', 'Nei')).status).toBe(404)
  expect((await answer(haakon, 'q-sh', 'line-8', 'Nei')).status).toBe(403)
  for (const service of ['hjemmetjenesten', 'finnes-ikke'])
    expect(await ask(maren, 'q-nobody', service)).toMatchObject({
      status: 400,
      body: { error: { field: 'body.service' } },
    })
})

test('asking, answering and taking back stand in the audit, without a word of what was said', async () => {
  const audit = await app.storage.rows.selectFrom('audit').selectAll().execute()
  const details = audit.map(({ detail }) => detail).join('\n')
  for (const kind of ['asked', 'answered', 'questionWithdrawn', 'questions'])
    expect(details).toContain(`"kind":"${kind}"`)
  expect(details).not.toMatch(/observasjonen|Roligere|Sover/)
})

test('who is asked hears of it at once, over the line that carries ids only', async () => {
  const heard: string[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: await app.signIn('haakon') },
  })
  socket.on('message', (data) => heard.push(String(data)))
  await new Promise((resolve) => socket.once('open', resolve))
  await nextDay()
  await ask(maren, 'q-live', 'ppt', 'Hører du meg?')
  await until('what waits to change', () => heard.some((event) => event.includes('"waiting"')))
  expect(heard.join()).not.toContain('Hører')
  socket.close()
})

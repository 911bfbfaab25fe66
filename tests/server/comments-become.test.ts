import { afterAll, beforeAll, expect, test } from 'vitest'
import { outline } from '../../shared/case-log/outline.ts'
import { commentersOf } from '../support/commenters.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
let people: ReturnType<typeof commentersOf>
let maren: string
let camilla: string

beforeAll(async () => {
  app = await startApp()
  people = commentersOf(app, 'logg-a')
  maren = await app.signIn('maren')
  camilla = await app.signIn('camilla')
})
afterAll(() => app.stop())

const block = { kind: 'block', block: 'a-maal-1' }
const measures = async () => {
  const { goals, looseMeasures } = outline(await people.log(maren))
  return [...goals.flatMap((goal) => goal.measures), ...looseMeasures]
}

test('a thread in a goal becomes a measure there, with its words and nothing else, once however often it is asked', async () => {
  const begun = await people.start(
    maren,
    await people.on(maren, 'voksen møter ved porten'),
    'Egen inngang\nfra mandag',
  )
  const both = await Promise.all([
    people.become(maren, begun.thread.id, { kind: 'measure' }),
    people.become(maren, begun.thread.id, { kind: 'measure' }),
  ])
  const ref = both[0].thread.became[0]?.ref
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect((await people.one(maren, begun.thread.id)).thread.became).toMatchObject([
    { kind: 'measure', ref, by: { person: 'maren' } },
  ])
  const made = (await measures()).filter(({ text }) => text === 'Egen inngang fra mandag')
  expect(made).toMatchObject([
    { id: ref, status: 'planned', service: null, person: null, start: null, due: null },
  ])
  const goal = outline(await people.log(maren)).goals.find(({ id }) => id === 'a-maal-1')
  expect(goal?.measures.some(({ id }) => id === ref)).toBe(true)
})

test('outside of a goal it goes to the end of the log, and into a goal that is named; one that is not there is refused', async () => {
  const outside = await people.start(
    maren,
    await people.on(maren, 'Magevondt om morgenen'),
    'Ring hjem kl. 9',
  )
  await people.become(maren, outside.thread.id, { kind: 'measure' })
  expect(outline(await people.log(maren)).looseMeasures.map(({ text }) => text)).toContain('Ring hjem kl. 9')
  const named = await people.start(
    maren,
    await people.on(maren, 'Magevondt om morgenen'),
    'Frokost på skolen',
  )
  expect(await people.become(maren, named.thread.id, { kind: 'measure', goal: 'ingen' })).toMatchObject({
    status: 400,
    error: { field: 'body.goal' },
  })
  expect((await people.one(maren, named.thread.id)).thread.became).toEqual([])
  await people.become(maren, named.thread.id, { kind: 'measure', goal: 'a-maal-1' })
  expect((await measures()).filter(({ text }) => text === 'Frokost på skolen')).toHaveLength(1)
})

test('a thread waits on the agenda once, for the log’s next meeting', async () => {
  const { thread } = await people.start(maren, block, 'Gym')
  await people.become(maren, thread.id, { kind: 'agenda' })
  const { thread: after } = await people.become(maren, thread.id, { kind: 'agenda' })
  expect(after.became).toMatchObject([{ kind: 'agenda' }])
  const items = await app.storage.rows
    .selectFrom('agenda_items')
    .where('thread_id', '=', thread.id)
    .selectAll()
    .execute()
  expect(items).toMatchObject([
    { title: 'Gym', kind: 'comment', case_id: 'logg-a', person: 'maren', status: 'open' },
  ])
  expect(await people.become(maren, thread.id, { kind: 'agenda', meeting: 'ingen' })).toMatchObject({
    status: 200,
  })
  const other = await people.start(maren, block, 'Friminutt')
  expect(await people.become(maren, other.thread.id, { kind: 'agenda', meeting: 'ingen' })).toMatchObject({
    status: 400,
    error: { field: 'body.meeting' },
  })
})

test('a thread becomes a question to a service, which is asked once a day about a log', async () => {
  const { thread } = await people.start(camilla, block, 'Når kommer observasjonen?')
  const asked = await people.become(camilla, thread.id, { kind: 'question', service: 'ppt' })
  expect(asked.thread.became).toMatchObject([{ kind: 'question', service: 'ppt', by: { person: 'camilla' } }])
  expect(
    (await people.become(camilla, thread.id, { kind: 'question', service: 'ppt' })).thread.became,
  ).toHaveLength(1)
  const other = await people.start(maren, block, 'Og rapporten?')
  expect(await people.become(maren, other.thread.id, { kind: 'question', service: 'ppt' })).toMatchObject({
    status: 429,
    error: { code: 'tooMany' },
  })
  app.wait(25 * 60 * 60 * 1000)
  maren = await app.signIn('maren')
  camilla = await app.signIn('camilla')
  expect((await people.become(maren, other.thread.id, { kind: 'question', service: 'ppt' })).status).toBe(200)
  expect(
    await people.become(maren, other.thread.id, { kind: 'question', service: 'barnevern' }),
  ).toMatchObject({
    status: 400,
    error: { field: 'body.service' },
  })
})

test('the family asks, and makes no measures and agendas of what is said', async () => {
  const { thread } = await people.start(camilla, block, 'Kan han få egen inngang?')
  expect((await people.become(camilla, thread.id, { kind: 'measure' })).status).toBe(403)
  expect((await people.become(camilla, thread.id, { kind: 'agenda' })).status).toBe(403)
})

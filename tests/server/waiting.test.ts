import { afterAll, expect, test } from 'vitest'
import { dayAfter } from '../../server/municipality/day.ts'
import { caller } from '../support/api.ts'
import { until } from '../support/client.ts'
import { startWaiting } from '../support/waiting.ts'

const { app, rows, talk, now, today, of, keysOf, write } = await startWaiting()
afterAll(() => app.stop())

test('a mention waits until it is answered, reacted to or seen, or its thread is resolved', async () => {
  for (const n of [1, 2, 3, 4]) {
    await talk.thread(`t-${n}`, 'maren')
    const comment = { id: `c-${n}`, thread: `t-${n}`, person: 'maren', service: 'fjordvik-skole', at: n * 10 }
    await talk.comment({ ...comment, mentions: ['person'], ref: 'silje', text: '@Silje enig?' })
  }
  expect(await keysOf('silje')).toEqual(['mention:c-1', 'mention:c-2', 'mention:c-3', 'mention:c-4'])
  expect((await of('silje')).items[0]).toMatchObject({
    kind: 'mention',
    case: { id: 'logg-a', name: 'Jonas Bergset' },
    by: { person: 'maren', name: 'Maren Solbakken', service: 'fjordvik-skole' },
    thread: 't-1',
    text: '@Silje enig?',
  })
  await talk.comment({ id: 'c-1b', thread: 't-1', person: 'silje', service: 'skolehelsetjenesten', at: 11 })
  await rows
    .insertInto('comment_reactions')
    .values({ comment_id: 'c-2', person: 'silje', reaction: 'agree', at: 21 })
    .execute()
  await (await caller(app, 'silje')).post('/waiting/mention:c-3/done')
  await rows
    .updateTable('threads')
    .set({ resolved_by: 'maren', resolved_at: 41 })
    .where('id', '=', 't-4')
    .execute()
  expect(await keysOf('silje')).toEqual([])
})

test('a service that is spoken to waits together, until one of its people answers', async () => {
  await talk.thread('t-5', 'maren')
  const comment = { id: 'c-5', thread: 't-5', person: 'maren', service: 'fjordvik-skole', at: 50 }
  await talk.comment({ ...comment, mentions: ['service'], ref: 'ppt' })
  expect(await keysOf('haakon')).toEqual(['mention:c-5'])
  expect(await keysOf('ragnhild')).toEqual(['mention:c-5'])
  expect(await keysOf('silje')).toEqual([])
  await talk.comment({ id: 'c-5b', thread: 't-5', person: 'ragnhild', service: 'ppt', at: 51 })
  expect(await keysOf('haakon')).toEqual([])
  // And whoever asked has an answer, until it is on their screen.
  expect(await keysOf('maren')).toEqual(['answer:c-1b', 'answer:c-5b'])
  for (const [thread_id, up_to] of [
    ['t-1', 11],
    ['t-5', 51],
  ] as const)
    await rows.insertInto('thread_reads').values({ thread_id, person: 'maren', up_to }).execute()
  expect(await keysOf('maren')).toEqual([])
})

test('unread comments are counted to the last one, by log, and own ones never', async () => {
  expect((await of('silje')).comments).toEqual([{ case: 'logg-a', count: 6 }])
  await rows.insertInto('thread_reads').values({ thread_id: 't-5', person: 'silje', up_to: 50 }).execute()
  expect((await of('silje')).comments).toEqual([{ case: 'logg-a', count: 5 }])
  expect((await of('maren')).comments).toEqual([])
  expect((await of('nora')).comments).toEqual([])
})

test('a question waits for the whole service, and its answer for who asked', async () => {
  const maren = await caller(app, 'maren')
  await maren.post('/cases/logg-a/questions', { id: 'q-1', service: 'ppt', text: 'Når er neste?' })
  expect(await keysOf('haakon')).toEqual(['question:q-1'])
  expect(await keysOf('ragnhild')).toEqual(['question:q-1'])
  expect(await keysOf('camilla')).toEqual([])
  const haakon = await caller(app, 'haakon')
  expect(await haakon.post('/waiting/question:q-1/done')).toMatchObject({ status: 400 })
  await haakon.post('/cases/logg-a/questions/q-1/answer', { line: 'l-1', text: 'På torsdag.' })
  expect(await keysOf('ragnhild')).toEqual([])
  expect((await of('maren')).items).toMatchObject([
    { kind: 'answer', question: 'q-1', text: 'På torsdag.', by: { person: 'haakon' } },
  ])
  await maren.post('/waiting/answered:q-1/done')
  expect(await keysOf('maren')).toEqual([])
})

test('the baton waits for whom it is offered to, until it is decided', async () => {
  const maren = await caller(app, 'maren')
  await maren.post('/cases/logg-a/handover', { id: 'h-1', to: 'silje', message: 'Tar du den?' })
  expect((await of('silje')).items).toMatchObject([
    { kind: 'handover', handover: 'h-1', text: 'Tar du den?' },
  ])
  await maren.put('/cases/logg-a/handover/h-1', { status: 'withdrawn' })
  expect(await keysOf('silje')).toEqual([])
})

test('a measure that is due waits for its person, or for its service when nobody is named', async () => {
  const due = today()
  await write({ 'a-tiltak-3': { due }, 'a-tiltak-2': { due: dayAfter(due) } })
  expect((await of('haakon')).items).toMatchObject([
    { kind: 'measure', block: 'a-tiltak-3', text: 'to observasjoner', status: 'planned', due },
  ])
  expect(await keysOf('ragnhild')).toEqual([])
  expect(await keysOf('silje')).toEqual([])
  await write({ 'a-tiltak-3': { person: null } })
  expect(await keysOf('ragnhild')).toEqual(['measure:logg-a:a-tiltak-3'])
  await write({ 'a-tiltak-3': { status: 'done' } })
  expect(await keysOf('ragnhild')).toEqual([])
  await write({
    'a-tiltak-3': { due: null, status: 'planned', person: 'haakon' },
    'a-tiltak-2': { due: null },
  })
})

test('a measure is done from where it waits, and its log says so', async () => {
  const haakon = await caller(app, 'haakon')
  const path = '/cases/logg-a/measures'
  expect((await haakon.put(`${path}/a-tiltak-3/status`, { status: 'done' })).status).toBe(200)
  await until('the rows to follow', async () => {
    const row = await rows
      .selectFrom('measures')
      .where('id', '=', 'a-tiltak-3')
      .select('status')
      .executeTakeFirst()
    return row?.status === 'done'
  })
  expect((await haakon.put(`${path}/gone/status`, { status: 'done' })).status).toBe(404)
  const camilla = await caller(app, 'camilla')
  expect((await camilla.put(`${path}/a-tiltak-3/status`, { status: 'planned' })).status).toBe(403)
  const nora = await caller(app, 'nora')
  expect((await nora.put(`${path}/a-tiltak-3/status`, { status: 'planned' })).status).toBe(404)
})

test('a rating that was a slip is taken back by its writer, and by nobody else', async () => {
  const silje = await caller(app, 'silje')
  const goal = { block: 'a-maal-1', score: 2 }
  await silje.post('/cases/logg-a/lines', { id: 'slip-1', text: '', goal })
  const henrik = await caller(app, 'henrik')
  expect((await henrik.remove('/cases/logg-a/lines/slip-1')).status).toBe(404)
  expect((await silje.remove('/cases/logg-a/lines/slip-1')).status).toBe(200)
  expect((await silje.remove('/cases/logg-a/lines/slip-1')).status).toBe(200)
  await until('the step before to stand again', async () => {
    const { body } = await silje.get<{
      cases: { goals: { ratings: { service: string; score: number }[] }[] }[]
    }>('/cases')
    return (
      body.cases[0]?.goals[0]?.ratings.some(
        ({ service, score }) => service === 'skolehelsetjenesten' && score === -2,
      ) ?? false
    )
  })
})

test('a goal to be reviewed waits for the services that own it and have not rated it since', async () => {
  await write({ 'a-maal-1': { reviewDate: today() } })
  expect((await of('silje')).items).toMatchObject([
    {
      kind: 'evaluation',
      goal: { id: 'a-maal-1', number: 1 },
      steps: ['2 dager eller færre', '3 dager', '4 dager', '5 dager', '5 dager og leker i friminutt'],
    },
  ])
  // The home does not own it.
  expect(await keysOf('camilla')).toEqual([])
  const silje = await caller(app, 'silje')
  const goal = { block: 'a-maal-1', score: 0 }
  await silje.post('/cases/logg-a/lines', { id: 'rated-1', text: 'Fire dager.', goal })
  await until('the rating to be in the rows', async () => (await keysOf('silje')).length === 0)
  expect(await keysOf('haakon')).toEqual(['evaluation:logg-a:a-maal-1'])
  await write({ 'a-maal-1': { reviewDate: null } })
})

test('a meeting waits until it is answered, and its signed minutes for who was not there', async () => {
  await talk.meeting('m-1', now() + 40 * 60 * 60 * 1000)
  await talk.invite('m-1', 'silje', 'skolehelsetjenesten')
  await talk.invite('m-1', 'maren', 'fjordvik-skole')
  expect((await of('silje')).items).toMatchObject([
    { kind: 'meeting', meeting: 'm-1', title: 'Samarbeidsmøte' },
  ])
  // Who calls it need not be asked.
  expect(await keysOf('maren')).toEqual([])
  await rows.updateTable('meeting_people').set({ answer: 'yes' }).where('person', '=', 'silje').execute()
  expect(await keysOf('silje')).toEqual([])
  await talk.meeting('m-2', null, { status: 'proposed' })
  await talk.invite('m-2', 'silje', 'skolehelsetjenesten')
  await rows
    .insertInto('meeting_times')
    .values({ id: 'time-1', meeting_id: 'm-2', starts_at: now() + 9e7 })
    .execute()
  expect(await keysOf('silje')).toEqual(['meeting:m-2'])
  await rows
    .insertInto('meeting_time_answers')
    .values({ time_id: 'time-1', person: 'silje', answer: 'no' })
    .execute()
  expect(await keysOf('silje')).toEqual([])
  await talk.meeting('m-3', now() - 1000, { status: 'held', signed: now() })
  await talk.invite('m-3', 'silje', 'skolehelsetjenesten', { attended: 1 })
  await talk.invite('m-3', 'henrik', 'skolehelsetjenesten', { attended: 0 })
  expect(await keysOf('silje')).toEqual([])
  expect(await keysOf('henrik')).toEqual(['minutes:m-3'])
  await (await caller(app, 'henrik')).post('/waiting/minutes:m-3/done')
  expect(await keysOf('henrik')).toEqual([])
})

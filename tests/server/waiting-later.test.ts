import { afterAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { dayAfter, timeOn } from '../../server/municipality/day.ts'
import { caller } from '../support/api.ts'
import { until } from '../support/client.ts'
import { startWaiting, type WaitingList } from '../support/waiting.ts'

const { app, rows, talk, now, today, of, keysOf, write, waitUntil } = await startWaiting()
afterAll(() => app.stop())

test('most urgent first: a meeting within a day, then who waits, then what is due, then news', async () => {
  await write({ 'a-tiltak-2': { due: dayAfter(today(), -3) } })
  await talk.meeting('m-4', now() + 60 * 60 * 1000)
  await talk.invite('m-4', 'silje', 'skolehelsetjenesten')
  await (await caller(app, 'maren')).post('/cases/logg-a/questions', {
    id: 'q-2',
    service: 'skolehelsetjenesten',
  })
  await talk.thread('t-1', 'silje')
  await talk.comment({ id: 'c-1c', thread: 't-1', person: 'maren', service: 'fjordvik-skole', at: 90 })
  expect(await keysOf('silje')).toEqual([
    'meeting:m-4',
    'question:q-2',
    'measure:logg-a:a-tiltak-2',
    'answer:c-1c',
  ])
})

test('put off until tomorrow at seven in the municipality, on every device, and taken up again', async () => {
  const desk = await caller(app, 'silje')
  const phone = await caller(app, 'silje')
  const heard: string[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: await app.signIn('silje') },
  })
  socket.on('message', (data) => heard.push(String(data)))
  await new Promise((resolve) => socket.once('open', resolve))
  expect((await desk.put('/waiting/question:q-2/later', { until: 'tomorrow' })).status).toBe(200)
  await until('the other device to hear', () => heard.includes('{"type":"waiting"}'))
  socket.close()
  const list = async () => (await phone.get<WaitingList>('/waiting')).body
  expect((await list()).items.map(({ key }) => key)).not.toContain('question:q-2')
  expect((await list()).putOff).toBe(1)
  await phone.remove('/waiting/question:q-2/later')
  expect((await list()).items.map(({ key }) => key)).toContain('question:q-2')
  expect((await list()).putOff).toBe(0)
  await phone.put('/waiting/question:q-2/later', { until: 'tomorrow' })
  const seven = timeOn(dayAfter(today()), 7)
  waitUntil(seven - 1000)
  expect(await keysOf('silje')).not.toContain('question:q-2')
  waitUntil(seven)
  expect(await keysOf('silje')).toContain('question:q-2')
})

test('put off until the next meeting: it follows a meeting that is moved, and returns when that is cancelled', async () => {
  const silje = await caller(app, 'silje')
  await talk.meeting('m-1', now() + 40 * 60 * 60 * 1000)
  expect((await of('silje')).items[0]?.nextMeeting).toBeGreaterThan(now())
  expect((await silje.put('/waiting/question:q-2/later', { until: 'nextMeeting' })).status).toBe(200)
  const moved = now() + 20 * 24 * 60 * 60 * 1000
  await rows.updateTable('meetings').set({ starts_at: moved }).where('id', '=', 'm-1').execute()
  waitUntil(moved - 1000)
  expect(await keysOf('silje')).not.toContain('question:q-2')
  waitUntil(moved)
  expect(await keysOf('silje')).toContain('question:q-2')
  const again = await caller(app, 'silje')
  expect(await again.put('/waiting/question:q-2/later', { until: 'nextMeeting' })).toMatchObject({
    status: 400,
    body: { error: { field: 'body.until' } },
  })
  await talk.meeting('m-5', now() + 9e7)
  await again.put('/waiting/question:q-2/later', { until: 'nextMeeting' })
  expect(await keysOf('silje')).not.toContain('question:q-2')
  await rows.updateTable('meetings').set({ status: 'cancelled' }).where('id', '=', 'm-5').execute()
  expect(await keysOf('silje')).toContain('question:q-2')
})

test('put off to a day ahead, and to no other', async () => {
  const silje = await caller(app, 'silje')
  const from = today()
  for (const day of [from, dayAfter(from, -1), dayAfter(from, 400)])
    expect((await silje.put('/waiting/question:q-2/later', { until: day })).status).toBe(400)
  expect((await silje.put('/waiting/question:q-2/later', { until: dayAfter(from, 5) })).status).toBe(200)
  waitUntil(timeOn(dayAfter(from, 5), 7))
  expect(await keysOf('silje')).toContain('question:q-2')
})

test('nobody sees, puts off or marks what waits for somebody else', async () => {
  // Her own log has its own.
  expect((await of('nora')).items.filter((item) => item.case?.id !== 'logg-c')).toEqual([])
  const nora = await caller(app, 'nora')
  for (const key of ['question:q-2', 'mention:c-5', 'minutes:m-3', 'handover:h-1'])
    expect((await nora.put(`/waiting/${key}/later`, { until: 'tomorrow' })).status).toBe(404)
  expect((await nora.post('/waiting/minutes:m-3/done')).status).toBe(404)
  // Whoever leaves the log has nothing of it left, be they spoken to or not.
  await talk.thread('t-9', 'maren')
  const comment = { id: 'c-9', thread: 't-9', person: 'maren', service: 'fjordvik-skole', at: 900 }
  await talk.comment({ ...comment, mentions: ['person'], ref: 'henrik' })
  expect(await keysOf('henrik')).toContain('mention:c-9')
  await rows
    .deleteFrom('memberships')
    .where('case_id', '=', 'logg-a')
    .where('person', '=', 'henrik')
    .execute()
  expect((await of('henrik')).items.filter((item) => item.case?.id === 'logg-a')).toEqual([])
})

test('what is read of logs stands in the audit before it is served', async () => {
  const reads = await rows
    .selectFrom('audit')
    .where('person', '=', 'silje')
    .where('case_id', '=', 'logg-a')
    .where('action', '=', 'read')
    .select('detail')
    .execute()
  expect(reads.map(({ detail }) => detail)).toContain('{"kind":"waiting"}')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ServerEvent } from '../../shared/events.ts'
import { until } from '../support/client.ts'
import { commentersOf, markedBy } from '../support/commenters.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
let people: ReturnType<typeof commentersOf>
let maren: string
let silje: string
let camilla: string

beforeAll(async () => {
  app = await startApp()
  people = commentersOf(app, 'logg-a')
  maren = await app.signIn('maren')
  silje = await app.signIn('silje')
  camilla = await app.signIn('camilla')
})
afterAll(() => app.stop())

const auditOf = async (kind: string) => {
  const rows = await app.storage.rows.selectFrom('audit').selectAll().orderBy('seq').execute()
  return rows.filter(({ detail }) => detail.includes(`"kind":"${kind}"`))
}
const lastLines = () =>
  app.storage.rows.selectFrom('person_lines').where('case_id', '=', 'logg-a').selectAll().execute()

test('a mother, who writes nothing in the log, comments on its text; the server marks it and a colleague answers', async () => {
  const lines = await lastLines()
  const begun = await people.start(camilla, await people.on(camilla, 'Magevondt om morgenen'), 'Mest mandag.')
  expect(begun.status).toBe(200)
  expect(begun.thread).toMatchObject({
    anchor: { kind: 'text', quote: 'Magevondt om morgenen', block: 'a-undring', gone: false },
    resolved: null,
    unread: 0,
    comments: [{ by: { person: 'camilla', name: 'Camilla Bergset', service: 'hjem' }, text: 'Mest mandag.' }],
  })
  expect(markedBy(await people.log(maren), begun.thread.id)).toBe('Magevondt om morgenen')
  const answered = await people.reply(maren, begun.thread.id, 'Vi ser det samme.')
  expect(answered.thread.comments.map(({ text }) => text)).toEqual(['Mest mandag.', 'Vi ser det samme.'])
  expect((await people.one(camilla, begun.thread.id)).thread.unread).toBe(1)
  expect((await people.one(silje, begun.thread.id)).thread.unread).toBe(2)
  const closed = await people.resolve(silje, begun.thread.id, true)
  expect(closed.thread.resolved?.by).toMatchObject({ person: 'silje', service: 'skolehelsetjenesten' })
  const again = await people.reply(camilla, begun.thread.id, 'Nå er det bedre.')
  expect(again.thread.resolved).toBeNull()
  // A mark is no line of anybody's.
  await until('the rows to be derived', async () => (await lastLines()).length > 0)
  expect(await lastLines()).toEqual(lines)
  const thread = (await auditOf('thread')).find(({ detail }) => detail.includes(begun.thread.id))
  expect(thread).toMatchObject({ person: 'camilla', case_id: 'logg-a', action: 'change' })
  expect(thread?.detail).not.toContain('mandag')
  expect((await auditOf('comments')).some(({ person }) => person === 'camilla')).toBe(true)
})

test('the same ids again are the same thread and comment, and somebody else’s are taken', async () => {
  const anchor = await people.on(maren, 'alene i friminutt')
  const body = {
    id: people.id('thread'),
    anchor,
    comment: { id: people.id('comment'), text: 'Hvem står han med?' },
  }
  const both = await Promise.all([
    people.call(maren, 'POST', people.base, body),
    people.call(maren, 'POST', people.base, body),
  ])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  const third = await people.call(maren, 'POST', people.base, body)
  expect(third.thread.comments).toHaveLength(1)
  expect((await auditOf('thread')).filter(({ detail }) => detail.includes(body.id))).toHaveLength(1)
  expect(await people.call(silje, 'POST', people.base, body)).toMatchObject({
    status: 400,
    error: { code: 'invalidInput', field: 'body.id' },
  })
  const reply = { id: people.id('comment'), text: 'Adam.' }
  const path = `${people.base}/${body.id}/comments`
  await people.call(silje, 'POST', path, reply)
  const twice = await people.call(silje, 'POST', path, { ...reply, text: 'Noe annet.' })
  expect(twice.thread.comments.map(({ text }) => text)).toEqual(['Hvem står han med?', 'Adam.'])
  expect(await people.call(maren, 'POST', path, reply)).toMatchObject({
    status: 400,
    error: { field: 'body.id' },
  })
})

test('everybody changes and takes away their own alone; what is taken away leaves no words behind', async () => {
  const { thread } = await people.start(silje, await people.on(silje, 'garderoben'), 'Første.')
  const [first] = thread.comments
  const own = `${people.base}/${thread.id}/comments/${first?.id}`
  expect((await people.call(maren, 'PUT', own, { text: 'Ikke min.' })).status).toBe(403)
  expect((await people.call(maren, 'DELETE', own)).status).toBe(403)
  const edited = await people.call(silje, 'PUT', own, { text: 'Rettet.' })
  expect(edited.thread.comments).toMatchObject([{ text: 'Rettet.', editedAt: expect.any(Number) }])
  await people.call(maren, 'PUT', `${own}/reactions/agree`)
  const tapped = await people.call(maren, 'PUT', `${own}/reactions/agree`)
  expect(tapped.thread.comments[0]?.reactions).toMatchObject([
    { reaction: 'agree', people: [{ person: 'maren', name: 'Maren Solbakken' }] },
  ])
  expect(
    (await people.call(maren, 'DELETE', `${own}/reactions/agree`)).thread.comments[0]?.reactions,
  ).toEqual([])
  const gone = await people.call(silje, 'DELETE', own)
  expect(gone.thread).toMatchObject({
    comments: [{ deleted: true, text: '', mentions: [] }],
    resolved: { by: { person: 'silje' } },
  })
  expect((await people.call(silje, 'PUT', own, { text: 'Igjen.' })).status).toBe(404)
  const row = await app.storage.rows
    .selectFrom('comments')
    .where('id', '=', first?.id ?? '')
    .selectAll()
    .execute()
  expect(row).toMatchObject([{ text: '' }])
})

test('a reader reads and says nothing; who is no member learns nothing, and neither does another log', async () => {
  const { thread } = await people.start(maren, { kind: 'block', block: 'a-maal-1' }, 'Målet er godt.')
  expect(thread.anchor).toMatchObject({ kind: 'block', block: 'a-maal-1', gone: false })
  expect(thread.anchor.quote).toContain('fire dager')
  const put = { method: 'PUT', headers: { cookie: maren, 'content-type': 'application/json' } }
  await fetch(`${app.url}/api/cases/logg-a/members/bodil`, {
    ...put,
    body: JSON.stringify({ role: 'reader' }),
  })
  const bodil = await app.signIn('bodil')
  expect((await people.one(bodil, thread.id)).status).toBe(200)
  expect((await people.reply(bodil, thread.id, 'Nei.')).status).toBe(403)
  expect((await people.resolve(bodil, thread.id, true)).status).toBe(403)
  expect((await people.start(bodil, { kind: 'block', block: 'a-maal-1' }, 'Nei.')).status).toBe(403)
  const anders = await app.signIn('anders')
  for (const answer of [
    await people.list(anders),
    await people.one(anders, thread.id),
    await people.reply(anders, thread.id, 'Hei.'),
    await people.become(anders, thread.id, { kind: 'agenda' }),
    await commentersOf(app, 'logg-b').one(await app.signIn('ida'), thread.id),
  ])
    expect(answer).toMatchObject({ status: 404, error: { code: 'notFound' } })
})

test('bad input is refused by its field, and nothing of it is kept', async () => {
  const anchor = await people.on(maren, 'Magevondt')
  const before = (await people.list(maren)).threads.length
  const mention = (kind: string, ref: string, label: string) => ({ mentions: [{ kind, ref, label }] })
  for (const [given, text, more, field] of [
    [{ ...anchor, ranges: [] }, 'x', {}, 'body.anchor.ranges'],
    [
      { ...anchor, ranges: [{ client: 7, clock: 0, length: 9 }], quote: 'Sto aldri her i loggen' },
      'x',
      {},
      'body.anchor.ranges',
    ],
    [{ kind: 'block', block: 'finnes-ikke' }, 'x', {}, 'body.anchor.block'],
    [anchor, '  ', {}, 'body.comment.text'],
    [anchor, 'Hei @Anders', mention('person', 'anders', 'Anders'), 'body.comment.mentions.0.ref'],
    [anchor, 'Hei @Barnevern', mention('service', 'barnevern', 'Barnevern'), 'body.comment.mentions.0.ref'],
    [anchor, 'Hei', mention('person', 'silje', 'Silje'), 'body.comment.mentions.0.label'],
    [anchor, 'Hei', { by: 'silje' }, 'body.comment.by'],
  ] as const)
    expect(await people.start(maren, given, text, more)).toMatchObject({
      status: 400,
      error: { code: 'invalidInput', field },
    })
  expect((await people.list(maren)).threads).toHaveLength(before)
})

test('everybody in the log hears of a thread by its id, and how far one has read shows on their own screens', async () => {
  const listen = async (cookie: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, { headers: { cookie } })
    const heard: string[] = []
    socket.on('message', (data) => heard.push(JSON.stringify(ServerEvent.parse(JSON.parse(String(data))))))
    await new Promise((resolve) => socket.once('open', resolve))
    return { heard, socket }
  }
  const mother = await listen(camilla)
  const nurse = await listen(silje)
  const stranger = await listen(await app.signIn('anders'))
  const { thread } = await people.start(maren, await people.on(maren, 'ukentlig samtale'), 'Hei @Silje', {
    mentions: [{ kind: 'person', ref: 'silje', label: 'Silje' }],
  })
  const told = JSON.stringify({ type: 'thread', case: 'logg-a', thread: thread.id })
  await until('both to hear', () => mother.heard.includes(told) && nurse.heard.includes(told))
  expect(nurse.heard).toContain(JSON.stringify({ type: 'waiting' }))
  expect((await people.one(silje, thread.id)).thread.unread).toBe(1)
  nurse.heard.length = 0
  const before = mother.heard.length
  await people.call(silje, 'POST', `${people.base}/read`, {
    threads: [{ thread: thread.id, upTo: Number.MAX_SAFE_INTEGER }],
  })
  await until('her own screens', () => nurse.heard.includes(told))
  expect((await people.one(silje, thread.id)).thread.unread).toBe(0)
  // Ahead of the clock is not read: what comes next is unread again.
  app.wait(1000)
  await people.reply(maren, thread.id, 'Enda en ting.')
  expect((await people.one(silje, thread.id)).thread.unread).toBe(1)
  expect(mother.heard.slice(before).filter((one) => one === told).length).toBeLessThanOrEqual(1)
  expect(stranger.heard.join()).not.toContain('thread')
  for (const { socket } of [mother, nurse, stranger]) socket.close()
})

test('who has left the log keeps what they said there, with their name', async () => {
  const haakon = await app.signIn('haakon')
  const { thread } = await people.start(haakon, { kind: 'block', block: 'a-maal-1' }, 'To observasjoner.')
  const remove = { method: 'DELETE', headers: { cookie: maren } }
  expect((await fetch(`${app.url}/api/cases/logg-a/members/haakon`, remove)).status).toBe(200)
  expect((await people.one(maren, thread.id)).thread.comments).toMatchObject([
    { text: 'To observasjoner.', by: { person: 'haakon', name: 'Håkon Viermyr', service: 'ppt' } },
  ])
  expect((await people.one(haakon, thread.id)).status).toBe(404)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../server/verify/verify.ts'
import { decision, measure, paragraph } from '../../shared/blocks/json.ts'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { appendBlocks, findBlock, setBlockFields } from '../../shared/case-log/document.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { historyRoutes } from '../../shared/history-routes.ts'
import { BlockId, PersonId, ServiceId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Client, connect, until } from '../support/client.ts'
import {
  agendaRoutes,
  type Caller,
  call,
  caller,
  DAY,
  JONAS,
  meetingAbout,
  meetingRoutes,
  newId,
} from '../support/meeting-calls.ts'
import { startApp, type TestApp } from '../support/server.ts'

const block = (id: string) => BlockId.parse(id)
const GOAL = block('a-maal-1')
const document = documentName(JONAS, 'shared')

let app: TestApp
let maren: Caller
let silje: Caller
let camilla: Caller
let log: Client
beforeAll(async () => {
  app = await startApp()
  maren = await caller(app, 'maren')
  silje = await caller(app, 'silje')
  camilla = await caller(app, 'camilla')
  log = await connect(app, maren.cookie, document, { blocksVersion: BLOCKS_VERSION })
})
afterAll(async () => {
  log.close()
  await app.stop()
})

const minutesOf = async (by: Caller, id: string) =>
  (await by.ask(meetingRoutes.minutes, { params: { id } })).minutes

let meeting: Meeting

test('everything that happens in a meeting stands in its minutes, with who did it', async () => {
  meeting = await call(maren, meetingAbout([JONAS]))
  const params = { id: meeting.id }
  meeting = (await maren.ask(meetingRoutes.start, { params })).meeting
  const minutesBlock = meeting.minutesBlocks[0]?.block
  if (!minutesBlock) throw new Error('no minutes')
  await until('the minutes in the log', () => findBlock(log.doc, minutesBlock) !== undefined)

  const nurse = await connect(app, silje.cookie, document, { blocksVersion: BLOCKS_VERSION })
  setBlockFields(nurse.doc, block('a-tiltak-2'), { status: 'paused' })
  appendBlocks(
    nurse.doc,
    [
      measure(
        {
          id: block('ny'),
          service: ServiceId.parse('ppt'),
          person: PersonId.parse('haakon'),
          due: '2026-12-10',
        },
        'prøve egen inngang',
      ),
    ],
    GOAL,
  )
  await nurse.saved()
  setBlockFields(log.doc, block('a-tiltak-3'), { due: '2026-12-01' })
  appendBlocks(
    log.doc,
    [
      paragraph('Vi er enige om inngangen.'),
      decision({ id: block('vedtak'), by: PersonId.parse('maren'), at: '2026-11-26T10:00:00.000Z' }, [
        paragraph('Egen garderobe.'),
      ]),
    ],
    minutesBlock,
  )
  await log.saved()
  nurse.close()

  const rate = { case: JONAS, evaluation: newId(), goal: GOAL, service: 'ppt', score: 1 }
  await maren.ask(meetingRoutes.rate, { params, body: rate })
  await maren.ask(meetingRoutes.rate, { params, body: { ...rate, score: 0 } })
  const line = { id: newId(), case: JONAS, text: 'Hjemme går det bedre.' }
  await camilla.ask(meetingRoutes.minute, { params, body: line })
  await camilla.ask(meetingRoutes.minute, { params, body: line })

  const ended = (await maren.ask(meetingRoutes.end, { params, body: { next: Date.now() + 14 * DAY } }))
    .meeting
  expect(ended).toMatchObject({ status: 'held', live: null })
  const { records, next } = await minutesOf(camilla, meeting.id)
  const [record] = records
  expect(record?.text).toBe('Vi er enige om inngangen.\nHjemme går det bedre.')
  expect(record?.decisions).toMatchObject([{ text: 'Egen garderobe.', by: { person: 'maren' } }])
  expect(record?.goals[0]?.ratings).toContainEqual({ service: 'ppt', before: null, after: 0 })
  expect(record?.goals[0]?.ratings).toContainEqual({ service: 'fjordvik-skole', before: -1, after: -1 })
  expect(record?.goals[0]?.changes).toMatchObject([
    { block: 'a-tiltak-2', what: 'status', from: 'underway', to: 'paused', by: { person: 'silje' } },
    { block: 'a-tiltak-3', what: 'due', from: '2026-11-24', to: '2026-12-01', by: { person: 'maren' } },
    { block: 'ny', what: 'newMeasure', to: 'prøve egen inngang', by: { person: 'silje' } },
  ])
  expect(record?.agreed).toContainEqual({
    block: 'ny',
    text: 'prøve egen inngang',
    service: 'ppt',
    who: 'Håkon Viermyr',
    due: '2026-12-10',
  })
  expect(next?.startsAt).toBeGreaterThan(Date.now() + 13 * DAY)
})

test('what was not reached is on the agenda of the meeting that follows, once', async () => {
  const { records, next } = await minutesOf(maren, meeting.id)
  const moved = records[0]?.items.filter(({ status }) => status === 'moved').map(({ kind }) => kind)
  expect(moved).toContain('goal')
  const following = (await maren.ask(meetingRoutes.one, { params: { id: String(next?.meeting) } })).meeting
  expect(following.agenda.filter(({ kind }) => kind === 'goal')).toMatchObject([
    { block: GOAL, carried: true },
  ])
  expect(following.agenda.filter(({ kind }) => kind === 'since')).toHaveLength(1)
  expect(following.agenda.at(-1)?.kind).toBe('nextDate')
  expect(
    await maren.ask(meetingRoutes.end, { params: { id: meeting.id }, body: { next: null } }),
  ).toMatchObject({
    meeting: { status: 'held' },
  })
  // Ended once more, it has not called another one.
  const { running } = await maren.ask(agendaRoutes.agendaOfCase, { params: { id: JONAS } })
  expect(running).toBeNull()
  const { meetings } = await maren.ask(meetingRoutes.list)
  const called = meetings.filter(({ startsAt }) => startsAt === next?.startsAt)
  expect(called.map(({ id }) => id)).toEqual([next?.meeting])
})

test('the leader’s words go in until the minutes are signed; then they are frozen and can be verified', async () => {
  const params = { id: meeting.id }
  const body = { case: JONAS, remark: 'Takk for et godt møte.' }
  expect(await silje.refused(meetingRoutes.remark, { params, body })).toMatchObject({ code: 'notAllowed' })
  await maren.ask(meetingRoutes.remark, { params, body })
  expect(await silje.refused(meetingRoutes.sign, { params })).toMatchObject({ code: 'notAllowed' })
  const signed = (await maren.ask(meetingRoutes.sign, { params })).meeting
  expect(signed.signed?.checksum).toMatch(/^[0-9a-f]{64}$/)
  expect((await maren.ask(meetingRoutes.sign, { params })).meeting.signed).toEqual(signed.signed)
  expect(await maren.refused(meetingRoutes.remark, { params, body })).toMatchObject({ reason: 'signed' })
  const before = await minutesOf(camilla, meeting.id)
  expect(before.records[0]?.remark).toBe('Takk for et godt møte.')

  setBlockFields(log.doc, block('a-tiltak-2'), { status: 'stopped' })
  await log.saved()
  expect(await minutesOf(camilla, meeting.id)).toEqual(before)
  const { versions } = await maren.ask(historyRoutes.sessions, { params: { id: JONAS } })
  expect(versions.some(({ name }) => name.startsWith('Samarbeidsmøte 2'))).toBe(true)

  const { rows } = app.storage
  const first = async () => (await verify(rows, () => {})).difference
  expect(await first()).toBeUndefined()
  const { record } = await rows
    .selectFrom('meetings')
    .where('id', '=', meeting.id)
    .select('record')
    .executeTakeFirstOrThrow()
  const write = (text: string | null) =>
    rows.updateTable('meetings').set({ record: text }).where('id', '=', meeting.id).execute()
  await write(String(record).replace('Takk', 'Takk ikke'))
  expect(await first()).toMatchObject({ where: `meeting ${meeting.id}` })
  await write(record)
  expect(await first()).toBeUndefined()
})

test('another reader’s log of the meeting holds the same as the record says', () => {
  const { goals } = outline(log.doc)
  expect(goals[0]?.evaluations.filter(({ service }) => service === 'ppt')).toMatchObject([
    { score: 0, by: 'maren' },
  ])
})

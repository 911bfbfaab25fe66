import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { decision, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId, PersonId } from '../../shared/ids.ts'
import { connect, until } from '../support/client.ts'
import {
  ARNE,
  agendaRoutes,
  type Caller,
  call,
  caller,
  DAY,
  disagreementRoutes,
  JONAS,
  meetingAbout,
  meetingRoutes,
  newId,
  SARA,
} from '../support/meeting-calls.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
const by: Record<string, Caller> = {}
const as = (person: string): Caller => {
  const found = by[person]
  if (!found) throw new Error(person)
  return found
}
beforeAll(async () => {
  app = await startApp()
  for (const person of ['maren', 'silje', 'haakon', 'nora', 'gro', 'ida', 'camilla', 'bodil', 'oda'])
    by[person] = await caller(app, person)
  // One who is in all three logs, so that somebody may call a meeting about them.
  for (const id of [SARA, ARNE])
    await app.app.access.setRole(CaseId.parse(id), PersonId.parse('silje'), 'professional')
})
afterAll(() => app.stop())

const one = async (person: string, id: string) =>
  (await as(person).ask(meetingRoutes.one, { params: { id } })).meeting

test('in a team meeting everybody sees the logs, people and items that are theirs to read, and no more', async () => {
  const team = await call(
    as('silje'),
    meetingAbout([JONAS, SARA, ARNE], { title: 'Team', leader: PersonId.parse('silje') }),
  )
  const params = { id: team.id }
  const all = await one('silje', team.id)
  expect(new Set(all.agenda.map((item) => item.case))).toEqual(new Set([JONAS, SARA, ARNE]))
  const mine = await one('nora', team.id)
  expect(mine.cases.map(({ id }) => id)).toEqual([ARNE])
  expect(mine.agenda.every((item) => item.case === ARNE)).toBe(true)
  expect(mine.people.map(({ person }) => person)).not.toContain('maren')
  expect(mine.mayChange).toBe(false)
  await as('silje').ask(meetingRoutes.start, { params })
  expect((await one('nora', team.id)).minutesBlocks.map((one) => one.case)).toEqual([ARNE])
  expect((await one('nora', team.id)).live?.item).toBeNull()
  await as('silje').ask(meetingRoutes.addGuest, { params, body: { id: newId(), name: 'Mormor' } })
  expect((await one('silje', team.id)).guests).toHaveLength(1)
  expect((await one('nora', team.id)).guests).toEqual([])
  const arne = await connect(app, as('silje').cookie, documentName(CaseId.parse(ARNE), 'shared'))
  appendBlocks(arne.doc, [decision({}, [paragraph('Rullator prøves.')])])
  await arne.saved()
  arne.close()
  const soFar = async (person: string) => (await as(person).ask(meetingRoutes.soFar, { params })).logs
  expect(
    (await soFar('silje')).map((log) => [log.case, log.decisions.map(({ text }) => text), log.agreed]),
  ).toEqual([
    [JONAS, [], []],
    [SARA, [], []],
    [ARNE, ['Rullator prøves.'], []],
  ])
  expect((await soFar('nora')).map((log) => log.case)).toEqual([ARNE])
  expect(await as('bodil').refused(meetingRoutes.soFar, { params })).toMatchObject({ status: 404 })
  await as('silje').ask(meetingRoutes.end, { params, body: { next: null } })
  expect(await as('silje').refused(meetingRoutes.soFar, { params })).toMatchObject({ reason: 'ended' })
  await as('silje').ask(meetingRoutes.sign, { params })
  const { minutes } = await as('nora').ask(meetingRoutes.minutes, { params })
  expect(minutes.records.map((record) => record.case)).toEqual([ARNE])
  expect(minutes.meeting.people.map(({ person }) => person)).not.toContain('maren')
  expect(await as('bodil').refused(meetingRoutes.minutes, { params })).toMatchObject({ status: 404 })
  const listed = (await as('nora').ask(meetingRoutes.list)).meetings
  expect(listed.find(({ id }) => id === team.id)?.cases.map(({ id }) => id)).toEqual([ARNE])
})

test('a standing meeting calls its next one by itself when it has ended', async () => {
  const id = 'mote-team-1'
  await as('haakon').ask(meetingRoutes.start, { params: { id } })
  const before = await one('haakon', id)
  await as('haakon').ask(meetingRoutes.end, { params: { id }, body: { next: null } })
  const { next } = (await as('haakon').ask(meetingRoutes.minutes, { params: { id } })).minutes
  const following = await one('haakon', String(next?.meeting))
  expect(following).toMatchObject({ repeats: 'fortnightly', status: 'called', title: 'Tverrfaglig team' })
  // Fourteen days, and an hour more or less where the clocks change.
  expect(Math.abs((following.startsAt ?? 0) - (before.startsAt ?? 0) - 14 * DAY)).toBeLessThanOrEqual(
    3_600_000,
  )
})

test('leaving somebody out takes a reason, which is kept; who is in no log cannot be invited', async () => {
  const body = meetingAbout([JONAS])
  const leftOut = [{ person: PersonId.parse('camilla'), reason: '' }]
  expect(await as('maren').refused(meetingRoutes.call, { body: { ...body, leftOut } })).toMatchObject({
    field: 'body.leftOut.0.reason',
  })
  const invite = [PersonId.parse('nora')]
  expect(await as('maren').refused(meetingRoutes.call, { body: { ...body, invite } })).toMatchObject({
    field: 'body.invite.0',
  })
  const meeting = await call(as('maren'), {
    ...body,
    leftOut: [{ person: PersonId.parse('camilla'), reason: 'Mor er på jobb' }],
  })
  expect(meeting.people.find(({ person }) => person === 'camilla')?.leftOut).toBe('Mor er på jobb')
  expect(
    await as('camilla').refused(meetingRoutes.answer, {
      params: { id: meeting.id },
      body: { answer: 'yes' },
    }),
  ).toMatchObject({ code: 'notAllowed' })
})

test('several times are proposed and answered; the one that is chosen keeps its answers, moving it asks again', async () => {
  const times = [Date.now() + 3 * DAY, Date.now() + 4 * DAY]
  const { id, times: proposed, status } = await call(as('maren'), meetingAbout([JONAS], { times }))
  expect(status).toBe('proposed')
  const time = proposed[1]?.id
  const params = { id }
  await as('camilla').ask(meetingRoutes.answer, { params, body: { times: [{ time, answer: 'yes' }] } })
  const change = (body: unknown) => as('maren').ask(meetingRoutes.change, { params, body })
  const answerOf = async () =>
    (await one('maren', id)).people.find(({ person }) => person === 'camilla')?.answer
  await change({ times: [times[1]] })
  expect(await one('maren', id)).toMatchObject({ status: 'called', startsAt: times[1], times: [] })
  expect(await answerOf()).toBe('yes')
  await change({ place: 'Rom 3' })
  expect(await answerOf()).toBe('yes')
  await change({ times: [Date.now() + 5 * DAY] })
  expect(await answerOf()).toBeNull()
  expect(await as('camilla').refused(meetingRoutes.cancel, { params })).toMatchObject({ status: 403 })
  await as('maren').ask(meetingRoutes.cancel, { params })
  expect(await as('maren').refused(meetingRoutes.start, { params })).toMatchObject({ reason: 'cancelled' })
})

test('the lead passes on, and is taken over only from a leader who has been away for ten seconds', async () => {
  const { id } = await call(as('maren'), meetingAbout([JONAS]))
  const params = { id }
  await as('maren').ask(meetingRoutes.start, { params })
  const pass = (person: string) => ({ params, body: { person } })
  expect(await as('camilla').refused(meetingRoutes.lead, pass('camilla'))).toMatchObject({ status: 403 })
  await as('maren').ask(meetingRoutes.lead, pass('haakon'))
  expect((await one('maren', id)).leader.person).toBe('haakon')
  expect(await as('maren').refused(meetingRoutes.move, { params, body: { item: 'x' } })).toMatchObject({
    status: 403,
  })
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: as('haakon').cookie },
  })
  await new Promise((resolve) => socket.once('open', resolve))
  app.wait(60_000)
  expect(await as('silje').refused(meetingRoutes.lead, pass('silje'))).toMatchObject({ status: 403 })
  const haakon = PersonId.parse('haakon')
  socket.close()
  // The clock has moved on by more than any test lasts: only what comes after the socket's end counts.
  await until('the socket to be gone', () => app.app.events.count() === 0)
  app.wait(11_000)
  expect(app.app.events.awayFor(haakon)).toBeLessThan(60_000)
  await as('silje').ask(meetingRoutes.lead, pass('silje'))
  expect((await one('maren', id)).leader.person).toBe('silje')
  await as('silje').ask(meetingRoutes.end, { params, body: { next: null } })
})

test('two views stand side by side, nobody writes over another’s, and closing them keeps who dissented', async () => {
  const params = { id: ARNE }
  const goal = 'c-maal-1'
  const nora = { id: newId(), goal, text: 'Han klarer det alene.' }
  const { disagreement } = await as('nora').ask(disagreementRoutes.open, { params, body: nora })
  const other = { id: newId(), goal, text: 'Han trenger støtte.' }
  const joined = (await as('silje').ask(disagreementRoutes.open, { params, body: other })).disagreement
  expect(joined.id).toBe(disagreement.id)
  const theirs = { id: ARNE, disagreement: disagreement.id }
  await as('silje').ask(disagreementRoutes.view, { params: theirs, body: { text: 'Med støtte, ja.' } })
  const [listed] = (await as('oda').ask(disagreementRoutes.list, { params })).disagreements
  expect(listed?.views.map(({ by, text }) => [by.person, text])).toEqual([
    ['nora', 'Han klarer det alene.'],
    ['silje', 'Med støtte, ja.'],
  ])
  expect(await as('oda').refused(disagreementRoutes.open, { params, body: other })).toMatchObject({
    status: 403,
  })
  expect(await as('maren').refused(disagreementRoutes.list, { params })).toMatchObject({ status: 404 })
  const closing = { block: newId(), decision: 'Rullator og følge.', dissented: ['silje'] }
  const closed = await as('nora').ask(disagreementRoutes.close, { params: theirs, body: closing })
  expect(closed.disagreement.closed).toMatchObject({
    decision: 'Rullator og følge.',
    dissented: [{ person: 'silje' }],
  })
  expect(
    await as('silje').refused(disagreementRoutes.view, { params: theirs, body: { text: 'Nei' } }),
  ).toMatchObject({ reason: 'closed' })
})

test('what is put on the agenda stands once, waits where there is no meeting, and stays off when taken off', async () => {
  const params = { id: ARNE }
  const next = (await as('nora').ask(agendaRoutes.agendaOfCase, { params })).next
  const body = { id: newId(), kind: 'measure', block: 'c-tiltak-1', title: 'Medisin' }
  const { item } = await as('nora').ask(agendaRoutes.putOnAgenda, { params, body })
  const again = await as('silje').ask(agendaRoutes.putOnAgenda, { params, body: { ...body, id: newId() } })
  expect(again.item.id).toBe(item.id)
  const items = (await one('nora', String(next?.id))).agenda
  expect(items.filter(({ block }) => block === 'c-tiltak-1')).toHaveLength(1)
  const since = items.find(({ kind }) => kind === 'since')
  await as('nora').ask(agendaRoutes.takeOffAgenda, { params: { ...params, item: String(since?.id) } })
  expect((await one('nora', String(next?.id))).agenda.some(({ kind }) => kind === 'since')).toBe(false)
  await as('nora').ask(agendaRoutes.changeItem, {
    params: { id: String(next?.id), item: item.id },
    body: { after: null, minutes: 3 },
  })
  expect((await one('nora', String(next?.id))).agenda[0]).toMatchObject({ id: item.id, minutes: 3 })
  expect(await as('oda').refused(agendaRoutes.putOnAgenda, { params, body })).toMatchObject({ status: 403 })
  expect(await as('maren').refused(agendaRoutes.putOnAgenda, { params, body })).toMatchObject({ status: 404 })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
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

let app: TestApp
let maren: Caller
let silje: Caller
let camilla: Caller
let nora: Caller
beforeAll(async () => {
  app = await startApp()
  ;[maren, silje, camilla, nora] = await Promise.all([
    caller(app, 'maren'),
    caller(app, 'silje'),
    caller(app, 'camilla'),
    caller(app, 'nora'),
  ])
})
afterAll(() => app.stop())

const one = async (by: Caller, id: string) => (await by.ask(meetingRoutes.one, { params: { id } })).meeting

describe('calling a meeting', () => {
  test('invites everybody in the log, mother included, and is one meeting however often it is asked for', async () => {
    const body = meetingAbout([JONAS])
    const meeting = await call(maren, body)
    expect(meeting.people.map(({ person }) => person)).toContain('camilla')
    expect(meeting.people).toHaveLength(9)
    expect(meeting).toMatchObject({ status: 'called', startsAt: body.times[0], revision: 1 })
    expect(await call(maren, body)).toEqual(meeting)
    expect(await silje.refused(meetingRoutes.call, { body })).toMatchObject({ field: 'body.id' })
    expect(await one(camilla, meeting.id)).toMatchObject({ mayLead: false, mayChange: false })
    expect(await nora.refused(meetingRoutes.one, { params: { id: meeting.id } })).toMatchObject({
      status: 404,
    })
  })
})

describe('while it is held', () => {
  test('begins with the minutes in the log, and moves through an agenda that made itself', async () => {
    const { id } = await call(maren, meetingAbout([JONAS], { times: [Date.now() + 60 * DAY] }))
    const item = newId()
    await silje.ask(agendaRoutes.putOnAgenda, { params: { id: JONAS }, body: { id: item, title: 'Gym' } })
    const begun = (await silje.ask(meetingRoutes.start, { params: { id } })).meeting
    expect(begun.leader.person).toBe('silje')
    expect(begun.agenda.map(({ kind }) => kind)).toEqual(['since', 'goal', 'disagreement', 'nextDate'])
    expect(begun.live?.item).toBe(begun.agenda[0]?.id)
    const text = await app.app.collab.read(documentName(JONAS, 'shared'), (doc) => outline(doc).text)
    expect(text).toContain('Egen inngang')
    const goal = begun.agenda[1]?.id
    const moved = (await silje.ask(meetingRoutes.move, { params: { id }, body: { item: goal } })).meeting
    expect(moved.live?.item).toBe(goal)
    expect(moved.agenda[0]?.status).toBe('done')
    expect(await maren.refused(meetingRoutes.move, { params: { id }, body: { item: goal } })).toMatchObject({
      code: 'notAllowed',
    })
  })
})

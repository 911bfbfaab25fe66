import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
let camilla: string
beforeAll(async () => {
  app = await startApp()
  camilla = await app.signIn('camilla')
  const now = Date.now()
  const meeting = {
    revision: 3,
    kind: 'case',
    title: 'Samarbeidsmøte om Jonas',
    minutes: 30,
    place: 'hjemme hos Jonas',
    link: 'https://video.example/jonas',
    repeats: null,
    organiser: 'maren',
    leader: 'maren',
    created_at: now,
  }
  const at = Date.parse('2026-12-03T09:00:00+01:00')
  await app.storage.rows
    .insertInto('meetings')
    .values([
      { ...meeting, id: 'coming', status: 'called', starts_at: Math.max(at, now) },
      { ...meeting, id: 'off', status: 'cancelled', starts_at: now + 86_400_000 },
      { ...meeting, id: 'asked', status: 'proposed', starts_at: null },
      { ...meeting, id: 'without', status: 'called', starts_at: now + 86_400_000 },
    ])
    .execute()
  const invited = { person: 'camilla', service: 'hjem', cases: '["logg-a"]' }
  await app.storage.rows
    .insertInto('meeting_people')
    .values([
      { ...invited, meeting_id: 'coming' },
      { ...invited, meeting_id: 'off' },
      { ...invited, meeting_id: 'asked' },
      { ...invited, meeting_id: 'without', left_out: 'reiser bort' },
    ])
    .execute()
})
afterAll(() => app.stop())

const api = (method: string) =>
  fetch(`${app.url}/api/me/calendar`, { method, headers: { cookie: camilla, origin: app.url } })
const made = async (): Promise<string> => {
  const { url }: { url: string } = await (await api('POST')).json()
  return url.replace(/^https?:\/\/[^/]+/, app.url)
}
const uids = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event).uid)

test('another program reads it: meetings that one is invited to, with their times, and which are off', async () => {
  const answer = await fetch(await made())
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(answer.headers.get('cache-control')).toContain('no-store')
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()))
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
  const events = calendar.getAllSubcomponents('vevent')
  const byId = new Map(events.map((event) => [new ICAL.Event(event).uid, event]))
  expect([...byId.keys()].filter((uid) => /^(coming|off|asked|without)@/.test(uid)).sort()).toEqual([
    'coming@stafett',
    'off@stafett',
  ])
  const coming = byId.get('coming@stafett')
  expect(coming).toBeDefined()
  if (!coming) return
  const event = new ICAL.Event(coming)
  expect(event.endDate.toJSDate().getTime() - event.startDate.toJSDate().getTime()).toBe(30 * 60_000)
  expect(event.sequence).toBe(3)
  expect(coming.getFirstPropertyValue('status')).toBe('CONFIRMED')
  expect(byId.get('off@stafett')?.getFirstPropertyValue('status')).toBe('CANCELLED')
})

test('it holds no title, place, name or log', async () => {
  const text = await (await fetch(await made())).text()
  expect(uids(text)).toContain('coming@stafett')
  expect(text).not.toMatch(/jonas|maren|camilla|bergset|logg-a|samarbeid|video\.example|hjemme/i)
})

test('a new link ends the old one, and one that is switched off is gone', async () => {
  const first = await made()
  expect((await fetch(first)).status).toBe(200)
  const second = await made()
  expect((await fetch(first)).status).toBe(404)
  expect((await fetch(second)).status).toBe(200)
  expect((await api('DELETE')).status).toBe(200)
  expect((await fetch(second)).status).toBe(404)
  expect(await (await api('GET')).json()).toEqual({ madeAt: null })
})

test.each(['x.ics', `${'a'.repeat(43)}.ics`, `${'a'.repeat(43)}`, '..%2f..%2fetc.ics'])(
  '/calendar/%s is nobody’s',
  async (file) => {
    expect((await fetch(`${app.url}/calendar/${file}`)).status).toBe(404)
  },
)

test('the database holds no token that anybody could use', async () => {
  const url = await made()
  const token = url.split('/').at(-1)?.replace('.ics', '') ?? ''
  const rows = await app.storage.rows.selectFrom('calendar_links').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import type { CaseSummary } from '../../shared/cases.ts'
import { CaseId, PersonId } from '../../shared/ids.ts'
import { CaseRole } from '../../shared/roles.ts'
import { until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
const cookies = new Map<string, string>()
beforeAll(async () => {
  app = await startApp()
  for (const person of ['maren', 'camilla', 'anders', 'oda', 'turid', 'nora', 'bodil', 'haakon']) {
    cookies.set(person, await app.signIn(person))
  }
})
afterAll(() => app.stop())

const as = (person: string, method: 'GET' | 'POST', path: string, body?: unknown) =>
  fetch(`${app.url}${path}`, {
    method,
    headers: { cookie: cookies.get(person) ?? '', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const casesOf = async (person: string): Promise<CaseSummary[]> =>
  (await (await as(person, 'GET', '/api/cases')).json()).cases
const audited = (person: string, caseId: string) =>
  app.storage.rows
    .selectFrom('audit')
    .where('person', '=', person)
    .where('case_id', '=', caseId)
    .select(['action', 'detail'])
    .execute()

test('everybody sees their own logs and no other', async () => {
  const seen = async (person: string) => (await casesOf(person)).map(({ id }) => id).sort()
  expect(await seen('maren')).toEqual(['logg-a'])
  expect(await seen('haakon')).toEqual(['logg-a', 'logg-b'])
  expect(await seen('anders')).toEqual(['logg-c'])
  expect(await seen('camilla')).toEqual(['logg-a'])
  expect(await seen('turid')).toEqual([])
  expect(await seen('bodil')).toEqual([])
})

test('who is no member gets the same answer as for a log that is not there', async () => {
  const line = { id: 'line-1', text: 'Hei' }
  const ticket = (id: string) => ({
    document: `case/${id}/shared`,
    clientId: 77,
    blocksVersion: BLOCKS_VERSION,
  })
  const ask: ((id: string) => Promise<Response>)[] = [
    (id) => as('anders', 'GET', `/api/cases/${id}`),
    (id) => as('anders', 'POST', `/api/cases/${id}/lines`, line),
    (id) =>
      as('anders', 'POST', `/api/cases/${id}/lines`, { ...line, goal: { block: 'a-maal-1', score: 0 } }),
    (id) => as('anders', 'POST', '/api/collab/ticket', ticket(id)),
  ]
  for (const request of ask) {
    const [foreign, unknown] = [await request('logg-a'), await request('no-such-log')]
    expect(foreign.status).toBe(404)
    expect(unknown.status).toBe(404)
    expect(await foreign.text()).toBe(await unknown.text())
    expect([...foreign.headers.keys()]).toEqual([...unknown.headers.keys()])
  }
})

test('what a role may not do is refused, in the log and in the municipality', async () => {
  const line = (id: string, more = {}) => ({ id, text: 'Hei', ...more })
  expect((await as('oda', 'POST', '/api/cases/logg-c/lines', line('oda-1'))).status).toBe(403)
  const rating = line('oda-2', { goal: { block: 'c-maal-1', score: 0 } })
  expect((await as('oda', 'POST', '/api/cases/logg-c/lines', rating)).status).toBe(403)
  const wish = { subject: { name: 'Ny', kind: 'child' }, concern: 'Noe', service: 'hjem' }
  expect((await as('camilla', 'POST', '/api/cases', wish)).status).toBe(403)
  expect((await as('camilla', 'GET', '/api/people')).status).toBe(403)
  expect((await as('bodil', 'POST', '/api/cases', { ...wish, service: 'fjordvik-skole' })).status).toBe(403)
})

test('a guardian’s line and rating stand in the log, once however often they are sent', async () => {
  const line = { id: 'camilla-line', text: 'Han gledet seg til i dag.' }
  const rating = { id: 'camilla-rating', text: 'Fire dager!', goal: { block: 'a-maal-1', score: 0 } }
  for (const body of [line, line, rating, rating]) {
    expect(await (await as('camilla', 'POST', '/api/cases/logg-a/lines', body)).json()).toEqual({
      id: body.id,
    })
  }
  const rated = async () =>
    (await casesOf('maren'))[0]?.goals[0]?.ratings.find(({ service }) => service === 'hjem')?.score
  await until('the guardian’s step to reach the overview', async () => (await rated()) === 0)
  const { text } = await app.storage.rows
    .selectFrom('log_texts')
    .where('case_id', '=', 'logg-a')
    .select('text')
    .executeTakeFirstOrThrow()
  expect(text.split('Han gledet seg til i dag.')).toHaveLength(2)
  expect(text.split('Fire dager!')).toHaveLength(2)
})

test('a new log has its writer as coordinator, its concern as first block, and those invited', async () => {
  const answer = await as('turid', 'POST', '/api/cases', {
    subject: { name: 'Mina Eksempel', kind: 'youth', about: '8. trinn' },
    concern: 'Mye alene.\nSover lite.',
    service: 'barnevern',
    members: ['silje', 'camilla', 'turid', 'silje'],
  })
  expect(answer.status).toBe(200)
  const { id } = await answer.json()
  const [row] = await casesOf('turid')
  expect(row).toMatchObject({
    id,
    status: 'active',
    coordinator: { person: 'turid', service: 'barnevern' },
    subject: { name: 'Mina Eksempel', kind: 'youth', about: '8. trinn' },
  })
  const { members } = await (await as('turid', 'GET', `/api/cases/${id}`)).json()
  const roles = Object.fromEntries(
    members.map((one: { person: string; role: string }) => [one.person, one.role]),
  )
  expect(roles).toEqual({ turid: 'coordinator', silje: 'professional', camilla: 'guardian' })
  const found = () => as('turid', 'GET', '/api/search?q=sover%20LITE').then((hits) => hits.json())
  await until('the concern to be found', async () => (await found()).hits.length === 1)
  expect((await found()).hits[0]).toMatchObject({ case: id, excerpt: 'Mye alene. Sover lite.' })
  expect((await audited('turid', id)).filter(({ action }) => action === 'change').length).toBeGreaterThan(0)
})

test('a concern is raised for one’s own service, by people who exist', async () => {
  const wish = { subject: { name: 'Ny', kind: 'child' }, concern: 'Noe', service: 'fjordvik-skole' }
  const refused = async (body: object) => (await (await as('turid', 'POST', '/api/cases', body)).json()).error
  expect(await refused(wish)).toMatchObject({ code: 'invalidInput', field: 'body.service' })
  expect(await refused({ ...wish, service: 'barnevern', members: ['silje', 'nobody'] })).toMatchObject({
    code: 'invalidInput',
    field: 'body.members.1',
  })
})

test('search looks at names and text of one’s own logs, whatever the case of å and Æ', async () => {
  const hits = async (person: string, words: string) => {
    const answer = await as(person, 'GET', `/api/search?q=${encodeURIComponent(words)}`)
    return (await answer.json()).hits
  }
  expect(await hits('maren', 'jonas b')).toEqual([{ case: 'logg-a', subject: 'Jonas Bergset', excerpt: '' }])
  const [word] = await hits('maren', 'KVELDSRUTINE')
  expect(word.excerpt.toLowerCase()).toContain('kveldsrutine')
  expect((await hits('nora', 'LØDEMEL')).length).toBe(1)
  expect((await hits('nora', 'MÅL OG')).length).toBe(1)
  expect(await hits('nora', 'kveldsrutine')).toEqual([])
  expect(await hits('maren', '%%')).toEqual([])
  expect(await hits('maren', "' OR 1=1 --")).toEqual([])
})

test('every look at a log is in the audit before it is answered; the overview once in a while', async () => {
  const kinds = async () =>
    (await audited('haakon', 'logg-b'))
      .filter(({ action }) => action === 'read')
      .map(({ detail }) => JSON.parse(detail).kind)
  const before = (await kinds()).length
  await casesOf('haakon')
  await casesOf('haakon')
  expect((await kinds()).length - before).toBeLessThanOrEqual(1)
  app.wait(16 * 60 * 1000)
  await casesOf('haakon')
  const overviews = (await kinds()).filter((kind) => kind === 'overview').length
  expect(overviews).toBe(2)
  await as('haakon', 'GET', '/api/cases/logg-b')
  await as('haakon', 'GET', '/api/cases/logg-b')
  expect((await kinds()).filter((kind) => kind === 'detail')).toHaveLength(2)
})

test('a membership that comes and goes shows at once, to that person and in live rows', async () => {
  const caseId = CaseId.parse('logg-a')
  const turid = PersonId.parse('turid')
  const events = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: cookies.get('turid') ?? '' },
  })
  const heard: string[] = []
  events.on('message', (data) => heard.push(String(data)))
  await new Promise((resolve) => events.once('open', resolve))
  await app.app.access.setRole(caseId, turid, CaseRole.enum.reader)
  await until('the news', () => heard.some((event) => event.includes('logg-a')))
  expect((await as('turid', 'GET', '/api/cases/logg-a')).status).toBe(200)
  heard.length = 0
  await app.app.access.setRole(caseId, turid, undefined)
  await until('the news', () => heard.some((event) => event.includes('logg-a')))
  expect((await as('turid', 'GET', '/api/cases/logg-a')).status).toBe(404)
  // Who is out hears nothing more.
  heard.length = 0
  await as('camilla', 'POST', '/api/cases/logg-a/lines', {
    id: 'after-turid',
    text: 'Bare for dem som er med.',
  })
  await casesOf('maren')
  await until('the line to be derived', async () => {
    const hits = await (await as('maren', 'GET', '/api/search?q=bare%20for%20dem')).json()
    return hits.hits.length === 1
  })
  expect(heard.filter((event) => event.includes('logg-a'))).toEqual([])
  events.close()
})

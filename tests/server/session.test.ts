import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { documentName } from '../../shared/collab/protocol.ts'
import { errorTable } from '../../shared/errors.ts'
import { CaseId } from '../../shared/ids.ts'
import { connect, until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const get = (path: string, cookie?: string) =>
  fetch(`${app.url}${path}`, { headers: cookie ? { cookie } : {} })

test('the demo’s people stand in the list, every service among them', async () => {
  const people: { id: string; name: string; service: string }[] = await (await get('/api/demo/people')).json()
  const { services }: { services: { id: string }[] } = await (await get('/api/municipality')).json()
  expect(people).toContainEqual(
    expect.objectContaining({ id: 'maren', name: 'Maren Solbakken', service: 'fjordvik-skole' }),
  )
  expect(new Set(people.map(({ service }) => service))).toEqual(new Set(services.map(({ id }) => id)))
})

test('signing in sets a cookie that scripts and other sites do not get', async () => {
  const answer = await post('/api/demo/sign-in', { person: 'maren' })
  const [cookie, ...more] = answer.headers.getSetCookie()
  expect(more).toEqual([])
  expect(cookie).toMatch(/^stafett_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('behind HTTPS the cookie is Secure', async () => {
  const https = await startApp({ config: { publicUrl: 'https://stafett.example' } })
  const answer = await fetch(`${https.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://stafett.example' },
    body: '{"person":"ida"}',
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie()[0]).toContain('; Secure')
  await https.stop()
})

test('the database holds no token that could sign in', async () => {
  const cookie = await app.signIn('ida')
  const token = cookie.split('=')[1] ?? ''
  const session = await app.app.sessions.find(token)
  expect(session?.person.id).toBe('ida')
  expect(session?.idHash).not.toContain(token)
})

test('a session ends twelve hours after its last use, not after its first', async () => {
  const cookie = await app.signIn('gro')
  const isIn = async () => (await (await get('/api/session', cookie)).json()).person?.id === 'gro'
  const hours = (count: number) => app.wait(count * 60 * 60 * 1000)
  hours(11)
  expect(await isIn()).toBe(true)
  hours(11)
  expect(await isIn()).toBe(true)
  hours(13)
  expect(await isIn()).toBe(false)
  expect((await get('/api/cases', cookie)).status).toBe(401)
})

test('signing out ends the session and closes its sockets, not those of the same person elsewhere', async () => {
  const here = await app.signIn('maren')
  const elsewhere = await app.signIn('maren')
  const log = documentName(CaseId.parse('logg-a'), 'shared')
  const [mine, other] = [await connect(app, here, log), await connect(app, elsewhere, log)]
  const events = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, { headers: { cookie: here } })
  const heard: string[] = []
  events.on('message', (data) => heard.push(String(data)))
  await new Promise((resolve) => events.once('open', resolve))
  const eventsClosed = new Promise<number>((resolve) => events.once('close', resolve))

  expect((await post('/api/session/sign-out', undefined, { cookie: here })).status).toBe(200)

  expect(await eventsClosed).toBe(errorTable.signedOut.close)
  expect(heard).toContain(JSON.stringify({ type: 'signedOut' }))
  await until('the log’s socket to close', () => mine.closed.length > 0)
  expect(mine.closed[0]?.code).toBe(errorTable.signedOut.close)
  expect((await get('/api/cases', here)).status).toBe(401)
  expect((await get('/api/cases', elsewhere)).status).toBe(200)
  expect(other.closed).toEqual([])
  mine.close()
  other.close()
})

test('a socket for live rows without a session is closed with the reason', async () => {
  const events = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`)
  expect(await new Promise((resolve) => events.once('close', resolve))).toBe(errorTable.notSignedIn.close)
})

test('another site’s page can neither sign in nor open a socket', async () => {
  for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${app.port}.evil.example`]) {
    const answer = await post('/api/demo/sign-in', { person: 'maren' }, { origin })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({ error: { code: 'originRefused' } })
    for (const path of ['/api/events', '/collab', '/sync/case/logg-a/shared']) {
      const socket = new WebSocket(`ws://127.0.0.1:${app.port}${path}`, { origin })
      const refused = await new Promise((resolve) => socket.once('error', (error) => resolve(error.message)))
      expect(refused).toContain('403')
    }
  }
  expect((await post('/api/demo/sign-in', { person: 'maren' }, { origin: app.url })).status).toBe(200)
})

test('guessing at sign-in is slowed down', async () => {
  const many = await startApp()
  const codes: number[] = []
  for (let guess = 0; guess < 80; guess += 1) {
    const answer = await fetch(`${many.url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: `guess-${guess}` }),
    })
    codes.push(answer.status)
  }
  expect(codes[0]).toBe(404)
  expect(codes.at(-1)).toBe(429)
  await many.stop()
})

test('a session whose time is over closes its sockets, without anybody signing out', async () => {
  const answer = await post('/api/demo/sign-in', { person: 'silje' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const log = await connect(app, cookie, documentName(CaseId.parse('logg-a'), 'shared'))
  app.wait(13 * 60 * 60 * 1000)
  await app.app.sessions.endExpired()
  await until('the socket to close', () => log.closed.some(({ reason }) => reason === 'signedOut'))
  log.close()
})

test('a new log that is asked for twice is one log', async () => {
  const cookie = await app.signIn('maren')
  const body = {
    subject: { name: 'Ny', kind: 'child', about: '' },
    concern: 'Noe vi lurer på.',
    service: 'fjordvik-skole',
    members: [],
    request: 'the-same',
  }
  const ids = await Promise.all(
    [1, 2, 3].map(async () => {
      const { id }: { id: string } = await (await post('/api/cases', body, { cookie })).json()
      return id
    }),
  )
  expect(new Set(ids).size).toBe(1)
  const { tail } = await app.storage.updates.load(documentName(CaseId.parse(ids[0]), 'shared'))
  expect(tail).toHaveLength(1)
})

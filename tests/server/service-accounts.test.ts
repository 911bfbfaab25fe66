import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { connect, until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

const document = 'case/logg-a/shared'
let app: TestApp
let bodil: string
let maren: string
beforeAll(async () => {
  app = await startApp()
  bodil = await app.signIn('bodil')
  maren = await app.signIn('maren')
})
afterAll(() => app.stop())

const ask = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
  fetch(`${app.url}${path}`, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const ticketFor = (secret: string, clientId = 7) =>
  ask(
    'POST',
    '/api/collab/ticket',
    { authorization: `Bearer ${secret}` },
    { document, clientId, blocksVersion: BLOCKS_VERSION },
  )

async function make() {
  const answer = await ask(
    'POST',
    '/api/service-accounts',
    { cookie: bodil },
    { name: 'Skoleruta', service: 'fjordvik-skole' },
  )
  const made: { account: { id: string }; secret: string } = await answer.json()
  return made
}

test('a manager makes it, a coordinator lets it in, and what it writes is signed with its name until it is revoked', async () => {
  expect(
    (await ask('POST', '/api/service-accounts', { cookie: maren }, { name: 'x', service: 'ppt' })).status,
  ).toBe(403)
  const { account, secret } = await make()
  expect((await ticketFor(secret)).status).toBe(404)
  await ask('PUT', `/api/cases/logg-a/members/${account.id}`, { cookie: maren }, { role: 'professional' })

  const doc = new Y.Doc()
  const { ticket }: { ticket: string } = await (await ticketFor(secret, doc.clientID)).json()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${app.port}/sync`, document, doc, {
    params: { ticket },
    disableBc: true,
  })
  const closes: (number | undefined)[] = []
  provider.on('connection-close', (event) => closes.push(event?.code))
  await until('it to sync', () => provider.synced)
  const reader = await connect(app, maren, document)
  const key = appendParagraph(doc, 'Skoleruta: planleggingsdag fredag.')
  await until('its line', () => logFragment(reader.doc).toString().includes('planleggingsdag fredag.'))
  const bylines = () => reader.heard.flatMap((one) => (one.type === 'bylines' ? one.bylines : []))
  await until('its byline', () => bylines().some((one) => one.key === key && one.person === account.id))
  await until('its presence', () =>
    [...reader.awareness.getStates().values()].some(({ user }) => user?.['name'] === 'Skoleruta'),
  )
  const stored = await app.storage.rows.selectFrom('service_accounts').selectAll().execute()
  expect(JSON.stringify(stored)).not.toContain(secret)

  expect((await ask('DELETE', `/api/service-accounts/${account.id}`, { cookie: maren })).status).toBe(403)
  expect((await ask('DELETE', `/api/service-accounts/${account.id}`, { cookie: bodil })).status).toBe(200)
  await until('its socket to close', () => closes.includes(4421))
  expect((await ticketFor(secret)).status).toBe(401)
  provider.destroy()
  reader.close()
})

test('its secret opens nothing but tickets, and it cannot sign in as a person', async () => {
  const { account, secret } = await make()
  for (const path of ['/api/cases', '/api/session', '/api/people', '/api/cases/logg-a']) {
    const answer = await ask('GET', path, { authorization: `Bearer ${secret}` })
    const text = await answer.text()
    expect(text).not.toContain('Skoleruta')
    expect(path === '/api/session' ? 200 : 401).toBe(answer.status)
  }
  expect((await ask('POST', '/api/demo/sign-in', {}, { person: account.id })).status).toBe(404)
  expect(await (await ask('GET', '/api/demo/people', {})).text()).not.toContain('Skoleruta')
  for (const wrong of ['', 'stafett_x', `${secret}x`, secret.slice(0, -1)])
    expect((await ticketFor(wrong)).status).toBe(401)
})

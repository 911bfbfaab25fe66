import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { connect, until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

const JONAS = CaseId.parse('logg-a')

let app: TestApp
let maren: string
let silje: string
beforeAll(async () => {
  app = await startApp()
  maren = await app.signIn('maren')
  silje = await app.signIn('silje')
})
afterAll(() => app.stop())

const member = (cookie: string, method: 'PUT' | 'DELETE', person: string, role?: string) =>
  fetch(`${app.url}/api/cases/${JONAS}/members/${person}`, {
    method,
    headers: { cookie, ...(role ? { 'content-type': 'application/json' } : {}) },
    ...(role ? { body: JSON.stringify({ role }) } : {}),
  })
const casesOf = async (cookie: string): Promise<string[]> => {
  const answer = await fetch(`${app.url}/api/cases`, { headers: { cookie } })
  const { cases }: { cases: { id: string }[] } = await answer.json()
  return cases.map(({ id }) => id)
}

test('the coordinator invites somebody, who then has the log, and it stands in the audit', async () => {
  const turid = await app.signIn('turid')
  expect(await casesOf(turid)).not.toContain(JONAS)
  expect((await member(maren, 'PUT', 'turid', 'professional')).status).toBe(200)
  expect(await casesOf(turid)).toContain(JONAS)
  const audit = await app.storage.rows.selectFrom('audit').where('person', '=', 'maren').selectAll().execute()
  expect(audit.some(({ detail }) => detail.includes('"member":"turid"'))).toBe(true)
})

test('a change of part reaches the open log in place, and leaving closes it', async () => {
  const log = await connect(app, silje, documentName(JONAS, 'shared'))
  await log.synced()
  const told = (write: boolean) => log.heard.some((one) => one.type === 'access' && one.write === write)
  await until('the right to write', () => told(true))
  expect((await member(maren, 'PUT', 'silje', 'reader')).status).toBe(200)
  await until('read only', () => told(false))
  expect((await member(maren, 'DELETE', 'silje')).status).toBe(200)
  await until('the socket to close', () => log.closed.some(({ reason }) => reason === 'accessLost'))
  expect(await casesOf(silje)).not.toContain(JONAS)
  log.close()
})

test('nobody but the coordinator decides, and the coordinator stays', async () => {
  const haakon = await app.signIn('haakon')
  const camilla = await app.signIn('camilla')
  const anders = await app.signIn('anders')
  expect((await member(haakon, 'PUT', 'turid', 'reader')).status).toBe(403)
  expect((await member(camilla, 'DELETE', 'haakon')).status).toBe(403)
  expect((await member(anders, 'PUT', 'anders', 'professional')).status).toBe(404)
  expect((await member(maren, 'DELETE', 'maren')).status).toBe(403)
  expect((await member(maren, 'PUT', 'maren', 'reader')).status).toBe(403)
})

test('a part that is not open to somebody is refused by its field', async () => {
  for (const [person, role, field] of [
    ['camilla', 'professional', 'body.role'],
    ['haakon', 'guardian', 'body.role'],
    ['haakon', 'coordinator', 'body.role'],
    ['nobody-here', 'reader', 'params.person'],
  ] as const) {
    const answer = await member(maren, 'PUT', person, role)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'invalidInput', field } })
  }
})

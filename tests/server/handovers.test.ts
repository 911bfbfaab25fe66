import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Caller, caller } from '../support/api.ts'
import { until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

type Current = {
  handover: { id: string; status: string; to: { person: string } } | null
  receivers: { person: string; service: string; load: number }[]
}

let app: TestApp
let maren: Caller
let silje: Caller
let haakon: Caller
beforeAll(async () => {
  app = await startApp()
  ;[maren, silje, haakon] = await Promise.all([
    caller(app, 'maren'),
    caller(app, 'silje'),
    caller(app, 'haakon'),
  ])
})
afterAll(() => app.stop())

const path = '/cases/logg-a/handover'
const offer = (who: Caller, id: string, to: string, message = '') => who.post(path, { id, to, message })
const decide = (who: Caller, id: string, status: string) => who.put(`${path}/${id}`, { status })
const current = async (who: Caller) => (await who.get<Current>(path)).body

/** Rows of the log that say who holds the baton: there may never be more or fewer than one. */
async function holders() {
  const { rows } = app.storage
  const members = await rows
    .selectFrom('memberships')
    .where('case_id', '=', 'logg-a')
    .where('role', '=', 'coordinator')
    .select('person')
    .execute()
  const { coordinator } = await rows
    .selectFrom('cases')
    .where('id', '=', 'logg-a')
    .select('coordinator')
    .executeTakeFirstOrThrow()
  return { members: members.map(({ person }) => person), coordinator }
}
const held = (person: string) => ({ members: [person], coordinator: person })

test('the holder sees who may receive it, with their load; nobody else does', async () => {
  const { receivers } = await current(maren)
  expect(receivers.map(({ person }) => person)).toContain('silje')
  expect(receivers.map(({ person }) => person)).not.toContain('camilla')
  expect(receivers.map(({ person }) => person)).not.toContain('maren')
  expect(receivers.find(({ person }) => person === 'silje')).toMatchObject({
    service: 'skolehelsetjenesten',
    load: 0,
  })
  expect((await current(silje)).receivers).toEqual([])
})

test('only the holder offers it, and only to a professional in the log', async () => {
  expect((await offer(silje, 'h-0', 'haakon')).status).toBe(403)
  for (const to of ['camilla', 'turid', 'nobody-here', 'maren'])
    expect(await offer(maren, `h-${to}`, to)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalidInput', field: 'body.to' } },
    })
  expect((await current(maren)).handover).toBeNull()
})

test('an offer changes nothing, is one at a time, and can be declined', async () => {
  expect((await offer(maren, 'h-1', 'silje', 'Du ser ham oftest.')).status).toBe(200)
  expect((await offer(maren, 'h-1', 'silje', 'Du ser ham oftest.')).status).toBe(200)
  expect((await offer(maren, 'h-2', 'haakon')).status).toBe(409)
  expect(await holders()).toEqual(held('maren'))
  expect((await decide(haakon, 'h-1', 'accepted')).status).toBe(403)
  expect((await decide(maren, 'h-1', 'accepted')).status).toBe(403)
  expect((await decide(silje, 'h-1', 'withdrawn')).status).toBe(403)
  expect((await decide(silje, 'h-1', 'declined')).status).toBe(200)
  expect(await holders()).toEqual(held('maren'))
  expect((await current(haakon)).handover).toMatchObject({ id: 'h-1', status: 'declined' })
  expect((await decide(silje, 'h-1', 'accepted')).status).toBe(409)
})

test('accepting moves the baton at once, and everybody in the log hears of it', async () => {
  const heard: string[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: await app.signIn('haakon') },
  })
  socket.on('message', (data) => heard.push(String(data)))
  await new Promise((resolve) => socket.once('open', resolve))
  await offer(maren, 'h-3', 'silje')
  expect((await decide(silje, 'h-3', 'accepted')).status).toBe(200)
  expect(await holders()).toEqual(held('silje'))
  await until('the row to change', () => heard.includes('{"type":"case","case":"logg-a"}'))
  socket.close()
  const detail = await maren.get<{ role: string; coordinator: { person: string } }>('/cases/logg-a')
  expect(detail.body).toMatchObject({ role: 'professional', coordinator: { person: 'silje' } })
  expect((await maren.put('/cases/logg-a/members/turid', { role: 'reader' })).status).toBe(403)
  expect((await silje.put('/cases/logg-a/members/turid', { role: 'reader' })).status).toBe(200)
  // Sent again, since the answer was lost on the way: nothing more happens.
  expect((await decide(silje, 'h-3', 'accepted')).status).toBe(200)
  expect(await holders()).toEqual(held('silje'))
})

test('accepted and withdrawn at the same moment: one wins, the other is told, and one person holds it', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { coordinator } = await holders()
    const [giver, taker] = coordinator === 'silje' ? [silje, maren] : [maren, silje]
    const id = `h-race-${round}`
    await offer(giver, id, taker.person)
    const answers = await Promise.all(
      round % 2 === 0
        ? [decide(taker, id, 'accepted'), decide(giver, id, 'withdrawn')]
        : [decide(giver, id, 'withdrawn'), decide(taker, id, 'accepted')],
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { handover } = await current(giver)
    expect(await holders()).toEqual(held(handover?.status === 'accepted' ? taker.person : giver.person))
  }
})

test('somebody who has lost their part meanwhile cannot take it, and nothing is half-done', async () => {
  const { coordinator } = await holders()
  const holder = coordinator === 'silje' ? silje : maren
  await offer(holder, 'h-lost', 'haakon')
  await holder.put('/cases/logg-a/members/haakon', { role: 'reader' })
  expect((await decide(haakon, 'h-lost', 'accepted')).status).toBe(403)
  expect(await holders()).toEqual(held(coordinator))
  expect((await current(holder)).handover).toMatchObject({ id: 'h-lost', status: 'proposed' })
  expect((await decide(holder, 'h-lost', 'withdrawn')).status).toBe(200)
})

test('a stranger learns nothing, and every step stands in the audit', async () => {
  const nora = await caller(app, 'nora')
  expect((await nora.get(path)).status).toBe(404)
  expect((await offer(nora, 'h-9', 'silje')).status).toBe(404)
  expect((await decide(nora, 'h-3', 'accepted')).status).toBe(404)
  const audit = await app.storage.rows
    .selectFrom('audit')
    .where('case_id', '=', 'logg-a')
    .selectAll()
    .execute()
  const steps = audit.map(({ detail }) => detail).filter((detail) => detail.includes('"kind":"handover"'))
  for (const status of ['proposed', 'declined', 'accepted', 'withdrawn'])
    expect(steps.join()).toContain(`"status":"${status}"`)
  expect(steps.join()).not.toContain('oftest')
})

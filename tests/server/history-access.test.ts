import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { historyRoutes } from '../../shared/history-routes.ts'
import { startApp, type TestApp } from '../support/server.ts'

const JONAS = 'logg-a'

let app: TestApp
const cookies: Record<string, string> = {}
beforeAll(async () => {
  app = await startApp()
  for (const person of ['maren', 'silje', 'camilla', 'anders']) cookies[person] = await app.signIn(person)
})
afterAll(() => app.stop())

async function ask(person: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${app.url}/api/cases/${JONAS}/history${path}`, {
    method,
    headers: { cookie: cookies[person] ?? '', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}
const sessions = async (person = 'maren'): Promise<z.infer<typeof historyRoutes.sessions.response>> =>
  historyRoutes.sessions.response.parse((await ask(person, 'GET', '')).body)

describe('names of moments', () => {
  test('are given, changed and taken back by whoever gave them, and seen by all', async () => {
    const { seq } = await sessions()
    expect((await ask('maren', 'POST', '/versions', { id: 'v1', seq, name: 'Før møtet' })).status).toBe(200)
    expect((await ask('maren', 'POST', '/versions', { id: 'v1', seq, name: 'Før møtet' })).status).toBe(200)
    expect((await sessions('camilla')).versions).toMatchObject([
      { id: 'v1', seq, name: 'Før møtet', person: 'maren', personName: 'Maren Solbakken' },
    ])
    expect((await ask('silje', 'PUT', '/versions/v1', { name: 'Mitt' })).status).toBe(403)
    expect((await ask('silje', 'DELETE', '/versions/v1')).status).toBe(403)
    expect((await ask('camilla', 'POST', '/versions', { id: 'v2', seq, name: 'x' })).status).toBe(403)
    expect((await ask('maren', 'PUT', '/versions/v1', { name: 'Etter møtet' })).status).toBe(200)
    expect((await sessions()).versions.map(({ name }) => name)).toEqual(['Etter møtet'])
    expect((await ask('maren', 'DELETE', '/versions/v1')).status).toBe(200)
    expect((await sessions()).versions).toEqual([])
  })
})

describe('who may look', () => {
  test('a guardian reads the history of the log she may read; a stranger learns nothing; every look is on record', async () => {
    const looks = async () => {
      const rows = await app.storage.rows
        .selectFrom('audit')
        .where('person', '=', 'camilla')
        .selectAll()
        .execute()
      return rows.filter(({ action, detail }) => action === 'read' && /history|moment/.test(detail)).length
    }
    const before = await looks()
    expect((await sessions('camilla')).sessions.length).toBeGreaterThan(0)
    expect((await ask('camilla', 'GET', '/moment?seq=5')).status).toBe(200)
    expect((await ask('camilla', 'GET', '/moment?seq=5')).status).toBe(200)
    // The list is asked for again and again while it is open: once is on record. Every moment is.
    expect(await looks()).toBe(before + 2)
    for (const path of ['', '/moment?seq=5']) expect((await ask('anders', 'GET', path)).status).toBe(404)
    expect(
      (await ask('anders', 'POST', '/who', { ranges: [{ client: 1, clock: 1, length: 1 }] })).status,
    ).toBe(404)
  })
})

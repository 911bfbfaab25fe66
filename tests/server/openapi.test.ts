import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthRoutes } from '../../shared/health.ts'
import { peopleRoutes } from '../../shared/people.ts'
import type { Route } from '../../shared/route.ts'
import { startApp, type TestApp } from '../support/server.ts'

const isTable = (value: unknown): value is Record<string, Route> =>
  typeof value === 'object' && value !== null

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

test('openapi.json tells of every contract in shared, and of nothing else', async () => {
  const shared = import.meta.glob<Record<string, unknown>>('../../shared/**/*.ts', { eager: true })
  const declared = Object.values(shared)
    .flatMap((module) => Object.entries(module))
    .filter(([name]) => name.endsWith('Routes'))
    .flatMap(([, table]) => Object.values<Route>({ ...(isTable(table) ? table : {}) }))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const { openapi, paths }: { openapi: string; paths: Record<string, Record<string, unknown>> } = await (
    await fetch(`${app.url}/api/openapi.json`)
  ).json()
  expect(openapi).toBe('3.1.0')
  const told = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(told.sort()).toEqual(declared.sort())
  expect(declared).toContain('POST /api/cases/{id}/lines')
})

test('an operation tells its parameters, its body with what is required, and who may call', async () => {
  const { paths, components } = await (await fetch(`${app.url}/api/openapi.json`)).json()
  expect(paths['/api/cases/{id}'].get).toMatchObject({
    security: [{ session: [] }],
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  })
  expect(paths['/api/search'].get.parameters).toMatchObject([{ name: 'q', in: 'query', required: true }])
  expect(paths['/api/demo/sign-in'].post).toMatchObject({
    security: [],
    requestBody: { content: { 'application/json': { schema: { required: ['person'] } } } },
  })
  expect(components.schemas.Error.properties.error.properties.code.enum).toContain('clientIdTaken')
})

test('the fixed points that other programs rely on', async () => {
  const health: unknown = await (await fetch(`${app.url}${healthRoutes.health.path}`)).json()
  expect(health).toEqual({ status: 'ok', blocksVersion: expect.any(Number) })
  const people: unknown[] = await (await fetch(`${app.url}${peopleRoutes.demoPeople.path}`)).json()
  expect(people[0]).toMatchObject({
    id: expect.any(String),
    name: expect.any(String),
    service: expect.any(String),
  })
})

test('metrics are for this machine alone', async () => {
  const text = await (await fetch(`${app.url}/metrics`)).text()
  expect(text).toMatch(/^# TYPE stafett_updates_stored_total counter$/m)
  expect(text).toMatch(/^stafett_updates_stored_total \d+$/m)
  expect(Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(1e6)
  const proxied = await fetch(`${app.url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } })
  expect(await proxied.text()).not.toContain('stafett_')
})

test('every answer carries the headers that keep a page safe', async () => {
  for (const path of ['/', '/api/health', '/api/nothing']) {
    const { headers } = await fetch(`${app.url}${path}`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
    if (path.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store')
  }
})

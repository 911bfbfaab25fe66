import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { caseRoutes } from '../../shared/cases.ts'
import { collabRoutes } from '../../shared/collab/protocol.ts'
import { ErrorBody } from '../../shared/errors.ts'
import { handoverRoutes } from '../../shared/handovers.ts'
import { healthRoutes } from '../../shared/health.ts'
import { historyRoutes } from '../../shared/history-routes.ts'
import { newsRoutes } from '../../shared/news.ts'
import { peopleRoutes } from '../../shared/people.ts'
import { questionRoutes } from '../../shared/questions.ts'
import type { Route } from '../../shared/route.ts'
import { serviceAccountRoutes } from '../../shared/service-accounts.ts'
import { serviceRoutes } from '../../shared/services.ts'
import { setAsideRoutes } from '../../shared/set-aside.ts'
import { waitingRoutes } from '../../shared/waiting.ts'
import { goodBodies as good } from '../support/good-bodies.ts'
import { startApp, type TestApp } from '../support/server.ts'

const routes: Route[] = [
  caseRoutes,
  collabRoutes,
  handoverRoutes,
  healthRoutes,
  historyRoutes,
  newsRoutes,
  peopleRoutes,
  questionRoutes,
  serviceRoutes,
  serviceAccountRoutes,
  setAsideRoutes,
  waitingRoutes,
].flatMap((table) => Object.values<Route>(table))

let app: TestApp
let cookie = ''
beforeAll(async () => {
  app = await startApp()
  cookie = await app.signIn('maren')
})
afterAll(() => app.stop())

async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${app.url}${path}`, {
    method,
    headers: { cookie, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  expect(text).not.toMatch(/\bat .*\.(?:ts|js|mjs):\d+/)
  const { error } = ErrorBody.parse(JSON.parse(text))
  return { status: answer.status, ...error }
}

const ids: Record<string, string> = {
  id: 'logg-a',
  person: 'silje',
  version: 'version',
  item: 'none',
  question: 'none',
  handover: 'none',
  measure: 'a-tiltak-1',
  line: 'none',
  key: 'question:none',
  account: 'none',
}
const pathOf = (path: string, given: Record<string, string> = {}) =>
  path.replaceAll(/:(\w+)/g, (_all, name: string) => given[name] ?? ids[name] ?? '')

type Json = { type?: string; properties?: Record<string, Json>; required?: string[]; items?: Json }
type Mistake = { what: string; field: string; body: unknown }

/** Every field once wrong, once missing when it is required, and one field too many in every object. */
function mistakes(schema: Json, value: unknown, path: string[], put: (value: unknown) => unknown): Mistake[] {
  const field = ['body', ...path].join('.')
  const wrong = schema.type === 'string' ? 7 : schema.type === 'object' ? 'text' : { not: 'this' }
  const found: Mistake[] = [
    { what: `${field} is of a wrong type`, field, body: put(wrong) },
    { what: `${field} is null`, field, body: put(null) },
  ]
  if (schema.type === 'string')
    found.push({ what: `${field} is too long`, field, body: put('x'.repeat(5000)) })
  if (schema.type === 'object' && typeof value === 'object' && value !== null) {
    found.push({
      what: `${field} has a foreign key`,
      field: `${field}.foreign`,
      body: put({ ...value, foreign: 1 }),
    })
    for (const key of schema.required ?? []) {
      const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
      found.push({ what: `${field}.${key} is missing`, field: `${field}.${key}`, body: put(rest) })
    }
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      const current: unknown = Reflect.get(value, key)
      found.push(...mistakes(child, current, [...path, key], (changed) => put({ ...value, [key]: changed })))
    }
  }
  if (schema.items && Array.isArray(value)) {
    found.push(...mistakes(schema.items, value[0], [...path, '0'], (changed) => put([changed])))
  }
  return found
}

const withBody = routes.filter((route) => !(route.body instanceof z.ZodUndefined))

test('every contract with a body has a good one here', () => {
  expect(withBody.map(({ path }) => path).sort()).toEqual(Object.keys(good).sort())
})

describe.each(withBody.map((route) => ({ method: route.method, path: route.path, route })))(
  '$method $path',
  ({ route }) => {
    const body = good[route.path]
    const schema: Json = JSON.parse(
      JSON.stringify(z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' })),
    )

    test.each(mistakes(schema, body, [], (value) => value))('$what', async ({ field, body: bad }) => {
      const { status, code, field: named } = await send(route.method, pathOf(route.path), JSON.stringify(bad))
      expect({ status, code, field: named }).toEqual({ status: 400, code: 'invalidInput', field })
    })

    test.each([
      ['broken JSON', '{"person": "mar'],
      ['no JSON', 'person=maren'],
      ['nothing', ''],
      ['a poisoned prototype', '{"__proto__": {"person": "maren"}}'],
    ])('%s', async (_what, text) => {
      expect(await send(route.method, pathOf(route.path), text)).toMatchObject({
        status: 400,
        code: 'invalidInput',
      })
    })

    test('a form of another kind', async () => {
      const type = { 'content-type': 'text/plain' }
      expect(await send(route.method, pathOf(route.path), JSON.stringify(body), type)).toMatchObject({
        status: 400,
        field: 'body',
      })
    })

    test('more than 256 kB', async () => {
      const large = JSON.stringify({ ...body, text: 'x'.repeat(300_000) })
      expect(await send(route.method, pathOf(route.path), large)).toMatchObject({
        status: 413,
        code: 'tooLarge',
      })
    })
  },
)

const parameters = routes.flatMap(({ method, path }) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({ method, path, name })),
)

test.each(parameters)('$method $path with an odd $name', async ({ method, path, name }) => {
  const body = method === 'GET' ? undefined : JSON.stringify(good[path] ?? {})
  for (const id of ['%20', 'a%2Fb', 'x'.repeat(65), '%00', "a'--", '%F0%9F%98%80']) {
    const refused = await send(method, pathOf(path, { [name]: id }), body)
    expect(refused).toMatchObject({ status: 400, field: `params.${name}` })
  }
  expect(await send(method, pathOf(path, { [name]: '%E0%A4%A' }), body)).toMatchObject({ status: 400 })
  if (name !== 'id') return
  const query = path.endsWith('/moment') ? '?seq=1' : ''
  expect(await send(method, pathOf(path, { id: 'unknown' }) + query, body)).toMatchObject({
    status: 404,
    code: 'notFound',
  })
})

test.each([
  '/api/search',
  '/api/search?q=',
  '/api/search?q=a',
  `/api/search?q=${'x'.repeat(101)}`,
  '/api/search?q=aa&q=bb',
])('GET %s', async (path) => {
  expect(await send('GET', path)).toMatchObject({ status: 400, field: 'query.q' })
})

test.each(routes.filter(({ access }) => access !== 'public').map(({ method, path }) => ({ method, path })))(
  'nobody signed in: $method $path',
  async ({ method, path }) => {
    const nobody = { cookie: `stafett_session=${'A'.repeat(43)}` }
    // Whatever the input: who is not signed in learns nothing about it.
    const body = method === 'GET' ? undefined : '{"foreign": '
    expect(await send(method, pathOf(path), body, nobody)).toEqual({ status: 401, code: 'notSignedIn' })
    expect(
      await send(method, pathOf(path), body, { cookie: 'stafett_session=../../x; a=b=c' }),
    ).toMatchObject({
      status: 401,
    })
  },
)

test.each([...new Set(routes.map(({ path }) => path))])('wrong method on %s', async (path) => {
  const allowed: string[] = routes.filter((route) => route.path === path).map(({ method }) => method)
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((one) => !allowed.includes(one))) {
    expect(await send(method, pathOf(path))).toMatchObject({ status: 405, code: 'methodNotAllowed' })
  }
})

test('unknown paths of the API', async () => {
  for (const path of ['/api', '/api/', '/api/nothing', '/api/Cases', '/api/cases/logg-a/nothing']) {
    expect(await send('GET', path)).toMatchObject({ status: 404, code: 'notFound' })
  }
})

test('an unknown person cannot sign in', async () => {
  expect(await send('POST', '/api/demo/sign-in', '{"person": "nobody"}')).toMatchObject({ status: 404 })
})

test('a goal that is not there cannot be rated', async () => {
  const body = JSON.stringify({ id: 'no-goal', text: '', goal: { block: 'no-such-goal', score: 0 } })
  expect(await send('POST', '/api/cases/logg-a/lines', body)).toMatchObject({
    status: 404,
    field: 'body.goal.block',
  })
})

test('headers beyond reason and half a request leave the server standing', async () => {
  const huge = await fetch(`${app.url}/api/health`, { headers: { cookie: 'x'.repeat(40_000) } })
  expect(huge.status).toBe(431)
  const half = request(`${app.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-length': '100' },
  })
  half.on('error', () => {})
  half.write('{"per')
  await new Promise((resolve) => setTimeout(resolve, 20))
  half.destroy()
  expect((await fetch(`${app.url}/api/health`)).status).toBe(200)
})

import { join } from 'node:path'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { z } from 'zod'
import { peopleRoutes } from '../../shared/people.ts'
import { hocuspocusLine } from './lines.ts'
import { joinHocuspocus } from './providers.ts'
import { freePort, startServer } from './server-process.ts'
import type { Peer, Running, System } from './system.ts'

const root = join(import.meta.dirname, '..', '..')
type DemoPerson = z.infer<typeof peopleRoutes.demoPeople.response>[number]
const Health = z.object({ blocksVersion: z.number() })

export type RunningStafett = Running & {
  readonly origin: string
  /** The session cookie of the n-th person. */
  readonly cookie: (person: number) => string
  /** The ten who may write in a log. */
  readonly staff: readonly DemoPerson[]
  readonly get: (path: string) => Promise<unknown>
  /** Joins as somebody whom the others see. */
  readonly appear: (log: string, person: number, awareness: Awareness) => Promise<Peer>
}

/** This server, as `npm start` runs it. */
export const stafett = {
  name: 'Stafett',
  note: 'saved = committed on disk, before anybody else sees it',
  holdsLogs: true,
  keepsLogs: true,
  acknowledges: true,
  start: startStafett,
} satisfies System

async function startStafett(data: string): Promise<RunningStafett> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: join(data, 'stafett'), STAFETT_MODE: 'demo' }
  const server = await startServer('server/main.ts', root, env, `${origin}/api/health`)
  const { blocksVersion } = Health.parse(await call(origin, '/api/health'))
  const everybody = peopleRoutes.demoPeople.response.parse(await call(origin, '/api/demo/people'))
  const people = everybody.filter(({ role }) => role === 'staff').slice(0, 10)
  const cookies = await Promise.all(people.map(({ id }) => signIn(origin, id)))
  const cookie = (person: number) => cookies[person % cookies.length] ?? ''

  const socket = `${origin.replace('http', 'ws')}/collab`
  const headers = (person: number) => ({ cookie: cookie(person), origin })
  const ticket = async (log: string, person: number, clientId: number) => {
    const request = { document: log, clientId, blocksVersion }
    const answer = await call(origin, '/api/collab/ticket', request, cookie(person))
    return z.object({ ticket: z.string() }).parse(answer).ticket
  }
  const visit = (log: string, person: number, doc: Y.Doc, awareness: Awareness | null) =>
    joinHocuspocus(socket, log, doc, () => ticket(log, person, doc.clientID), headers(person), awareness)

  return {
    ...server,
    origin,
    cookie,
    staff: people,
    get: (path) => call(origin, path, undefined, cookie(0)),
    createLog: async () => {
      const body = {
        subject: { name: 'Målt Målesen', kind: 'child', about: '' },
        concern: 'Målt.',
        service: people[0]?.service,
        members: people.slice(1).map(({ id }) => id),
      }
      const { id } = z.object({ id: z.string() }).parse(await call(origin, '/api/cases', body, cookie(0)))
      return `case/${id}/shared`
    },
    join: (log, person, doc = new Y.Doc()) => visit(log, person, doc, null),
    line: async (log, person, clientId) =>
      hocuspocusLine(socket, log, await ticket(log, person, clientId), headers(person)),
    appear: (log, person, awareness) => visit(log, person, awareness.doc, awareness),
  }
}

async function signIn(origin: string, person: string) {
  const response = await post(origin, '/api/demo/sign-in', { person })
  await response.arrayBuffer()
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function call(origin: string, path: string, body?: unknown, cookie = ''): Promise<unknown> {
  const response = await (body === undefined
    ? fetch(origin + path, { headers: { cookie } })
    : post(origin, path, body, cookie))
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

function post(origin: string, path: string, body: unknown, cookie = '') {
  const headers = { 'content-type': 'application/json', origin, cookie }
  return fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

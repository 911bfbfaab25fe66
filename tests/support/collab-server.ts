import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Access, createAccess } from '../../server/auth/access.ts'
import type { Session } from '../../server/auth/session.ts'
import { type Collab, createCollab } from '../../server/collab/collab.ts'
import { openDatabase, type Storage } from '../../server/db/open.ts'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { TicketRequest } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { Person } from '../../shared/people.ts'
import type { CaseRole } from '../../shared/roles.ts'
import { databaseUrlFor } from './database.ts'

const person = (id: string, name: string, service: string, role: Person['role'] = 'staff') =>
  Person.parse({ id, name, service, role, title: '' })

/** People of the small municipality that the collaboration tests play in. */
export const people = {
  maren: person('maren', 'Maren', 'skole'),
  sigrid: person('sigrid', 'Sigrid', 'skolehelse'),
  petter: person('petter', 'Petter', 'ppt'),
  mother: person('mother', 'Anne', 'hjem', 'family'),
  stranger: person('stranger', 'Ukjent', 'barnehage'),
} as const

export const jonas = CaseId.parse('jonas')

const roles: [Person, CaseRole][] = [
  [people.maren, 'coordinator'],
  [people.sigrid, 'professional'],
  [people.petter, 'professional'],
  [people.mother, 'guardian'],
]

export type CollabServer = {
  port: number
  dataDir: string
  storage: Storage
  collab: Collab
  access: Access
  /** Cases and writers that the server spoke of. */
  changed: string[]
  wrote: string[]
  now: () => number
  /** Moves the server's clock. */
  wait(ms: number): void
  sessionOf(person: Person): Session
  endSession(person: Person): void
  ticket(person: Person, document: string, clientId: number, blocksVersion?: number): Promise<string>
  stop(): Promise<void>
  /** The same folder and port, as after a restart; `meanwhile` happens to the folder while nobody holds it. */
  restart(meanwhile?: () => void): Promise<CollabServer>
}

type Options = {
  dataDir?: string
  port?: number
  storage?: (storage: Storage) => Storage
  access?: (access: Access) => Access
}

/** The live logs on a real port with a real database, and nothing else of the server. */
export async function startCollab(options: Options = {}): Promise<CollabServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'stafett-collab-'))
  const log = pino({ level: 'silent' })
  let offset = 0
  const now = () => Date.now() + offset
  const opened = await openDatabase({
    dataDir,
    databaseUrl: await databaseUrlFor(dataDir),
    log,
    clock: now,
  })
  const storage = options.storage?.(opened) ?? opened
  await seed(opened)
  const made = createAccess(opened.rows, now)
  const access = options.access?.(made) ?? made
  const changed: string[] = []
  const wrote: string[] = []
  const ends: ((idHash: string) => void)[] = []
  const collab = createCollab({
    storage,
    log,
    access,
    sessions: { onEnd: (listener) => ends.push(listener) },
    events: {
      caseChanged: (id) => changed.push(id),
      writing: (_case, id) => wrote.push(id),
      thread: () => {},
    },
    config: { publicUrl: '' },
    clock: now,
  })
  const server = createServer((_req, res) => res.writeHead(404).end())
  server.on('upgrade', collab.handleUpgrade)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const sessionOf = (of: Person): Session => ({ idHash: `session-${of.id}`, person: of })

  let stopped: Promise<void> | undefined
  async function end() {
    await collab.stop()
    await new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await opened.close()
  }
  const stop = () => {
    stopped ??= end()
    return stopped
  }
  return {
    port,
    dataDir,
    storage,
    collab,
    access,
    changed,
    wrote,
    now,
    wait(ms) {
      offset += ms
    },
    sessionOf,
    endSession(of) {
      for (const listener of ends) listener(sessionOf(of).idHash)
    },
    ticket: (of, document, clientId, blocksVersion = BLOCKS_VERSION) =>
      collab.issueTicket(sessionOf(of), TicketRequest.parse({ document, clientId, blocksVersion })),
    async stop() {
      await stop()
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true })
    },
    async restart(meanwhile) {
      await stop()
      meanwhile?.()
      return startCollab({ ...options, dataDir, port })
    },
  }
}

async function seed({ rows }: Storage) {
  if (await rows.selectFrom('cases').select('id').executeTakeFirst()) return
  await rows.insertInto('people').values(Object.values(people)).execute()
  for (const id of ['jonas', 'sara']) {
    await rows
      .insertInto('cases')
      .values({
        id,
        subject_name: id,
        subject_kind: 'child',
        subject_about: '',
        status: 'active',
        level: 1,
        coordinator: 'maren',
        raised_by: 'skole',
        created_by: 'maren',
        created_at: 0,
        updated_at: 0,
      })
      .execute()
  }
  for (const [{ id, service }, role] of roles) {
    await rows
      .insertInto('memberships')
      .values({ case_id: 'jonas', person: id, service, role, added_at: 0 })
      .execute()
  }
}

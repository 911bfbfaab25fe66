import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Kysely } from 'kysely'
import { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'

/** Somebody signed in. `idHash` names the session; the secret itself is only in the cookie. */
export type Session = { readonly idHash: string; readonly person: Person }

export const SESSION_COOKIE = 'stafett_session'

/** A session lives this long after its last use: a working day with overtime. */
const LIFETIME = 12 * 60 * 60 * 1000
/** Uses closer together than this do not move the end: a read should not cost a write. */
const RENEW_AFTER = 10 * 60 * 1000

export type Sessions = {
  /** A new session; the token is for the cookie and is stored nowhere. */
  open(person: Person): Promise<{ token: string; session: Session }>
  find(token: string): Promise<Session | undefined>
  /** The session of a request's cookie, HTTP or socket upgrade. */
  ofRequest(req: IncomingMessage): Promise<Session | undefined>
  end(idHash: string): Promise<void>
  /** Ends those whose time is over, so that their sockets close as well. */
  endExpired(): Promise<void>
  /** Called after a session has ended, to close its sockets. */
  onEnd(listener: (idHash: string) => void): void
}

/** Server-side sessions: the database holds sha256 of the token, so that its readers cannot sign in. */
export function createSessions(rows: Kysely<Database>, clock: () => number): Sessions {
  const listeners: ((idHash: string) => void)[] = []

  const find: Sessions['find'] = async (token) => {
    const idHash = hash(token)
    const row = await rows
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.person')
      .where('sessions.id_hash', '=', idHash)
      .select([
        'people.id',
        'people.name',
        'people.service',
        'people.role',
        'people.title',
        'sessions.expires_at',
      ])
      .executeTakeFirst()
    const now = clock()
    if (!row || row.expires_at <= now) return undefined
    if (row.expires_at - now < LIFETIME - RENEW_AFTER) {
      const renewed = { expires_at: now + LIFETIME }
      await rows.updateTable('sessions').set(renewed).where('id_hash', '=', idHash).execute()
    }
    return { idHash, person: Person.parse(row) }
  }

  const end: Sessions['end'] = async (idHash) => {
    await rows.deleteFrom('sessions').where('id_hash', '=', idHash).execute()
    for (const listener of listeners) listener(idHash)
  }

  return {
    async open(person) {
      const token = randomBytes(32).toString('base64url')
      const session = { idHash: hash(token), person }
      const now = clock()
      await rows
        .insertInto('sessions')
        .values({ id_hash: session.idHash, person: person.id, created_at: now, expires_at: now + LIFETIME })
        .execute()
      return { token, session }
    },
    find,
    async ofRequest(req) {
      const token = cookieToken(req)
      return token === undefined ? undefined : find(token)
    },
    end,
    async endExpired() {
      const expired = await rows
        .selectFrom('sessions')
        .where('expires_at', '<=', clock())
        .select('id_hash')
        .execute()
      for (const { id_hash } of expired) await end(id_hash)
    },
    onEnd(listener) {
      listeners.push(listener)
    },
  }
}

function cookieToken(req: IncomingMessage): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [name, token] = pair.trim().split('=')
    if (name === SESSION_COOKIE && token !== undefined && /^[\w-]{43}$/.test(token)) return token
  }
  return undefined
}

const hash = (token: string): string => createHash('sha256').update(token).digest('hex')

import { randomBytes } from 'node:crypto'
import { type DocumentName, limits } from '../../shared/collab/protocol.ts'
import type { ClientId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'

/** Leave for one connection to one document, under one Yjs client id. */
export type Ticket = {
  readonly session: string
  readonly person: Person
  readonly document: DocumentName
  readonly clientId: ClientId
  readonly expires: number
}

export type Tickets = {
  issue(ticket: Omit<Ticket, 'expires'>): string
  /** The ticket, once: whoever comes second with it gets nothing. */
  take(token: string): Ticket | undefined
  dropSession(session: string): void
}

/** More than anybody opens at once; the oldest unused ones go first. */
const MOST = 10_000

/** Tickets live in memory: one that a restart forgot is fetched again. */
export function createTickets(clock: () => number): Tickets {
  const tickets = new Map<string, Ticket>()

  return {
    issue(ticket) {
      const now = clock()
      for (const [token, { expires }] of tickets) {
        if (expires > now && tickets.size < MOST) break
        tickets.delete(token)
      }
      const token = randomBytes(24).toString('base64url')
      tickets.set(token, { ...ticket, expires: now + limits.ticket })
      return token
    },
    take(token) {
      const ticket = tickets.get(token)
      tickets.delete(token)
      return ticket && ticket.expires > clock() ? ticket : undefined
    },
    dropSession(session) {
      for (const [token, ticket] of tickets) if (ticket.session === session) tickets.delete(token)
    },
  }
}

import type { Connection } from '@hocuspocus/server'
import type { Seen } from '../../shared/case-log/copies.ts'
import type { DocumentName, ServerMessage } from '../../shared/collab/protocol.ts'
import type { CaseId, ClientId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { DeletedRange } from './scan.ts'
import type { CollabSocket } from './socket.ts'

/** An update, and all that its writer says is deleted, of which it holds what was still there. */
export type Arriving = { update: Uint8Array; named: readonly DeletedRange[] }

/** One person's connection to one log, from its ticket until its socket closes. */
export type Visit = {
  readonly socket: CollabSocket
  readonly session: string
  readonly person: Person
  readonly caseId: CaseId
  readonly document: DocumentName
  readonly clientId: ClientId
  /** The person's right to write now. */
  mayWrite: boolean
  /** The right has changed and is being read again: nothing is let through until it is known. */
  recheck: Promise<void> | undefined
  connection: Connection<CollabContext> | undefined
  /** Ends the turn of the update being handled. */
  endTurn: (() => void) | undefined
  /** Sequence number of the update that is stored and not applied yet; 0 when there is none. */
  storing: number
  /** It showed what the log has lost; it should begin again from the log as it is. */
  afresh: boolean
  /** The update that is stored and about to be applied. */
  arriving: Arriving | undefined
  /** What they know of copies that others took away. */
  readonly seen: Seen
}

/** What Hocuspocus carries along for each connection. */
export type CollabContext = { socket?: CollabSocket; visit?: Visit | undefined }

/** Says something of ours to one visitor. */
export const tell = (visit: Visit, message: ServerMessage): void =>
  visit.connection?.sendStateless(JSON.stringify(message))

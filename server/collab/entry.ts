import type { onAuthenticatePayload } from '@hocuspocus/server'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { Seen } from '../../shared/case-log/copies.ts'
import { type DocumentName, parseDocumentName, type TicketRequest } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import { type CaseRole, can } from '../../shared/roles.ts'
import type { Session } from '../auth/session.ts'
import { faultOf } from '../log.ts'
import { createPersonBuckets } from './budget.ts'
import type { CollabDependencies } from './dependencies.ts'
import type { ServerEdits } from './server-edits.ts'
import type { Tickets } from './tickets.ts'
import type { CollabContext, Visit } from './visit.ts'

export type Entry = {
  issueTicket(session: Session, body: TicketRequest): Promise<string>
  /** Lets a socket in on its ticket; the read is in the audit before anything is served. */
  enter(
    payload: Pick<
      onAuthenticatePayload<CollabContext>,
      'token' | 'documentName' | 'context' | 'connectionConfig'
    >,
  ): Promise<Visit>
}

/** How somebody gets into a log: a ticket over HTTP, then a socket with that ticket. */
export function createEntry(
  deps: CollabDependencies,
  tickets: Tickets,
  edits: Pick<ServerEdits, 'enrol'>,
): Entry {
  const { access, storage, clock } = deps
  const bucketOf = createPersonBuckets()

  async function roleFor(document: DocumentName, person: PersonId): Promise<CaseRole | undefined> {
    const name = parseDocumentName(document)
    const role = name && (await access.roleIn(name.caseId, person))
    // There are no documents for staff alone in this version.
    return name?.audience === 'shared' && role && can(role, 'log.read') ? role : undefined
  }

  /** A client with older blocks would delete what it does not know [BL3]; one with newer would write what we refuse. */
  async function checkVersion(document: DocumentName, version: number) {
    const { blocksVersion } = await edits.enrol(document)
    if (version !== BLOCKS_VERSION || version < blocksVersion)
      throw new AppError('clientOutdated', { reason: `blocks ${Math.max(BLOCKS_VERSION, blocksVersion)}` })
    if (version === blocksVersion) return
    await storage.rows
      .updateTable('documents')
      .set({ blocks_version: version })
      .where('name', '=', document)
      .where('blocks_version', '<', version)
      .execute()
  }

  return {
    async issueTicket({ idHash, person }, { document, clientId, blocksVersion }) {
      // Who is no member learns nothing, not even that there is such a log.
      if (!(await roleFor(document, person.id))) throw new AppError('notFound')
      await checkVersion(document, blocksVersion)
      const claim = { document, clientId, person: person.id, service: person.service, at: clock() }
      if (!(await storage.updates.claim(claim))) throw new AppError('clientIdTaken')
      return tickets.issue({ session: idHash, person, document, clientId })
    },

    async enter({ token, documentName, context: { socket, visit }, connectionConfig }) {
      const ticket = tickets.take(token)
      if (!socket || visit || !ticket || ticket.document !== documentName) throw new AppError('ticketInvalid')
      const { session, person, document, clientId } = ticket
      const role = await roleFor(document, person.id)
      const caseId = parseDocumentName(document)?.caseId
      if (!role || !caseId) throw new AppError('accessLost')
      try {
        const read = { person: person.id, service: person.service, action: 'read', caseId } as const
        await storage.record([{ ...read, detail: { document } }], clock())
      } catch (error) {
        deps.log.error({ document, ...faultOf(error) }, 'a read could not be recorded, so nothing is served')
        throw new AppError('notStored')
      }
      const mayWrite = can(role, 'log.write')
      connectionConfig.readOnly = !mayWrite
      socket.signedIn(bucketOf(person.id))
      const seen = new Seen()
      // A plain client is not asked what it has seen: it is believed to have seen everything.
      if (socket.plain) seen.reach(Number.POSITIVE_INFINITY)
      return {
        socket,
        session,
        person,
        caseId,
        document,
        clientId,
        mayWrite,
        recheck: undefined,
        connection: undefined,
        endTurn: undefined,
        storing: 0,
        afresh: false,
        arriving: undefined,
        seen,
      }
    },
  }
}

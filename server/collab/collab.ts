import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Document, Hocuspocus } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { NewLine } from '../../shared/cases.ts'
import { DocumentName, type TicketRequest } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { BlockId, CaseId, ThreadId } from '../../shared/ids.ts'
import type { Session } from '../auth/session.ts'
import { applyLog } from '../case-log/load-log.ts'
import { documentsOf, project, storeProjection } from '../case-log/projection.ts'
import { type AnchorKeeper, keepAnchors } from '../comments/keep-anchors.ts'
import { faultOf } from '../log.ts'
import { createRecover } from '../set-aside/recover.ts'
import { createSetAside, type SetAside } from '../set-aside/set-aside.ts'
import type { CollabDependencies } from './dependencies.ts'
import { createEntry } from './entry.ts'
import { createGate } from './gate.ts'
import { createHooks } from './hooks.ts'
import { knownContent } from './known-content.ts'
import { addLine, takeBackRating } from './lines.ts'
import { type LiveLog, openLiveLog } from './live-log.ts'
import { logHooks } from './log-hooks.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { createRefused } from './refused.ts'
import { saveLateWriting } from './save-late-writing.ts'
import { createServerEdits, type ServerEdits } from './server-edits.ts'
import { keepSignatures } from './signatures.ts'
import { createTickets } from './tickets.ts'
import { createUpgrades } from './upgrades.ts'
import type { CollabContext } from './visit.ts'
import { createVisits, type Visits } from './visits.ts'

export type Collab = {
  /** A one-use ticket for one document, under a client id that is claimed by it. */
  issueTicket(session: Session, body: TicketRequest): Promise<string>
  /** `/collab` and `/sync/<document>`. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  closeSession(idHash: string): void
  writeAs: ServerEdits['writeAs']
  read: ServerEdits['read']
  inCase: Visits['inCase']
  onArrival: Visits['onArrival']
  /** A log has a new thread: its anchor is kept from now on. */
  keepAnchors(document: DocumentName, thread: ThreadId, quote: string | undefined): void
  setAside: SetAside
  addLine(session: Session, caseId: CaseId, line: NewLine): Promise<void>
  takeBackRating(session: Session, caseId: CaseId, line: BlockId): Promise<void>
  /** Derives the rows of all logs again, or of those that are behind: a server that was killed derives no rows. */
  rebuildProjection(which: 'all' | 'behind', onProgress: (done: number, of: number) => void): Promise<void>
  /** Closes all sockets and resolves when everything that was taken is stored and derived. */
  stop(): Promise<void>
  metrics(): CollabMetrics
}

export type CollabMetrics = {
  documents: number
  sockets: number
  visitors: number
  updatesStored: number
  updatesRefused: number
  storeFailures: number
  updatesWaiting: number
  setAside: number
}

const STOP_WITHIN = 5000

/** The live logs: Hocuspocus with every update through the gate. */
export function createCollab(deps: CollabDependencies): Collab {
  const { storage, log, sessions, config, clock } = deps
  const lives = new WeakMap<Document, LiveLog>()
  const anchorKeepers = new WeakMap<Document, AnchorKeeper>()
  const liveLogOf = (document: Document): LiveLog => {
    const live = lives.get(document)
    if (!live) throw new AppError('internal')
    return live
  }

  // Built now: whoever opens the first log need not wait for it.
  knownContent()
  const rowsInTurn = oneAtATime()
  const tickets = createTickets(clock)
  const gate = createGate(
    deps,
    (live) => visits.tellAllAccess(live),
    (live, visit, payload) => recovery.recover(live, visit, payload),
  )
  const refused = createRefused(deps, () => gate.metrics.refused++)
  const hooks = createHooks(log, refused)
  const hocuspocus = new Hocuspocus<CollabContext>({
    quiet: true,
    debounce: 2000,
    maxDebounce: 10_000,
    // Deadlines and heartbeats are ours.
    timeout: 24 * 60 * 60 * 1000,
    maxPendingDocuments: 1,
    maxUnauthenticatedQueueSize: 2 * 1024 * 1024,
    maxUnauthenticatedQueueMessages: 200,
  })
  const edits = createServerEdits(deps, hocuspocus, gate, liveLogOf)
  const recovery = createRecover(deps, edits, gate.takeIn)
  const entry = createEntry(deps, tickets, edits)
  const visits = createVisits(
    deps,
    (visit) => (visit.connection && lives.get(visit.connection.document)?.stalled) ?? false,
  )
  hocuspocus.configure(
    logHooks({
      hooks,
      gate,
      entry,
      visits,
      liveLogOf,
      sayWriting: ({ caseId, person }) => deps.events.writing(caseId, person.id, person.service),
      isCurrent: (document) => hocuspocus.documents.get(document.name) === document && !document.isDestroyed,
      async open(document, name) {
        const live = await openLiveLog(deps, document, DocumentName.parse(name), rowsInTurn)
        lives.set(document, live)
        saveLateWriting(live, edits, (error) =>
          log.error({ document: name, ...faultOf(error) }, 'late writing was not saved'),
        )
        await keepSignatures({
          log: live,
          rows: storage.rows,
          edits,
          clock,
          onFailure: (error) =>
            log.error({ document: name, ...faultOf(error) }, 'a signature was not put right'),
        })
        const keeper = await keepAnchors({
          log: live,
          rows: storage.rows,
          edits,
          tell: (thread) => deps.events.thread(live.caseId, thread),
          onFailure: (error) =>
            log.error({ document: name, ...faultOf(error) }, 'the anchors of comments were not kept'),
        })
        anchorKeepers.set(document, keeper)
      },
    }),
  )
  const upgrades = createUpgrades(hocuspocus, {
    config,
    visitOf: visits.of,
    async write(visit, updates) {
      const document = visit.connection?.document
      return document ? gate.write(liveLogOf(document), visit, updates) : 0
    },
    onRefused: (error, socket) =>
      hooks.refuse('inbox', { context: { socket, visit: visits.of(socket) } }, error),
  })

  function closeSession(idHash: string) {
    tickets.dropSession(idHash)
    visits.closeSession(idHash)
  }
  sessions.onEnd(closeSession)

  return {
    issueTicket: entry.issueTicket,
    handleUpgrade: upgrades.handle,
    closeSession,
    writeAs: edits.writeAs,
    read: edits.read,
    inCase: visits.inCase,
    onArrival: visits.onArrival,
    keepAnchors(document, thread, quote) {
      const open = hocuspocus.documents.get(document)
      if (open) anchorKeepers.get(open)?.begin(thread, quote)
    },
    setAside: createSetAside(deps, edits),
    addLine: ({ person }, caseId, line) => addLine(deps, edits, person, caseId, line),
    takeBackRating: ({ person }, caseId, line) => takeBackRating(deps, edits, person, caseId, line),

    async rebuildProjection(which, onProgress) {
      const names = await documentsOf(storage.rows, which)
      for (const [index, { name }] of names.entries()) {
        const document = DocumentName.parse(name)
        const doc = new Y.Doc()
        const broken = (seq: number, error: unknown) =>
          log.error({ document, seq, ...faultOf(error) }, 'not applied')
        const { authorship, seq } = applyLog(doc, await storage.updates.load(document), broken)
        await storeProjection(storage, document, project(doc, authorship, seq))
        doc.destroy()
        onProgress(index + 1, names.length)
      }
    },

    async stop() {
      upgrades.closeAll()
      const deadline = Date.now() + STOP_WITHIN
      while (Date.now() < deadline && (hocuspocus.documents.size > 0 || storage.updates.waiting() > 0)) {
        hocuspocus.flushPendingStores()
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      gate.stop()
      for (const document of hocuspocus.documents.values()) await lives.get(document)?.close()
    },

    metrics: () => ({
      documents: hocuspocus.documents.size,
      sockets: upgrades.count(),
      visitors: visits.count(),
      updatesStored: gate.metrics.passed,
      updatesRefused: gate.metrics.refused,
      storeFailures: gate.metrics.stalls,
      updatesWaiting: storage.updates.waiting(),
      setAside: recovery.count(),
    }),
  }
}

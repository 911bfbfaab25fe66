import type { Document } from '@hocuspocus/server'
import * as Y from 'yjs'
import { type DocumentName, limits, parseDocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import { Bylines } from '../case-log/bylines.ts'
import { applyLog } from '../case-log/load-log.ts'
import { type ProjectedRows, project, storeProjection } from '../case-log/projection.ts'
import { faultOf } from '../log.ts'
import { createDebounce } from './debounce.ts'
import type { CollabDependencies } from './dependencies.ts'
import type { InTurn } from './one-at-a-time.ts'

/** Updates since the checkpoint that make a new one worth its while. */
const COMPACT_AFTER_UPDATES = 500
const COMPACT_AFTER_BYTES = 1024 * 1024
const WORTH_IT = 50

/** What the server keeps of an open log beside its document. */
export type LiveLog = Awaited<ReturnType<typeof openLiveLog>>

/**
 * Loads a log into an empty document, and keeps bylines, rows and checkpoint behind it up to date. All open logs share
 * the turns in which rows are derived.
 */
export async function openLiveLog(
  deps: CollabDependencies,
  document: Document,
  name: DocumentName,
  rowsInTurn: InTurn,
) {
  const caseId = caseOf(name)
  const loaded = applyLog(document, await deps.storage.updates.load(name), (seq, error) =>
    deps.log.error({ document: name, seq, ...faultOf(error) }, 'an update could not be applied'),
  )
  const { authorship } = loaded
  const bylines = new Bylines(document, authorship)
  /** Bylines are looked up when the first who came has the text: nobody reads who wrote a line before the line. */
  let told = false
  let { seq, tail, bytes } = loaded
  /** Stored, and about to be applied: a checkpoint may not claim to hold them. */
  const unapplied = new Set<number>()
  let projectedSeq = -1
  /** The rows as they were last derived. */
  let stored: ProjectedRows | undefined
  let storing: Promise<void> = Promise.resolve()
  const closing: (() => Promise<void>)[] = []

  const appliedUpTo = () => Math.min(seq, ...[...unapplied].map((next) => next - 1))
  const tellBylines = createDebounce(250, 250, tellBylinesNow)
  function tellBylinesNow() {
    tellBylines.cancel()
    if (!told) return
    try {
      const change = bylines.changes()
      if (change.bylines.length === 0 && change.gone.length === 0) return
      document.broadcastStateless(JSON.stringify({ type: 'bylines', all: false, ...change }))
    } catch (error) {
      deps.log.error({ document: name, ...faultOf(error) }, 'bylines could not be told')
    }
  }
  let waitsForTurn = false
  const projectSoon = createDebounce(400, 1500, () => {
    if (waitsForTurn) return
    waitsForTurn = true
    void rowsInTurn(() => {
      waitsForTurn = false
      return projectNow()
    })
  })

  /** One after the other, so that older rows never come last. */
  function projectNow(): Promise<void> {
    projectSoon.cancel()
    storing = storing.then(async () => {
      const at = appliedUpTo()
      if (projectedSeq === at) return
      try {
        // What a fault left behind is not known: then all of it is written.
        const before = stored
        stored = undefined
        stored = await storeProjection(deps.storage, name, project(document, authorship, at), before)
        projectedSeq = at
        deps.events.caseChanged(caseId)
      } catch (error) {
        // Rows are derived: the next change, or a restart, makes them again.
        deps.log.error({ document: name, ...faultOf(error) }, 'rows could not be derived')
      }
    })
    return storing
  }

  document.on('afterTransaction', (transaction: Y.Transaction) => {
    if (transaction.changed.size === 0 && transaction.deleteSet.clients.size === 0) return
    if (bylines.touch(transaction)) tellBylines()
    projectSoon()
  })

  return {
    name,
    caseId,
    document,
    authorship,
    projectNow,
    /** Every byline, for somebody who comes. */
    allBylines() {
      if (told) tellBylinesNow()
      else bylines.changes()
      told = true
      return bylines.all()
    },
    /** Turns of the updates being handled, by client id: a client that came back waits for its former self. */
    turns: new Map<number, Promise<void>>(),
    /** The log cannot be written at the moment. */
    stalled: false,
    /** The newest removal of a copy that everybody here has been told of. */
    taken: 0,

    /** The newest update with all before it applied. */
    seq: appliedUpTo,

    /** Bytes of the log as stored. */
    size: () => bytes,

    /** Refuses what would make the log larger than anybody can open. */
    makeRoom(size: number) {
      if (bytes + size > limits.document) throw new AppError('documentFull')
    },

    appended(at: number, size: number) {
      seq = Math.max(seq, at)
      tail++
      bytes += size
      unapplied.add(at)
    },
    applied: (at: number) => unapplied.delete(at),

    /** Puts a checkpoint when the tail has grown long; `leaving`, also when it is only worth it. */
    async compact(leaving: boolean) {
      const due =
        tail >= COMPACT_AFTER_UPDATES || (tail >= WORTH_IT && (leaving || bytes >= COMPACT_AFTER_BYTES))
      if (!due) return
      const at = appliedUpTo()
      const before = tail
      const data = Y.encodeStateAsUpdate(document)
      await deps.storage.updates.putCheckpoint(name, {
        seq: at,
        at: deps.clock(),
        data,
        authorship: authorship.encode(),
      })
      tail -= before
      bytes = data.length
    },

    /** Has something done before the log is let go. */
    onClose(work: () => Promise<void>) {
      closing.push(work)
    },

    async close() {
      tellBylines.cancel()
      for (const work of closing) await work()
      await projectNow()
    },
  }
}

function caseOf(name: DocumentName): CaseId {
  const parsed = parseDocumentName(name)
  if (!parsed) throw new AppError('notFound')
  return parsed.caseId
}

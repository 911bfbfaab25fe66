import { setTimeout as pause } from 'node:timers/promises'
import type { beforeSyncPayload, ConnectionTransactionOrigin } from '@hocuspocus/server'
import * as Y from 'yjs'
import { limits } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { carriedRuns } from '../case-log/carried.ts'
import { writeCarried } from '../case-log/load-log.ts'
import { isAnchor } from '../case-log/only-anchors.ts'
import type { UpdateEntry } from '../db/update-store.ts'
import { faultOf } from '../log.ts'
import type { Recover } from '../set-aside/recover.ts'
import type { Sorted } from '../set-aside/sort.ts'
import { type Checked, checkUpdate } from './check-update.ts'
import type { CollabDependencies } from './dependencies.ts'
import { nextUpdate } from './key-presses.ts'
import type { LiveLog } from './live-log.ts'
import { checkStateVector, scanUpdate } from './scan.ts'
import type { CollabContext, Visit } from './visit.ts'

const SYNC_STEP_1 = 0
const SYNC_STEP_2 = 1
const FIRST_RETRY = 100
const LAST_RETRY = 2000

export type Gate = {
  /** Lets a sync message through when everything new in it is allowed and on disk. */
  pass(
    log: LiveLog,
    visit: Visit,
    message: Pick<beforeSyncPayload<CollabContext>, 'type' | 'payload'>,
  ): Promise<void>
  /**
   * Checks, stores and applies the first of the updates that wait on a connection, and with it those key presses that
   * can go into the same commit. Resolves with how many that were; 0 when the first is for `pass` to judge.
   */
  write(log: LiveLog, visit: Visit, waiting: readonly Uint8Array[]): Promise<number>
  /** Puts an update into the log and waits, however long, until it is on disk. 0: its line was there already. */
  store(log: LiveLog, entry: UpdateEntry): Promise<number>
  /** Takes what a client brings back to a log that lost it: stored, applied and sent, all of it as this visitor's. */
  takeIn(log: LiveLog, visit: Visit, taken: NonNullable<Sorted['taken']>): Promise<void>
  /** Lets waiting updates fail instead of trying on. */
  stop(): void
  metrics: { passed: number; refused: number; stalls: number }
}

/** The one way into a log: checked, then on disk, and only then applied, sent and acknowledged by Hocuspocus. */
export function createGate(
  deps: CollabDependencies,
  onStall: (log: LiveLog) => void,
  recover: Recover['recover'],
): Gate {
  const metrics = { passed: 0, refused: 0, stalls: 0 }
  let stopping = false

  async function store(log: LiveLog, entry: UpdateEntry): Promise<number> {
    for (let wait = FIRST_RETRY; ; wait = Math.min(wait * 2, LAST_RETRY)) {
      const seq = await append(log, entry)
      if (seq !== undefined) {
        if (seq > 0) {
          log.appended(seq, entry.data.length)
          metrics.passed++
        }
        setStalled(log, false)
        return seq
      }
      metrics.stalls++
      setStalled(log, true)
      if (stopping) throw new AppError('notStored')
      await pause(wait)
    }
  }

  async function append(log: LiveLog, entry: UpdateEntry): Promise<number | undefined> {
    try {
      return await deps.storage.updates.append(entry)
    } catch (error) {
      deps.log.error({ document: log.name, ...faultOf(error) }, 'an update could not be stored; trying on')
      return undefined
    }
  }

  function setStalled(log: LiveLog, stalled: boolean) {
    if (log.stalled === stalled) return
    log.stalled = stalled
    onStall(log)
  }

  /** What is stored must be applied: nothing may fail between the two. */
  function sayWriting(log: LiveLog, { person }: Visit) {
    try {
      deps.events.writing(log.caseId, person.id, person.service)
    } catch (error) {
      deps.log.error({ document: log.name, ...faultOf(error) }, 'nobody was told of the writing')
    }
  }

  async function takeTurn(log: LiveLog, visit: Visit) {
    // A connection's messages are handled one by one: what is left of the last one's turn was never ended.
    visit.endTurn?.()
    // A client that lost its line and came back may send again what its former connection is still storing.
    for (let other = log.turns.get(visit.clientId); other; other = log.turns.get(visit.clientId)) await other
    const { promise, resolve } = Promise.withResolvers<void>()
    log.turns.set(visit.clientId, promise)
    visit.endTurn = () => {
      visit.endTurn = undefined
      log.turns.delete(visit.clientId)
      if (visit.storing) log.applied(visit.storing)
      visit.storing = 0
      resolve()
    }
  }

  /** Undefined when the update brings nothing new, or when all of it has been dealt with. */
  async function check(log: LiveLog, visit: Visit, type: number, payload: Uint8Array) {
    try {
      return checkUpdate(log.document, visit.clientId, payload)
    } catch (error) {
      // Only the answer to the first sync may bring back what a log has lost.
      const ahead =
        error instanceof AppError && (error.code === 'updateForged' || error.code === 'updateIncomplete')
      if (!ahead || !(type === SYNC_STEP_2 || visit.afresh)) throw error
      if (!(await recover(log, visit, payload))) throw error
      return undefined
    }
  }

  /** The first of the updates that wait, alone if it does not stand together with what follows; undefined if it does not. */
  function standing(log: LiveLog, visit: Visit, waiting: readonly Uint8Array[]) {
    const stands = (some: readonly Uint8Array[]) => {
      try {
        const { update, scanned, taken } = nextUpdate(some)
        const checked = checkUpdate(log.document, visit.clientId, update, scanned)
        if (checked) log.makeRoom(checked.data.length)
        return checked && { checked, taken }
      } catch (error) {
        if (error instanceof AppError) return undefined
        throw error
      }
    }
    return stands(waiting) ?? (waiting.length > 1 ? stands(waiting.slice(0, 1)) : undefined)
  }

  /** Stores what has been checked, as the visitor's. It must be applied next. */
  async function admit(log: LiveLog, visit: Visit, { data, from, to, written, deletes, named }: Checked) {
    const carried = carriedRuns(log.document, log.authorship, written, deletes)
    const { id: person, service } = visit.person
    const at = deps.clock()
    const entry = { document: log.name, author: person, service, at, data }
    const text = writeCarried(carried)
    visit.storing = await store(log, text === undefined ? entry : { ...entry, carried: text })
    const isLine = !written.every(isAnchor)
    log.authorship.add(visit.clientId, from, to, { person, service }, at, carried, isLine)
    visit.arriving = { update: data, named }
    sayWriting(log, visit)
  }

  /** What is stored is in the document when this returns, whatever those who listen to it do. */
  function apply(log: LiveLog, data: Uint8Array, origin: ConnectionTransactionOrigin) {
    try {
      Y.applyUpdate(log.document, data, origin)
    } catch (error) {
      deps.log.error({ document: log.name, ...faultOf(error) }, 'a listener failed')
    }
  }

  return {
    metrics,
    store,
    stop() {
      stopping = true
    },
    async pass(log, visit, { type, payload }) {
      if (type === SYNC_STEP_1) {
        // The answer may be the whole log.
        visit.socket.charge(log.size())
        checkStateVector(payload)
        return
      }
      if (payload.length > limits.frame) throw new AppError('tooLarge')
      if (!visit.mayWrite) {
        // Hocuspocus will not apply it, but it will read it.
        scanUpdate(payload)
        return
      }
      await takeTurn(log, visit)
      const checked = await check(log, visit, type, payload)
      if (!checked) return
      log.makeRoom(checked.data.length)
      await admit(log, visit, checked)
    },

    async write(log, visit, waiting) {
      await takeTurn(log, visit)
      try {
        const next = standing(log, visit, waiting)
        const { connection } = visit
        if (!next || !connection) return 0
        await admit(log, visit, next.checked)
        apply(log, next.checked.data, { source: 'connection', connection })
        return next.taken
      } finally {
        visit.endTurn?.()
      }
    },

    async takeIn(log, visit, { data, ranges, written, deletes }) {
      log.makeRoom(data.length)
      const alone = ranges.every(({ client }) => client === visit.clientId)
      const carried = alone ? carriedRuns(log.document, log.authorship, written, deletes) : []
      const text = writeCarried(carried)
      const { id: person, service } = visit.person
      const at = deps.clock()
      const entry = { document: log.name, author: person, service, at, data }
      const seq = await store(log, text === undefined ? entry : { ...entry, carried: text })
      for (const { client, from, to } of ranges)
        log.authorship.add(client, from, to, { person, service }, at, carried)
      Y.applyUpdate(log.document, data, { source: 'local', context: { visit } })
      log.applied(seq)
    },
  }
}

import type * as Y from 'yjs'
import { LateWriting, type Repair } from '../../shared/case-log/late-writing.ts'
import type { ServerMessage } from '../../shared/collab/protocol.ts'
import type { Authorship, CarriedRun } from '../case-log/authorship.ts'
import type { LiveLog } from './live-log.ts'
import type { ServerEdits } from './server-edits.ts'
import type { CollabContext, Visit } from './visit.ts'

type Origin = { connection?: { context?: CollabContext } } | null | undefined

/**
 * Watches what arrives in an open log, and writes again what a colleague wrote in a block that was being moved,
 * joined or removed [BL1.4]. The person whose update met the other's makes the edit; the text stays its writer's.
 */
export function saveLateWriting(log: LiveLog, edits: ServerEdits, onFailure: (error: unknown) => void): void {
  const late = new LateWriting(log.document)
  const running = new Map<Y.Transaction, { visit: Visit; afterwards: () => Repair | undefined }>()

  let repairing = 0
  /** Only when all of it has gone out, so that whoever answers has seen it. */
  function tellTaken() {
    if (repairing > 0 || late.mark === log.taken) return
    log.taken = late.mark
    log.document.flush()
    const message: ServerMessage = { type: 'taken', mark: log.taken }
    log.document.broadcastStateless(JSON.stringify(message))
  }

  log.document.on('beforeTransaction', (transaction: Y.Transaction) => {
    const origin: Origin = transaction.origin
    const visit = origin?.connection?.context?.visit
    if (!visit?.arriving) return
    const { update, named } = visit.arriving
    visit.arriving = undefined
    running.set(transaction, { visit, afterwards: late.watch(update, named, visit.seen) })
  })

  log.document.on('afterTransaction', (transaction: Y.Transaction) => {
    const watched = running.get(transaction)
    if (!watched) return
    running.delete(transaction)
    const repair = watched.afterwards()
    if (!repair) return
    let written: ReturnType<Repair> = []
    const { person } = watched.visit
    const carried = (authorship: Authorship): CarriedRun[] => runsOf(written, authorship)
    repairing += 1
    edits
      .writeAs({ document: log.name, person, carried }, (doc) => {
        written = repair(doc)
      })
      .catch(onFailure)
      .finally(() => {
        repairing -= 1
        tellTaken()
      })
  })

  log.document.on('afterAllTransactions', tellTaken)
}

/** Who wrote the characters that were written again, at their new clocks. */
function runsOf(written: ReturnType<Repair>, authorship: Authorship): CarriedRun[] {
  const runs: CarriedRun[] = []
  for (const { clock, ids } of written) {
    for (const [offset, { client, clock: old }] of ids.entries()) {
      authorship.each(client, old, 1, (_length, { person, service }, at) => {
        const last = runs.at(-1)
        const [start, length, by, service_, then, client_, from] = last ?? []
        const next = clock + offset
        if (
          start !== undefined &&
          length !== undefined &&
          start + length === next &&
          by === person &&
          service_ === service &&
          then === at &&
          client_ === client &&
          from !== undefined &&
          from + length === old
        )
          runs[runs.length - 1] = [start, length + 1, person, service, at, client, from]
        else runs.push([next, 1, person, service, at, client, old])
      })
    }
  }
  return runs.sort((one, other) => one[0] - other[0])
}

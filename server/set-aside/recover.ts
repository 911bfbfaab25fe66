import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import type { Writer } from '../case-log/authorship.ts'
import type { CollabDependencies } from '../collab/dependencies.ts'
import { disarm } from '../collab/frames.ts'
import type { LiveLog } from '../collab/live-log.ts'
import { scanUpdate } from '../collab/scan.ts'
import type { ServerEdits } from '../collab/server-edits.ts'
import { tell, type Visit } from '../collab/visit.ts'
import { excerptOf, type ItemId, type Piece, piecesIn } from './pieces.ts'
import { putBack } from './put-back.ts'
import { coverage, hashOf, keep, settle, writersOf } from './rows.ts'
import { signedOnlyBy } from './signed.ts'
import { type Range, type Sorted, sortUpdate } from './sort.ts'

export type Recover = {
  /**
   * Deals with an update that holds what the log has lost (after a restore): the writer's own goes in, the rest is
   * set aside. False when the update is not of that kind; nothing was done then. Afterwards the client is told to
   * start afresh from the log as it is.
   */
  recover(log: LiveLog, visit: Visit, payload: Uint8Array): Promise<boolean>
  /** Things set aside since the server started. */
  count(): number
}

type TakeIn = (log: LiveLog, visit: Visit, taken: NonNullable<Sorted['taken']>) => Promise<void>

const OWN = 'own'
const UNKNOWN = 'unknown'

/** What happens when a client knows more than the server does. */
export function createRecover(
  deps: CollabDependencies,
  edits: Pick<ServerEdits, 'writeAs'>,
  takeIn: TakeIn,
): Recover {
  const { rows } = deps.storage
  /** What each visitor showed beyond the log, so that what follows can be understood. */
  const scratches = new WeakMap<Visit, Y.Doc>()
  let count = 0

  return {
    count: () => count,
    async recover(log, visit, payload) {
      const scanned = scanUpdate(payload)
      const { document } = log
      const ahead = scanned.sections.filter(({ client, end }) => end > Y.getState(document.store, client))
      const writers = await writersOf(
        rows,
        log.name,
        ahead.map(({ client }) => client),
      )
      const own = new Set([visit.clientId, ...[...writers].flatMap(ownedBy(visit))])
      const sorted = sortUpdate(document, own, payload, scanned)
      const foreign = ahead.some(({ client }) => !own.has(client))
      if (ahead.length === 0 || (sorted.lost.length > 0 && !foreign && !visit.afresh)) return false
      const { taken } = sorted
      if (sorted.lost.length === 0) {
        if (taken) await takeIn(log, visit, taken)
        disarm(payload)
        return true
      }
      const covered = await coverage(rows, log.name)
      const scratch = scratchOf(log, visit, payload)
      const lost = sorted.lost.flatMap((range) => uncovered(scratch, range, covered, own, visit))
      const keyOf = (client: number) => {
        if (own.has(client)) return OWN
        const writer = writers.get(client)
        return writer ? `${writer.person} ${writer.service}` : UNKNOWN
      }
      const ownerOf = ({ client, clock }: ItemId): string | undefined => {
        // What is known already, or dealt with already, is nobody's to bring.
        const isLost = lost.some(
          (range) => range.client === client && range.from <= clock && clock < range.to,
        )
        return isLost ? keyOf(client) : undefined
      }
      const pieces = piecesIn(scratch, ownerOf)
      const data = Uint8Array.from(payload)
      if (taken) await takeIn(log, visit, taken)
      if (pieces.size > 0) await setAside(log, visit, { data, scratch, pieces, lost, keyOf, writers })
      // Hocuspocus applies and acknowledges what it has in hand: nothing is left in it to apply.
      disarm(payload)
      visit.afresh = true
      tell(visit, { type: 'afresh' })
      if (visit.socket.plain) visit.socket.refuse('startAfresh')
      return true
    },
  }

  type Found = {
    data: Uint8Array
    scratch: Y.Doc
    pieces: Map<string, Piece[]>
    lost: Range[]
    keyOf: (client: number) => string
    writers: Map<number, Writer>
  }

  async function setAside(
    log: LiveLog,
    visit: Visit,
    { data, scratch, pieces, lost, keyOf, writers }: Found,
  ) {
    const { id: person, service } = visit.person
    const found = [...pieces].map(([key, mine]) => {
      const ranges = lost.filter(({ client }) => keyOf(client) === key)
      const client = ranges[0]?.client
      const writer =
        key === OWN ? { person, service } : client === undefined ? undefined : writers.get(client)
      return {
        writer,
        ranges: ranges.map((range) => ({ ...range, hash: hashOf(scratch, range) })),
        pieces: signedOnlyBy(mine, writer?.person),
      }
    })
    const at = deps.clock()
    const batch = { document: log.name, caseId: log.caseId, person: visit.person, at, data }
    const ids = await keep(rows, batch, found)
    count += ids.length
    deps.log.warn(
      { document: log.name, person, setAside: ids.length, bytes: data.length },
      'a client had what the log has lost; it is set aside',
    )
    for (const [index, key] of [...pieces.keys()].entries()) {
      const id = ids[index]
      const mine = found[index]?.pieces
      if (key !== OWN || !id || !mine || excerptOf(mine) === '') continue
      // The person's own words, built on what is missing: written again as theirs, from themselves.
      await edits.writeAs({ document: log.name, person: visit.person, line: id }, (doc) => putBack(doc, mine))
      await settle(rows, { id, status: 'recovered', by: visit.person, caseId: log.caseId, at })
    }
    deps.events.caseChanged(log.caseId)
  }

  function scratchOf(log: LiveLog, visit: Visit, payload: Uint8Array): Y.Doc {
    const scratch = scratches.get(visit) ?? new Y.Doc()
    Y.applyUpdate(scratch, Y.encodeStateAsUpdate(log.document))
    Y.applyUpdate(scratch, payload)
    if (scratch.store.pendingStructs !== null)
      throw new AppError('updateIncomplete', { reason: 'builds on what is not there' })
    scratches.set(visit, scratch)
    return scratch
  }
}

const ownedBy =
  (visit: Visit) =>
  ([client, { person }]: [number, Writer]): number[] =>
    person === visit.person.id ? [client] : []

/** What of a range has not been dealt with yet. Own words are recognised by their clocks, others' by what they say. */
function uncovered(
  scratch: Y.Doc,
  range: Range,
  covered: Awaited<ReturnType<typeof coverage>>,
  own: ReadonlySet<number>,
  visit: Visit,
): Range[] {
  let left = [range]
  for (const known of covered) {
    if (known.client !== range.client) continue
    const same = own.has(known.client)
      ? known.person === visit.person.id
      : hashOf(scratch, known) === known.hash
    if (!same) continue
    left = left.flatMap(({ client, from, to }) =>
      [
        { client, from, to: Math.min(to, known.from) },
        { client, from: Math.max(from, known.to), to },
      ].filter((part) => part.to > part.from),
    )
  }
  return left
}

import * as Y from 'yjs'
import type { PersonId, ServiceId } from '../../shared/ids.ts'
import { NEVER, type Timeline } from '../history/timeline.ts'
import { Lives } from './lives.ts'
import { Moved, type Touched } from './moved.ts'

/** Who did something, in which update, when. */
export type Deed = {
  readonly seq: number
  readonly person: PersonId
  readonly service: ServiceId
  readonly at: number
}

/** Neighbouring clocks that came and went together. */
export type Written = {
  readonly clock: number
  readonly length: number
  /** By whom; `seq` is the update that brought it here, and moving text does not make it one's own. */
  readonly wrote: Deed
  readonly took: Deed | undefined
  /** Where the same text stood before it was moved, or brought back, to here. */
  readonly from: Y.ID | undefined
  /** It was moved on, or brought back elsewhere: it is not lost. */
  readonly moved: boolean
}

/** The timeline of a log as a reader of news asks of it: who brought what, who took it, and where it went. */
export class Past {
  readonly #timeline: Timeline
  readonly #lives: Lives
  readonly #moved: Moved
  #touched: Touched[] = []
  /** Something has moved since this was last asked. */
  #movedAny = false

  constructor(timeline: Timeline) {
    this.#timeline = timeline
    this.#lives = new Lives(timeline)
    this.#moved = new Moved(timeline, this.#lives)
    const note = (client: number, clock: number, length: number, came: boolean): void => {
      if (length > 0) this.#touched.push({ client, clock, length, came })
    }
    for (const [client, structs] of timeline.doc.store.clients) {
      note(client, 0, Y.getState(timeline.doc.store, client), true)
      for (const { id, length, deleted } of structs) if (deleted) note(client, id.clock, length, false)
    }
    // Only noted here: the timeline tells what it knows of them once it has taken in all of its updates.
    timeline.doc.on('afterTransaction', ({ beforeState, afterState, deleteSet }: Y.Transaction) => {
      for (const [client, end] of afterState) {
        const clock = beforeState.get(client) ?? 0
        note(client, clock, end - clock, true)
      }
      for (const [client, ranges] of deleteSet.clients)
        for (const { clock, len } of ranges) note(client, clock, len, false)
    })
  }

  get doc(): Y.Doc {
    return this.#timeline.doc
  }

  /** Everything up to this sequence number is in here. */
  get seq(): number {
    return this.#timeline.seq
  }

  /** The newest update at a time. */
  seqAt(time: number): number {
    const { ats, seqs } = this.#timeline
    return seqs[ats.findLastIndex((at) => at <= time)] ?? 0
  }

  /** What came and went since this was last asked. */
  takeTouched(): Touched[] {
    const touched = this.#touched
    this.#touched = []
    if (this.#moved.take(touched)) this.#movedAny = true
    return touched
  }

  /** Whether text has moved from block to block since this was last asked. */
  takeMoved(): boolean {
    const moved = this.#movedAny
    this.#movedAny = false
    return moved
  }

  /** Calls `tell` for each part of a range of clocks that has one past. */
  each(client: number, clock: number, length: number, tell: (run: Written) => void): void {
    this.#lives.each(client, clock, length, (from, to, born, died) => {
      for (let at = from; at < to; ) {
        const arrival = this.#arrivalAt(client, at, born)
        const upto = Math.min(to, arrival.end)
        const told = this.#deed(born)
        const wrote = arrival.author ? { ...told, ...arrival.author } : told
        this.#moved.each(client, at, upto, (clock, end, moved) => {
          const source = arrival.source
          tell({
            clock,
            length: end - clock,
            wrote,
            took: died === NEVER ? undefined : this.#deed(died),
            from: source && Y.createID(source.client, source.clock + clock - at),
            moved,
          })
        })
        at = upto
      }
    })
  }

  /** Where the text at a clock came from, and up to where that holds. */
  #arrivalAt(client: number, clock: number, born: number) {
    const list = this.#timeline.carriedIn(client)
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.end ?? 0) > clock) high = middle
      else low = middle + 1
    }
    const found = list[low]
    const atom = this.#moved.atomAt(client, clock)
    if (atom) return { source: atom, author: undefined, end: clock + 1 }
    if (!found || found.clock > clock)
      return { source: undefined, author: undefined, end: found?.clock ?? Number.POSITIVE_INFINITY }
    const writer = this.#timeline.writers[found.from.writer]
    const author = writer && { ...writer, at: found.from.at }
    const source = Y.createID(found.from.client, found.from.clock + clock - found.clock)
    // A copy of text that stands is another text.
    const gone = this.#lives.diedAt(source) <= born
    return { source: gone ? source : undefined, author, end: found.end }
  }

  #deed(turn: number): Deed {
    const { seqs, ats, by, writers } = this.#timeline
    const writer = writers[by[turn] ?? -1]
    if (!writer) throw new Error(`no turn ${turn} in this log`)
    return { seq: seqs[turn] ?? 0, ...writer, at: ats[turn] ?? 0 }
  }
}

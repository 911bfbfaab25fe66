import * as Y from 'yjs'
import { LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'
import type { CarriedRun, Writer } from '../case-log/authorship.ts'
import { skimUpdate } from '../case-log/skim-update.ts'
import { UpdateBatch } from '../case-log/update-batch.ts'
import type { PackedUpdates } from '../db/thread-messages.ts'
import { Ranges } from './ranges.ts'

/** The turn of what has not happened. Turns count a log's updates from 1; turn 0 is before the first. */
export const NEVER = 0x7fff_ffff

/** Text that an update moved, copied or brought back: whose it is, and the characters it was made of. */
export type Carried = { writer: number; at: number; client: number; clock: number }

/**
 * A whole log with nothing forgotten: one document that keeps what is deleted, and for every character in which turn
 * it came and went. Grows with the log.
 */
export class Timeline {
  readonly doc = new Y.Doc({ gc: false })
  readonly writers: Writer[] = []
  /** Sequence number, time and writer of each turn; turn 0 is nobody's. */
  readonly seqs: number[] = [0]
  readonly ats: number[] = [0]
  readonly by: number[] = [-1]
  /** Updates that could not be applied. The gate lets none in; one that is there must not shut the history. */
  broken = 0
  /** Turns that only marked what a comment speaks of: nobody's work on the log. */
  readonly anchors = new Set<number>()
  readonly #born = new Map<number, Ranges>()
  readonly #died = new Map<number, Ranges>()
  readonly #carried = new Map<number, { clock: number; end: number; from: Carried }[]>()
  readonly #numbers = new Map<string, number>()

  constructor() {
    // Named before anything is in it: else the elements at its top would not know what they stand in.
    this.doc.getXmlFragment(LOG_FRAGMENT)
  }

  /** The number of updates. */
  get turns(): number {
    return this.seqs.length - 1
  }

  /** The newest update. */
  get seq(): number {
    return this.seqs[this.turns] ?? 0
  }

  /** The turn that a sequence number stands for: of the newest update up to it. */
  turnOf(seq: number): number {
    let low = 0
    let high = this.turns
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.seqs[middle] ?? 0) <= seq) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Adds the updates that follow. */
  add({ seqs, ats, writer, ends, bytes, writers, carried }: PackedUpdates) {
    const numbers = writers.map(({ author, service }) => this.#numberOf(author, service))
    const carriedAt = new Map(carried)
    const batch = new UpdateBatch()
    let start = 0
    for (let index = 0; index < seqs.length; index++) {
      const update = bytes.subarray(start, ends[index])
      start = ends[index] ?? start
      const turn = this.seqs.push(seqs[index] ?? 0) - 1
      this.ats.push(ats[index] ?? 0)
      this.by.push(numbers[writer[index] ?? 0] ?? 0)
      try {
        this.#take(update, turn, batch, carriedAt.get(index))
      } catch {
        this.broken++
      }
    }
    this.#apply(batch.take())
  }

  #take(update: Uint8Array, turn: number, batch: UpdateBatch, carried: string | undefined) {
    const { sections, deletes, anchors } = skimUpdate(update)
    if (anchors) this.anchors.add(turn)
    const fresh = sections.filter(({ client, end }) => end > rangesOf(this.#born, client).end)
    // Structs that are known already are in it as well where a client sent something twice: Yjs sorts that out.
    const follows = fresh.every(({ client, clock }) => clock === rangesOf(this.#born, client).end)
    if (!follows || !batch.add(update, fresh, deletes)) {
      this.#apply(batch.take())
      this.#apply(update)
    }
    for (const { client, end } of fresh) {
      const born = rangesOf(this.#born, client)
      born.add(born.end, end - born.end, turn)
      if (carried !== undefined) this.#noteCarried(client, carried)
    }
    for (const { client, clock, length } of deletes) rangesOf(this.#died, client).add(clock, length, turn)
  }

  #apply(update: Uint8Array | undefined) {
    // In a transaction of our own, Yjs leaves the marks as they are instead of tidying them up.
    if (update) this.doc.transact(() => Y.applyUpdate(this.doc, update))
  }

  /** Calls `tell` for each part of a range of characters that came and went in the same turns. */
  lives(
    client: number,
    clock: number,
    length: number,
    tell: (from: number, to: number, born: number, died: number) => void,
  ) {
    const died = this.#died.get(client)
    const born = this.#born.get(client)
    const within = (from: number, to: number, turn: number) => {
      if (died) died.each(from, to, NEVER, (one, other, end) => tell(one, other, turn, end))
      else tell(from, to, turn, NEVER)
    }
    if (born) born.each(clock, clock + length, NEVER, within)
  }

  bornAt = (client: number, clock: number): number => this.#born.get(client)?.at(clock, NEVER) ?? NEVER
  diedAt = (client: number, clock: number): number => this.#died.get(client)?.at(clock, NEVER) ?? NEVER

  /** Clocks of a client that hold carried text, in order. */
  carriedIn(client: number): readonly { clock: number; end: number; from: Carried }[] {
    return this.#carried.get(client) ?? []
  }

  /** Every carried range's source. */
  *sources(): Generator<{ client: number; clock: number; end: number }> {
    for (const ranges of this.#carried.values()) {
      for (const { clock, end, from } of ranges)
        yield { client: from.client, clock: from.clock, end: from.clock + end - clock }
    }
  }

  #noteCarried(client: number, json: string) {
    const runs: CarriedRun[] = JSON.parse(json)
    const list = this.#carried.get(client) ?? []
    this.#carried.set(client, list)
    for (const [clock, length, person, service, at, source, from] of runs) {
      if (source === undefined || from === undefined) continue
      const writer = this.#numberOf(person, service)
      list.push({ clock, end: clock + length, from: { writer, at, client: source, clock: from } })
    }
  }

  #numberOf(person: string, service: string): number {
    const key = `${person} ${service}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.writers.push({ person: PersonId.parse(person), service: ServiceId.parse(service) }) - 1
      this.#numbers.set(key, number)
    }
    return number
  }
}

function rangesOf(map: Map<number, Ranges>, client: number): Ranges {
  let ranges = map.get(client)
  if (!ranges) {
    ranges = new Ranges()
    map.set(client, ranges)
  }
  return ranges
}

import type { PersonId, ServiceId } from '../../shared/ids.ts'

/** Who wrote: the person and the service they wrote for. */
export type Writer = { person: PersonId; service: ServiceId }

/** Text that an update moved: its clocks in the mover's client, who wrote it, when, and the characters it was. */
export type CarriedRun = readonly [
  clock: number,
  length: number,
  person: PersonId,
  service: ServiceId,
  at: number,
  fromClient: number,
  fromClock: number,
]

/** Characters that one writer wrote at about one time. */
type Run = { clock: number; writer: number; at: number }
type Runs = { list: Run[]; end: number /** When the last run began. */; began: number }

/** Runs written closer together than this are one: a byline says the minute. */
const TOGETHER = 60_000

/**
 * Who wrote each character, by Yjs client id and clock: the server's own knowledge, from the update log, never
 * from what a client claims.
 */
export class Authorship {
  readonly #writers: Writer[] = []
  readonly #numbers = new Map<string, number>()
  readonly #clients = new Map<number, Runs>()
  /** Number of the writer who was looked up last. */
  #before = -1
  /** When each writer last wrote. */
  readonly #latest = new Map<number, number>()

  /**
   * Adds the clocks of one update, `from` inclusive to `to` exclusive; what is known already stays as it is. An update
   * that is no `line` writes nothing that its writer would be seen by.
   */
  add(
    client: number,
    from: number,
    to: number,
    writer: Writer,
    at: number,
    carried: readonly CarriedRun[] = [],
    isLine = true,
  ) {
    const known = this.#clients.get(client)?.end ?? 0
    let clock = Math.max(from, known)
    if (to <= clock) return
    const number = this.#numberOf(writer)
    if (isLine && at > (this.#latest.get(number) ?? 0)) this.#latest.set(number, at)
    for (const [start, length, person, service, then] of carried) {
      const end = Math.min(start + length, to)
      if (end <= clock) continue
      this.#push(client, clock, start, number, at)
      this.#push(client, Math.max(clock, start), end, this.#numberOf({ person, service }), then)
      clock = end
    }
    this.#push(client, clock, to, number, at)
  }

  /** Calls `tell` for each run in a range of clocks, with its length in it. */
  each(
    client: number,
    clock: number,
    length: number,
    tell: (length: number, writer: Writer, at: number, clock: number) => void,
  ) {
    const runs = this.#clients.get(client)
    if (!runs) return
    const end = Math.min(clock + length, runs.end)
    for (let index = this.#indexOf(runs, clock); index < runs.list.length; index++) {
      const run = runs.list[index]
      if (!run || run.clock >= end) return
      const from = Math.max(run.clock, clock)
      const to = Math.min(runs.list[index + 1]?.clock ?? runs.end, end)
      const writer = this.#writers[run.writer]
      if (writer && to > from) tell(to - from, writer, run.at, from)
    }
  }

  /** Everybody who has written, with when they last did. */
  latest(): (Writer & { at: number })[] {
    return this.#writers.flatMap((writer, number) => {
      const at = this.#latest.get(number)
      return at === undefined ? [] : [{ ...writer, at }]
    })
  }

  encode(): Uint8Array {
    const clients = [...this.#clients].map(([client, { list, end }]) => {
      const flat = list.flatMap(({ clock, writer, at }) => [clock, writer, at])
      return [client, end, flat] as const
    })
    return new TextEncoder().encode(
      JSON.stringify({ writers: this.#writers, latest: [...this.#latest], clients }),
    )
  }

  static decode(bytes: Uint8Array): Authorship {
    const authorship = new Authorship()
    const stored: Stored = JSON.parse(new TextDecoder().decode(bytes))
    for (const writer of stored.writers) authorship.#numberOf(writer)
    for (const [number, at] of stored.latest) authorship.#latest.set(number, at)
    for (const [client, end, flat] of stored.clients) {
      const list: Run[] = []
      for (let index = 0; index + 2 < flat.length; index += 3) {
        list.push({ clock: flat[index] ?? 0, writer: flat[index + 1] ?? 0, at: flat[index + 2] ?? 0 })
      }
      authorship.#clients.set(client, { list, end, began: list.at(-1)?.at ?? 0 })
    }
    return authorship
  }

  #push(client: number, from: number, to: number, writer: number, at: number) {
    if (to <= from) return
    let runs = this.#clients.get(client)
    if (!runs) {
      runs = { list: [], end: from, began: at }
      this.#clients.set(client, runs)
    }
    const last = runs.list.at(-1)
    if (last && last.writer === writer && runs.end === from && Math.abs(at - runs.began) < TOGETHER) {
      last.at = Math.max(last.at, at)
    } else {
      runs.list.push({ clock: from, writer, at })
      runs.began = at
    }
    runs.end = to
  }

  #indexOf({ list }: Runs, clock: number): number {
    let low = 0
    let high = list.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((list[middle]?.clock ?? 0) <= clock) low = middle
      else high = middle - 1
    }
    return low
  }

  #numberOf(writer: Writer): number {
    // Mostly it is who wrote before.
    const before = this.#writers[this.#before]
    if (before?.person === writer.person && before.service === writer.service) return this.#before
    const key = `${writer.person} ${writer.service}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#writers.push({ person: writer.person, service: writer.service }) - 1
      this.#numbers.set(key, number)
    }
    this.#before = number
    return number
  }
}

type Stored = {
  writers: Writer[]
  latest: [writer: number, at: number][]
  clients: [client: number, end: number, flat: number[]][]
}

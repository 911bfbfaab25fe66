import * as Y from 'yjs'
import { structAt } from '../../shared/case-log/moved-text.ts'
import { Ranges } from '../history/ranges.ts'
import type { Timeline } from '../history/timeline.ts'
import type { Lives } from './lives.ts'

/** Clocks that came, or went. */
export type Touched = {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly came: boolean
}

const atoms: readonly string[] = ['mention', 'hardBreak']
const MOVED = 1

/** What stands in another place than it once stood: text that was carried, and mentions and line breaks with it. */
export class Moved {
  readonly #timeline: Timeline
  readonly #lives: Lives
  /** Text that went on to another place. */
  readonly #sources = new Map<number, Ranges>()
  /** How many of each client's carried ranges have been looked at. */
  readonly #told = new Map<number, number>()
  /** Mentions and line breaks that moved: to where, and from where. */
  readonly #atoms = new Map<number, Map<number, Y.ID>>()
  /** How many pieces have moved. */
  #count = 0

  constructor(timeline: Timeline, lives: Lives) {
    this.#timeline = timeline
    this.#lives = lives
  }

  /** Takes in what came and went; true when anything moved. */
  take(touched: readonly Touched[]): boolean {
    const before = this.#count
    const gone = new Map<string, Y.ID[]>()
    for (const range of touched) {
      if (range.came) this.#takeCarried(range.client)
      else
        this.#eachAtom(range, ({ client, clock }, sign) => {
          const key = `${this.#lives.diedAt({ client, clock })} ${sign}`
          const ids = gone.get(key) ?? []
          gone.set(key, ids)
          ids.push(Y.createID(client, clock))
        })
    }
    if (gone.size > 0) for (const range of touched) if (range.came) this.#pairAtoms(range, gone)
    return this.#count > before
  }

  /** Where a mention or line break stood before it moved here. */
  atomAt(client: number, clock: number): Y.ID | undefined {
    return this.#atoms.get(client)?.get(clock)
  }

  /** Calls `tell` for each part of a range that went on, or did not. */
  each(client: number, from: number, to: number, tell: (from: number, to: number, moved: boolean) => void) {
    const sources = this.#sources.get(client)
    if (sources) sources.each(from, to, 0, (one, other, mark) => tell(one, other, mark === MOVED))
    else tell(from, to, false)
  }

  #takeCarried(client: number) {
    const carried = this.#timeline.carriedIn(client)
    for (const { from, clock, end } of carried.slice(this.#told.get(client) ?? 0))
      this.#noteSource(from, end - clock, this.#timeline.bornAt(client, clock))
    this.#told.set(client, carried.length)
  }

  /** Text that went on: unless it stood when the copy was made. */
  #noteSource({ client, clock }: { client: number; clock: number }, length: number, born: number) {
    this.#count += 1
    const sources = this.#sources.get(client) ?? new Ranges()
    this.#sources.set(client, sources)
    this.#lives.each(client, clock, length, (from, to, _born, died) => {
      if (died > born) return
      // Brought back twice, it went on once.
      const fresh: [number, number][] = []
      sources.each(from, to, 0, (one, other, mark) => {
        if (mark !== MOVED) fresh.push([one, other])
      })
      for (const [one, other] of fresh) sources.add(one, other - one, MOVED)
    })
  }

  /** One that went and one alike that came in the same turn are one. */
  #pairAtoms(range: Touched, gone: ReadonlyMap<string, Y.ID[]>) {
    this.#eachAtom(range, (id, sign) => {
      const born = this.#timeline.bornAt(id.client, id.clock)
      const source = gone.get(`${born} ${sign}`)?.shift()
      if (!source) return
      const known = this.#atoms.get(id.client) ?? new Map<number, Y.ID>()
      this.#atoms.set(id.client, known)
      known.set(id.clock, source)
      this.#noteSource(source, 1, born)
    })
  }

  #eachAtom({ client, clock, length }: Touched, tell: (id: Y.ID, sign: string) => void) {
    for (let at = clock; at < clock + length; ) {
      const item = structAt(this.#timeline.doc, { client, clock: at })
      if (!item) return
      if (item instanceof Y.Item && item.content instanceof Y.ContentType) {
        const { type } = item.content
        if (type instanceof Y.XmlElement && atoms.includes(type.nodeName))
          tell(item.id, `${type.nodeName} ${JSON.stringify(lastValue(type, 'id') ?? null)}`)
      }
      at = item.id.clock + item.length
    }
  }
}

/** What an attribute last held, whether or not its element still stands. */
export function lastValue(element: Y.XmlElement, name: string): unknown {
  const item = element._map.get(name)
  return item?.content instanceof Y.ContentAny ? item.content.arr.at(-1) : undefined
}

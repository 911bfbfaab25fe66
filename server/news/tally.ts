import { type Change, changeIn, withoutPutBack } from './changes.ts'
import type { Past } from './past.ts'
import type { Reader } from './reader.ts'
import { stands, type Unit, type Units } from './units.ts'

/** Of a change, what counting needs. */
type Told = Pick<Change, 'what' | 'unit'> & { readonly text: Pick<Change['text'], 'was' | 'now'> }

/** How much is new; `newest` tells two answers apart that count the same. */
export type Count = { readonly count: number; readonly newest: number }

/**
 * Counts what is new for reader after reader, again and again while somebody writes: only blocks that were touched
 * since are looked at anew.
 */
export class Tally {
  readonly #past: Past
  readonly #units: Units
  /** By reader: how far they had read, and what that left new in each block. */
  readonly #known = new Map<string, { reading: string; told: Map<Unit, Told | undefined> }>()

  constructor(past: Past, units: Units) {
    this.#past = past
    this.#units = units
  }

  /** These blocks have changed; `moved` says that it may have changed what is new in others. */
  touch(touched: ReadonlySet<Unit>, moved: boolean): void {
    if (moved || [...touched].some(({ elements }) => ![...elements].every(stands))) this.#known.clear()
    for (const { told } of this.#known.values()) for (const unit of touched) told.delete(unit)
  }

  /** Counts for a reader, who has read as far as `reading` says. */
  count(name: string, reading: string, reader: Reader): Count {
    const before = this.#known.get(name)
    const told = before?.reading === reading ? before.told : new Map<Unit, Told | undefined>()
    this.#known.set(name, { reading, told })
    const found: Told[] = []
    for (const unit of this.#units.all()) {
      if (unit.last <= reader.readUpTo(unit.key)) continue
      if (!told.has(unit)) told.set(unit, this.#tell(unit, reader))
      const change = told.get(unit)
      if (change) found.push(change)
    }
    const left = withoutPutBack(found)
    return { count: left.length, newest: left.reduce((newest, { unit }) => Math.max(newest, unit.last), 0) }
  }

  #tell(unit: Unit, reader: Reader): Told | undefined {
    const change = changeIn(this.#past, this.#units, reader, unit)
    if (!change) return undefined
    const { what, text } = change
    const [was, now] = what === 'changed' ? ['', ''] : [text.was, text.now]
    return { what, unit, text: { was, now } }
  }
}

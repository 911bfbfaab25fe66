import type { CharacterRange } from '../../shared/history-routes.ts'
import { Ranges } from '../history/ranges.ts'

/** Characters of a log, by their Yjs ids. */
export class CharacterSet {
  readonly #clients = new Map<number, Ranges>()

  add(ranges: readonly CharacterRange[]): void {
    for (const { client, clock, length } of this.lacks(ranges)) {
      const known = this.#clients.get(client) ?? new Ranges()
      this.#clients.set(client, known)
      known.add(clock, length, IN)
    }
  }

  /** The parts of ranges that are not in the set. */
  lacks(ranges: readonly CharacterRange[]): CharacterRange[] {
    return ranges.flatMap((range) => {
      const known = this.#clients.get(range.client)
      if (!known) return [range]
      const out: CharacterRange[] = []
      known.each(range.clock, range.clock + range.length, OUT, (from, to, turn) => {
        if (turn === OUT) out.push({ client: range.client, clock: from, length: to - from })
      })
      return out
    })
  }
}

const OUT = 0
const IN = 1

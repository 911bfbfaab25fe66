import * as Y from 'yjs'
import { holder, structAt } from '../../shared/case-log/moved-text.ts'
import { NEVER, type Timeline } from '../history/timeline.ts'

/** In which turns characters came and went: as the timeline has it, and where that is silent, as the document has it. */
export class Lives {
  readonly #timeline: Timeline

  constructor(timeline: Timeline) {
    this.#timeline = timeline
  }

  each(
    client: number,
    clock: number,
    length: number,
    tell: (from: number, to: number, born: number, died: number) => void,
  ): void {
    this.#timeline.lives(client, clock, length, (from, to, born, died) => {
      if (born === NEVER) return
      if (died !== NEVER) {
        tell(from, to, born, died)
        return
      }
      for (let at = from; at < to; ) {
        const item = structAt(this.#timeline.doc, { client, clock: at })
        const end = item ? Math.min(to, item.id.clock + item.length) : to
        tell(at, end, born, item?.deleted ? this.#fellIn(item, born) : NEVER)
        at = end
      }
    })
  }

  /** When something went that no update names: with what held it, at the earliest when it came. */
  #fellIn(item: Y.Item | Y.GC, born: number): number {
    let first = NEVER
    let above = item instanceof Y.Item ? holder(item) : undefined
    for (; above; above = holder(above))
      first = Math.min(first, this.#timeline.diedAt(above.id.client, above.id.clock))
    return first === NEVER ? born : Math.max(born, first)
  }

  diedAt({ client, clock }: { client: number; clock: number }): number {
    let turn = NEVER
    this.each(client, clock, 1, (_from, _to, _born, died) => {
      turn = died
    })
    return turn
  }
}

import * as Y from 'yjs'
import { structAt } from '../../shared/case-log/moved-text.ts'
import type { Past, Written } from './past.ts'
import type { Reader } from './reader.ts'
import { unitKey, unitOfItem } from './units.ts'

/** A run of text or a single item, and how it stands with a reader. */
export type Seen = Written & {
  /** They have read it, or wrote it. */
  readonly known: boolean
  /** It is gone, and they know that, too: because they did it or have read it, or because it only moved. */
  readonly settled: boolean
}

/** Calls `tell` with what a reader knows of a range of clocks in a block. */
export function eachSeen(
  past: Past,
  reader: Reader,
  key: string,
  range: { client: number; clock: number; length: number },
  tell: (seen: Seen) => void,
): void {
  past.each(range.client, range.clock, range.length, (run) => {
    const { took, moved } = run
    const settled =
      took !== undefined && (moved || reader.isOwn(took.person) || reader.hasRead(key, took.seq))
    if (run.from === undefined || isKnown(reader, key, run))
      tell({ ...run, settled, known: isKnown(reader, key, run) })
    else
      eachSource(past, reader, run, run.from, (clock, length, known) =>
        tell({ ...run, clock, length, settled, known }),
      )
  })
}

const isKnown = (reader: Reader, key: string, { wrote }: Written): boolean =>
  reader.isOwn(wrote.person) || reader.hasRead(key, wrote.seq)

/** Moved text is known when it was read where it stood before, while it stood there. */
function eachSource(
  past: Past,
  reader: Reader,
  moved: Written,
  from: Y.ID,
  tell: (clock: number, length: number, known: boolean) => void,
): void {
  const item = structAt(past.doc, from)
  const element = item instanceof Y.Item ? unitOfItem(item) : undefined
  const key = element ? unitKey(element) : ''
  past.each(from.client, from.clock, moved.length, (run) => {
    const clock = moved.clock + run.clock - from.clock
    const { wrote, took } = run
    const gone = took?.seq ?? Number.POSITIVE_INFINITY
    // Brought back, and not just moved: to who knows that it was gone, that is new.
    const missed =
      took && took.seq !== moved.wrote.seq && (reader.isOwn(took.person) || reader.hasRead(key, gone))
    if (missed) tell(clock, run.length, false)
    else if (reader.isOwn(wrote.person) || reader.readBetween(key, wrote.seq, gone))
      tell(clock, run.length, true)
    else if (run.from === undefined) tell(clock, run.length, false)
    else eachSource(past, reader, { ...run, clock }, run.from, tell)
  })
}

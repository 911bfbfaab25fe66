import type { CharacterRange } from '../../shared/history-routes.ts'
import { NEVER, type Timeline } from './timeline.ts'

export type WhoRun = {
  length: number
  writer: number
  at: number
  /** The moment in which it was written. */
  seq: number
  movedBy?: number
  movedAt?: number
}

/** Text by one writer is one run when its parts were written closer together than this. */
const TOGETHER = 60_000
const MOST_MOVES = 10_000

/** Who wrote the characters of these ranges, in their order; characters that the log does not hold are left out. */
export function whoWrote(timeline: Timeline, ranges: readonly CharacterRange[]): WhoRun[] {
  const runs: WhoRun[] = []
  const tell = (run: WhoRun) => {
    const last = runs.at(-1)
    if (
      last?.writer === run.writer &&
      last.movedBy === run.movedBy &&
      Math.abs(last.at - run.at) < TOGETHER
    ) {
      last.length += run.length
      if (run.at >= last.at) Object.assign(last, { at: run.at, seq: run.seq })
    } else runs.push(run)
  }
  for (const { client, clock, length } of ranges) {
    timeline.lives(client, clock, length, (from, to, born) => {
      if (born === NEVER) return
      const signed = { writer: timeline.by[born] ?? -1, at: timeline.ats[born] ?? 0 }
      const seq = timeline.seqs[born] ?? 0
      let plain = from
      for (const carried of timeline.carriedIn(client)) {
        if (carried.end <= from || carried.clock >= to) continue
        const start = Math.max(carried.clock, from)
        const end = Math.min(carried.end, to)
        if (start > plain) tell({ length: start - plain, ...signed, seq })
        const { writer, at } = carried.from
        const moved = { movedBy: signed.writer, movedAt: signed.at }
        tell({ length: end - start, writer, at, seq: firstSeq(timeline, client, start), ...moved })
        plain = end
      }
      if (to > plain) tell({ length: to - plain, ...signed, seq })
    })
  }
  return runs
}

/** The update in which a character was first written, before all its moves. */
function firstSeq(timeline: Timeline, client: number, clock: number): number {
  let at = { client, clock }
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const carried = timeline
      .carriedIn(at.client)
      .find(({ clock, end }) => clock <= at.clock && at.clock < end)
    if (!carried) break
    const source = { client: carried.from.client, clock: carried.from.clock + at.clock - carried.clock }
    // What was set aside and taken in again was made of what the log has lost.
    if (timeline.seqs[timeline.bornAt(source.client, source.clock)] === undefined) break
    at = source
  }
  return timeline.seqs[timeline.bornAt(at.client, at.clock)] ?? 0
}

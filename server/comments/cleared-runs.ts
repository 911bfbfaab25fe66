import type { LogText, Span } from './log-text.ts'

/** A stretch that a mark was taken off, and the marked text that stood right before and after it. */
type Run = { before: string; words: string; after: string }

/** So many of the stretches that a thread's mark was taken off are remembered, and so much of each and around it. */
const MOST_RUNS = 8
const MOST_WORDS = 2000
const AROUND = 4
/** A stretch and its neighbour are known together; less than this might be anybody's. */
const SURE = 6

/**
 * What a thread's mark was taken off. Somebody who has not heard of it may still carry it on together with marked
 * text: then it stands there as new text with the mark on it, and is known by what it says and stands beside.
 */
export class ClearedRuns {
  #runs: readonly Run[] = []

  /** Remembers stretches that are taken off beside others that stay marked, both in the order of the text. */
  remember(text: LogText, cleared: readonly Span[], kept: readonly Span[]): void {
    const runs = cleared.map(({ from, to }): Run => {
      const before = kept.find((span) => span.to === from)
      const after = kept.find((span) => span.from === to)
      return {
        before: before ? text.words.slice(Math.max(before.from, from - AROUND), from) : '',
        words: text.words.slice(from, Math.min(to, from + MOST_WORDS)),
        after: after ? text.words.slice(to, Math.min(after.to, to + AROUND)) : '',
      }
    })
    const sure = runs.filter(
      ({ before, words, after }) => (before || after) && before.length + words.length + after.length >= SURE,
    )
    this.#runs = [...sure, ...this.#runs].slice(0, MOST_RUNS)
  }

  /** Where such stretches stand again in new text under the mark. */
  in(text: LogText, fresh: readonly Span[]): Span[] {
    return fresh.flatMap(({ from, to }) => {
      const words = text.words.slice(from, to)
      return this.#runs.flatMap((run) =>
        [
          run.before && placeOf(words, run.before + run.words, run.before.length, run.words.length),
          run.after && placeOf(words, run.words + run.after, 0, run.words.length),
        ].flatMap((found) => (found ? { from: from + found.from, to: from + found.to } : [])),
      )
    })
  }
}

function placeOf(words: string, pattern: string, at: number, length: number): Span | undefined {
  const found = words.indexOf(pattern)
  return found < 0 ? undefined : { from: found + at, to: found + at + length }
}

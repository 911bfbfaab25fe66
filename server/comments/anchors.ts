import type { Selectable } from 'kysely'
import * as Y from 'yjs'
import { blocksById } from '../../shared/case-log/blocks-by-id.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import { BlockId, ThreadId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'
import { CharacterSet } from './character-set.ts'
import { ClearedRuns } from './cleared-runs.ts'
import { findQuote, inOneRow } from './find-quote.ts'
import { inCommon } from './in-common.ts'
import { LogText, type Span, type Words } from './log-text.ts'
import { clearMark, wordsOfBlock, writeMark } from './place-mark.ts'

/** So many of the quotes that a thread has had are remembered. */
const MOST_SAID = 5

export type ThreadRow = Selectable<Database['threads']>

/** What a thread's row has to say of its place. */
export type Described = Words & { gone: boolean }

/** How a mark has to be put right: taken off what it ran over, or (null) set where its text stands again. */
export type Correction = { thread: ThreadRow; clear: CharacterRange[] | null }

/**
 * Knows from one look at a log to the next what each thread's mark was rightly on, and so tells text that somebody
 * wrote into it from text that it only ran over, and a move from a copy.
 */
export class Anchors {
  readonly #covered = new Map<string, CharacterSet>()
  /** What each has said, so that it is known again when it is written anew: split off, moved or brought back. */
  readonly #said = new Map<string, string[]>()
  readonly #cleared = new Map<string, ClearedRuns>()
  /** How far each client had come at the last look. */
  #seen: ReadonlyMap<number, number> | undefined

  /** What somebody who begins a thread saw, of which others may have carried a part away at the same moment. */
  begin(thread: ThreadId, quote: string): void {
    this.#said.set(thread, [quote])
  }

  /** Where threads stand now, and what has to be put right. Changes nothing. */
  look(doc: Y.Doc, threads: readonly ThreadRow[]) {
    const text = new LogText(doc)
    const blocks = blocksById(doc)
    const corrections: Correction[] = []
    const described = threads.map((thread): readonly [ThreadRow, Described] => {
      if (thread.kind === 'block') return [thread, describeBlock(thread, blocks)]
      const { clear, words } = this.#lookAt(thread, text)
      if (clear.length > 0) corrections.push({ thread, clear })
      if (words) return [thread, { ...words, quote: quoteToKeep(thread.quote, words.quote), gone: false }]
      const gone = this.#placeOf(thread, text) === undefined
      if (!gone) corrections.push({ thread, clear: null })
      return [thread, { ...wordsOf(thread), gone }]
    })
    this.#seen = statesOf(doc)
    return { described, corrections }
  }

  /** Puts marks right in a log that may have gone on since the look. */
  correct(doc: Y.Doc, corrections: readonly Correction[]): void {
    const text = new LogText(doc)
    for (const { thread, clear } of corrections) {
      const id = ThreadId.parse(thread.id)
      if (clear) clearMark(text, text.spansOf(clear), id)
      else if (text.marked(id).length === 0) {
        const found = this.#placeOf(thread, text)
        if (!found) continue
        this.#remember(id, text.idsOf([found]))
        writeMark(text, [found], id)
      }
    }
  }

  /** Parts the characters under a thread's mark into those it speaks of, and those that it ran over or was copied to. */
  #lookAt(thread: ThreadRow, text: LogText): { clear: CharacterRange[]; words: Words | undefined } {
    const marked = text.marked(ThreadId.parse(thread.id))
    const before = this.#covered.get(thread.id)
    const known = before ?? new CharacterSet()
    const said = [...new Set([thread.quote, ...(this.#said.get(thread.id) ?? [])])].slice(0, MOST_SAID)
    this.#said.set(thread.id, said)
    const wrong = new CharacterSet()
    // A thread that is looked at for the first time stands where it was begun, on text that was there before.
    if (before && this.#seen) wrong.add(runOver(known, this.#seen, text, marked))
    wrong.add(copies(known, thread, text, marked))
    const cleared = this.#cleared.get(thread.id) ?? new ClearedRuns()
    this.#cleared.set(thread.id, cleared)
    wrong.add(text.idsOf(cleared.in(text, text.spansOf(known.lacks(text.idsOf(marked))))))
    for (const span of marked) wrong.add(text.idsOf(edgesOf(span, text, known, wrong, said.map(inOneRow))))
    const ids = text.idsOf(marked)
    const right = wrong.lacks(ids)
    const clear = new CharacterSet()
    clear.add(right)
    this.#remember(thread.id, right)
    const standing = text.spansOf(right)
    const off = clear.lacks(ids)
    cleared.remember(text, text.spansOf(off), standing)
    return { clear: off, words: standing.length === 0 ? undefined : text.wordsOf(standing) }
  }

  /** Where a thread whose mark is lost belongs: where its words stand, or those that it had before. */
  #placeOf(thread: ThreadRow, text: LogText): Span | undefined {
    for (const quote of [thread.quote, ...(this.#said.get(thread.id) ?? [])]) {
      const found = findQuote(text, { ...wordsOf(thread), quote })
      if (found) return found
    }
    return undefined
  }

  #remember(thread: string, ids: readonly CharacterRange[]) {
    const known = this.#covered.get(thread) ?? new CharacterSet()
    known.add(ids)
    this.#covered.set(thread, known)
  }
}

/** Characters that stood outside the mark when it was last looked at. */
const runOver = (
  known: CharacterSet,
  seen: ReadonlyMap<number, number>,
  text: LogText,
  marked: readonly Span[],
): CharacterRange[] =>
  known.lacks(text.idsOf(marked)).flatMap(({ client, clock, length }) => {
    const old = Math.min(clock + length, seen.get(client) ?? 0) - clock
    return old > 0 ? [{ client, clock, length: old }] : []
  })

/**
 * Where a stretch under a mark begins or ends with characters that are new there, those that nobody spoke of: they
 * were typed at its edge while the mark was on its way. What is new between known characters was written into it.
 */
function edgesOf(
  span: Span,
  text: LogText,
  known: CharacterSet,
  wrong: CharacterSet,
  said: readonly string[],
): Span[] {
  const standing = text.spansOf(wrong.lacks(text.idsOf([span]))).flatMap((one) => within(one, span))
  const old = new CharacterSet()
  old.add(known.lacks(text.idsOf(standing)))
  const kept = text.spansOf(old.lacks(text.idsOf(standing))).flatMap((one) => within(one, span))
  const first = kept[0]?.from ?? span.to
  const last = kept.at(-1)?.to ?? span.to
  const own = (from: number, to: number): Span | undefined => {
    const words = text.words.slice(from, to)
    const found = said
      .flatMap((one) => inCommon(words, one) ?? [])
      .sort((one, other) => other.to - other.from - (one.to - one.from))[0]
    return found && { from: from + found.from, to: from + found.to }
  }
  const head = own(span.from, first)
  const tail = own(last, span.to)
  const from = head?.from ?? first
  const to = tail?.to ?? (kept.length > 0 ? last : (head?.to ?? first))
  return [
    { from: span.from, to: from },
    { from: to, to: span.to },
  ]
}

const within = ({ from, to }: Span, span: Span): Span[] =>
  Math.max(from, span.from) < Math.min(to, span.to)
    ? [{ from: Math.max(from, span.from), to: Math.min(to, span.to) }]
    : []

/** New text elsewhere that is marked although all that the thread speaks of still stands: a copy is another text. */
function copies(
  known: CharacterSet,
  { quote }: ThreadRow,
  text: LogText,
  marked: readonly Span[],
): CharacterRange[] {
  const isNew = (span: Span) => {
    const ids = text.idsOf([span])
    return lengthOf(known.lacks(ids)) === lengthOf(ids)
  }
  const old = marked.filter((span) => !isNew(span))
  if (old.length === marked.length || text.wordsOf(old).quote !== quote) return []
  return text.idsOf(marked.filter(isNew))
}

const lengthOf = (ranges: readonly CharacterRange[]): number =>
  ranges.reduce((sum, { length }) => sum + length, 0)

const wordsOf = ({ quote, prefix, suffix, block }: ThreadRow): Words => ({
  quote,
  prefix,
  suffix,
  block: block === null ? null : BlockId.parse(block),
})

function describeBlock(thread: ThreadRow, blocks: ReadonlyMap<string, Y.XmlElement[]>): Described {
  const [element] = blocks.get(thread.block ?? '') ?? []
  const words = wordsOf(thread)
  return element ? { ...words, ...wordsOfBlock(element), gone: false } : { ...words, gone: true }
}

/** Text that is being deleted a key at a time leaves what it was, and not its last letter. */
function quoteToKeep(before: string, now: string): string {
  const isRest = now.length * 2 < before.length && before.includes(now)
  return isRest ? before : now
}

function statesOf(doc: Y.Doc): Map<number, number> {
  return new Map([...doc.store.clients.keys()].map((client) => [client, Y.getState(doc.store, client)]))
}

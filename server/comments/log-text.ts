import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import { BlockId, ThreadId } from '../../shared/ids.ts'
import { markName } from '../collab/known-content.ts'

/** A stretch of the log's text: `from` inclusive to `to` exclusive. */
export type Span = { from: number; to: number }

/** Where a stretch stands in one Yjs text. */
export type Place = { text: Y.XmlText; index: number; length: number }

/** What a stretch says and stands in. */
export type Words = { quote: string; prefix: string; suffix: string; block: BlockId | null }

type Piece = Span & {
  line: number
  words: string
  elements: readonly Y.XmlElement[]
  /** Undefined for a mention, which is no text that could carry a mark. */
  text: { in: Y.XmlText; index: number; client: number; clock: number } | undefined
  threads: ReadonlySet<ThreadId>
}

/** How much of what stands around a quote is kept to know it again. */
const AROUND = 32
const MOST_QUOTE = 4000
const none: ReadonlySet<ThreadId> = new Set()

/** The text of a log in one row, its lines without breaks, with the threads that are marked on it. Read once. */
export class LogText {
  readonly words: string
  readonly #pieces: Piece[] = []
  /** The characters of each Yjs client, in the order of their clocks. */
  readonly #byClient = new Map<number, { clock: number; length: number; from: number }[]>()
  readonly #marked = new Map<ThreadId, Span[]>()
  #line = 0
  #length = 0

  constructor(doc: Y.Doc) {
    this.#visit(logFragment(doc), [])
    this.words = this.#pieces.map(({ words }) => words).join('')
    for (const { from, words, text } of this.#pieces) {
      if (!text) continue
      const own = this.#byClient.get(text.client) ?? []
      this.#byClient.set(text.client, own)
      own.push({ clock: text.clock, length: words.length, from })
    }
    for (const own of this.#byClient.values()) own.sort((one, other) => one.clock - other.clock)
  }

  /** Threads with a mark that stands. */
  threads(): Iterable<ThreadId> {
    return this.#marked.keys()
  }

  /** Where a thread's mark stands, in the order of the text. */
  marked(thread: ThreadId): readonly Span[] {
    return this.#marked.get(thread) ?? []
  }

  /** Where characters stand that are named by their Yjs ids; those that are gone are left out. */
  spansOf(ranges: readonly CharacterRange[]): Span[] {
    const spans: Span[] = []
    for (const { client, clock, length } of ranges) {
      const pieces = this.#byClient.get(client) ?? []
      for (
        let at = firstAfter(pieces, clock, (piece) => piece.clock + piece.length);
        at < pieces.length;
        at++
      ) {
        const piece = pieces[at]
        if (!piece || piece.clock >= clock + length) break
        const first = Math.max(clock, piece.clock)
        const last = Math.min(clock + length, piece.clock + piece.length)
        spans.push({ from: piece.from + first - piece.clock, to: piece.from + last - piece.clock })
      }
    }
    return joined(spans)
  }

  /** The Yjs ids of the characters in stretches. */
  idsOf(spans: readonly Span[]): CharacterRange[] {
    return this.#cut(spans).flatMap(({ piece: { from, text }, span }) =>
      text
        ? [{ client: text.client, clock: text.clock + span.from - from, length: span.to - span.from }]
        : [],
    )
  }

  /** Where a stretch stands in the Yjs texts; mentions in it are left out. */
  placesOf(spans: readonly Span[]): Place[] {
    return this.#cut(spans).flatMap(({ piece: { from, text }, span }) =>
      text ? [{ text: text.in, index: text.index + span.from - from, length: span.to - span.from }] : [],
    )
  }

  /** What stretches say, a line of the log a line, and what stands around them. */
  wordsOf(spans: readonly Span[]): Words {
    const cuts = this.#cut(spans)
    let quote = ''
    let line: number | undefined
    for (const { piece, span } of cuts) {
      if (line !== undefined && piece.line !== line) quote += '\n'
      quote += this.words.slice(span.from, span.to)
      line = piece.line
    }
    const first = cuts[0]
    const last = cuts.at(-1)
    return {
      quote: quote.slice(0, MOST_QUOTE),
      prefix: first ? this.#onLine(first.piece.line, first.span.from - AROUND, first.span.from) : '',
      suffix: last ? this.#onLine(last.piece.line, last.span.to, last.span.to + AROUND) : '',
      block: first ? (this.blocksAt(first.span.from)[0]?.id ?? null) : null,
    }
  }

  /** The blocks with an id around a place, the nearest first. */
  blocksAt(at: number): { id: BlockId; name: string }[] {
    const { elements } = this.#cut([{ from: at, to: at + 1 }])[0]?.piece ?? { elements: [] }
    return elements.toReversed().flatMap((element) => {
      const id = BlockId.safeParse(element.getAttribute('id'))
      return id.success ? [{ id: id.data, name: element.nodeName }] : []
    })
  }

  /** Whether a stretch begins and ends with a line. */
  isWhole({ from, to }: Span): boolean {
    const first = this.#cut([{ from, to: from + 1 }])[0]?.piece
    const last = this.#cut([{ from: to - 1, to }])[0]?.piece
    if (!first || !last) return false
    return this.#onLine(first.line, from - 1, from) === '' && this.#onLine(last.line, to, to + 1) === ''
  }

  #onLine(line: number, from: number, to: number): string {
    return this.#cut([{ from: Math.max(0, from), to: Math.min(to, this.#length) }])
      .flatMap(({ piece, span }) => (piece.line === line ? this.words.slice(span.from, span.to) : []))
      .join('')
  }

  #cut(spans: readonly Span[]): { piece: Piece; span: Span }[] {
    return spans.flatMap(({ from, to }) => {
      const found: { piece: Piece; span: Span }[] = []
      for (let at = firstAfter(this.#pieces, from, ({ to }) => to); at < this.#pieces.length; at++) {
        const piece = this.#pieces[at]
        if (!piece || piece.from >= to) break
        const span = { from: Math.max(from, piece.from), to: Math.min(to, piece.to) }
        if (span.from < span.to) found.push({ piece, span })
      }
      return found
    })
  }

  #visit(parent: Y.XmlFragment, elements: readonly Y.XmlElement[]) {
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlText) this.#read(child, elements)
      else if (!(child instanceof Y.XmlElement)) continue
      else if (child.nodeName === 'hardBreak') this.#line++
      else if (child.nodeName === 'mention') {
        const label: unknown = child.getAttribute('label')
        this.#add(`@${typeof label === 'string' ? label : ''}`, elements, undefined, none)
      } else {
        this.#line++
        this.#visit(child, [...elements, child])
        this.#line++
      }
    }
  }

  #read(text: Y.XmlText, elements: readonly Y.XmlElement[]) {
    const active = new Map<string, ThreadId>()
    let threads = none
    let index = 0
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted) continue
      const { content } = item
      if (content instanceof Y.ContentFormat && markName(content.key) === 'comment') {
        const thread = ThreadId.safeParse(Object(content.value).thread)
        if (thread.success) active.set(content.key, thread.data)
        else active.delete(content.key)
        threads = new Set(active.values())
      } else if (content instanceof Y.ContentString) {
        this.#add(content.str, elements, { in: text, index, ...item.id }, threads)
      }
      if (item.countable) index += item.length
    }
  }

  #add(words: string, elements: readonly Y.XmlElement[], text: Piece['text'], threads: Piece['threads']) {
    if (words === '') return
    const span = { from: this.#length, to: this.#length + words.length }
    this.#length = span.to
    this.#pieces.push({ ...span, line: this.#line, words, elements, text, threads })
    for (const thread of threads) {
      const spans = this.#marked.get(thread) ?? []
      this.#marked.set(thread, spans)
      const last = spans.at(-1)
      if (last?.to === span.from) last.to = span.to
      else spans.push({ ...span })
    }
  }
}

/** Stretches in order, each as long as it goes. */
function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = out.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else out.push({ ...span })
  }
  return out
}

/** The first of a sorted list that ends after a place. */
function firstAfter<T>(list: readonly T[], place: number, endOf: (one: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const one = list[middle]
    if (one !== undefined && endOf(one) > place) high = middle
    else low = middle + 1
  }
  return low
}

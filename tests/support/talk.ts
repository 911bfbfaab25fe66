import type * as Y from 'yjs'
import { Anchors, type ThreadRow } from '../../server/comments/anchors.ts'
import { LogText } from '../../server/comments/log-text.ts'
import { describeNew, quoteOfNew, spansOfNew, writeMark } from '../../server/comments/place-mark.ts'
import { AppError } from '../../shared/errors.ts'
import { ThreadId } from '../../shared/ids.ts'
import type { Random } from './random.ts'
import { wordsIn } from './words.ts'

/** A quote as long as this is known by itself. */
const SURE = 12

/** A thread as the test knows it: every character that it may ever rightly stand on. */
type Told = { row: ThreadRow; may: Set<string>; first: string }

/**
 * People who comment while others write, and the server that keeps the anchors: threads begin on what some editor
 * shows, overlapping as they come; every character of the log is another, so that each can be followed anywhere.
 */
export class Talk {
  readonly #threads = new Map<string, Told>()
  readonly #anchors = new Anchors()
  readonly #everSeen = new Set<string>()
  /** Every character that the server ever had, and those that it had when it last looked. */
  readonly #everThere = new Set<string>()
  #atLastLook: ReadonlySet<string> = new Set()
  #number = 0

  /** Somebody may comment on what their editor shows, and the server may look after its anchors. */
  step(hub: Y.Doc, peers: readonly Y.Doc[], random: Random): void {
    for (const peer of peers) this.#follow(peer)
    this.#follow(hub)
    const peer = random.pick(peers)
    if (peer && random.chance(0.08) && this.#threads.size < 8) this.#start(hub, peer, random)
    if (random.chance(0.2)) this.keep(hub)
  }

  /** The server looks at the log and puts marks right, as it does when it has been quiet for a moment. */
  keep(hub: Y.Doc): number {
    this.#allow(new LogText(hub), (one) => !this.#atLastLook.has(one))
    this.#atLastLook = new Set(this.#everThere)
    const rows = [...this.#threads.values()].map(({ row }) => row)
    const { described, corrections } = this.#anchors.look(hub, rows)
    for (const [row, { gone, ...words }] of described) Object.assign(row, words, { gone: gone ? 1 : 0 })
    hub.transact(() => this.#anchors.correct(hub, corrections))
    return corrections.length
  }

  /** What is wrong at the end, in words. */
  problems(hub: Y.Doc): string[] {
    const text = new LogText(hub)
    return [...this.#threads.values()].flatMap(({ row, may, first }) => {
      const spans = text.marked(ThreadId.parse(row.id))
      const on = text.wordsOf(spans).quote.replaceAll('\n', '')
      const strange = wordsIn(on).filter(({ index, length }) => !inSet(may, on.slice(index, index + length)))
      const problems: string[] = []
      if (strange.length > 0)
        problems.push(`${row.id} stands on words ${strange.map(({ number }) => number)}`)
      if ((row.gone === 1) !== (on === ''))
        problems.push(`${row.id} says gone ${row.gone} and stands on «${on}»`)
      // A shorter quote may be a guess wherever it stands.
      const isSure = first.length >= SURE && text.words.split(first).length === 2
      if (row.gone === 1 && isSure) problems.push(`${row.id} is gone and its words stand`)
      return problems
    })
  }

  counts(): { threads: number; gone: number } {
    const rows = [...this.#threads.values()]
    return { threads: rows.length, gone: rows.filter(({ row }) => row.gone === 1).length }
  }

  /** What somebody wrote into marked text may be marked; what was ever written elsewhere may not. */
  #follow(doc: Y.Doc): void {
    const { words } = new LogText(doc)
    for (let from = 0; from < words.length; from++) {
      if (this.#everSeen.has(words.charAt(from))) continue
      let to = from
      while (to < words.length && !this.#everSeen.has(words.charAt(to))) to++
      for (const { may } of this.#threads.values())
        if (may.has(words.charAt(from - 1)) && may.has(words.charAt(to)))
          for (const character of words.slice(from, to)) may.add(character)
      from = to
    }
    for (const character of words) this.#everSeen.add(character)
  }

  /** What is new to the server, or was put back by it, and stands between marked words is part of them from now on. */
  arrived(hub: Y.Doc, putBack: boolean): void {
    const text = new LogText(hub)
    this.#allow(text, (one) => putBack || !this.#everThere.has(one))
    for (const one of text.words) this.#everThere.add(one)
  }

  /** Characters between marked ones that a thread may stand on are part of it, if they are new. */
  #allow(text: LogText, isNew: (character: string) => boolean): void {
    for (const { row, may } of this.#threads.values()) {
      for (const span of text.marked(ThreadId.parse(row.id))) {
        const marked = [...text.words.slice(span.from, span.to)]
        const first = marked.findIndex((one) => may.has(one))
        const last = marked.findLastIndex((one) => may.has(one))
        for (const one of marked.slice(Math.max(0, first), last + 1)) if (isNew(one)) may.add(one)
      }
    }
  }

  #start(hub: Y.Doc, peer: Y.Doc, random: Random): void {
    const shown = new LogText(peer)
    const words = wordsIn(shown.words)
    const at = random.below(Math.max(1, words.length))
    const first = words[at]
    const last = words[Math.min(words.length - 1, at + random.below(5))]
    if (!first || !last) return
    const span = { from: first.index, to: last.index + last.length }
    const { quote, prefix, suffix } = shown.wordsOf([span])
    const anchor = { kind: 'text' as const, ranges: shown.idsOf([span]), quote, prefix, suffix }
    const id = ThreadId.parse(`t${this.#number++}`)
    try {
      const { gone, ...described } = describeNew(hub, anchor)
      const text = new LogText(hub)
      const spans = spansOfNew(text, anchor)
      hub.transact(() => {
        if (spans) writeMark(text, spans, id)
      })
      const seen = spans && quoteOfNew(text, spans, anchor)
      if (seen !== undefined) this.#anchors.begin(id, seen)
      const row: ThreadRow = {
        id,
        case_id: 'log',
        document: 'log',
        kind: 'text',
        ...described,
        gone: gone ? 1 : 0,
        person: 'camilla',
        at: 0,
        resolved_by: null,
        resolved_at: null,
      }
      this.#threads.set(id, {
        row,
        may: new Set(quote.replaceAll('\n', '')),
        first: quote.replaceAll('\n', ''),
      })
    } catch (error) {
      // On characters that have not reached the server: the browser asks again when they have.
      if (!(error instanceof AppError)) throw error
    }
  }
}

const inSet = (may: ReadonlySet<string>, words: string): boolean => [...words].every((one) => may.has(one))

import * as Y from 'yjs'
import type { Named, Seen } from './copies.ts'
import { Graves, type WrittenAgain } from './graves.ts'
import { displacedIds, giveBack, lostIds, type Renamed, renamedBlocks } from './kept-ids.ts'
import { joinBroughtBack, joinCarried, lastCopies, type TakenCopies, takenCopies } from './last-copies.ts'
import { cameTooLate, piecesOfUpdate } from './late-pieces.ts'
import { type Chars, eachStanding, type Id, keyOf, pairMoved, structAt } from './moved-text.ts'
import { mergeInto, movedTwice } from './moved-twice.ts'
import { elementAt, placePiece } from './place-piece.ts'
import { type Piece, strandedPieces, strandedTypes } from './stranded-pieces.ts'

type Deletes = ReturnType<typeof Y.createDeleteSet>

/** What an update is about to do. */
type Watched = {
  fresh: readonly Y.Item[]
  ds: Deletes
  pairs: readonly { from: Id; to: Id }[]
  stranded: readonly Piece[]
  renamed: readonly Renamed[]
  taken: TakenCopies
  seen: Seen
}

/** Puts late writing where it belongs, in this document or a copy of it. Says which characters it wrote again. */
export type Repair = (doc: Y.Doc) => WrittenAgain[]

/**
 * Saves what somebody writes in a block while somebody else moves, splits, joins, wraps or removes it. Yjs has
 * no moves: the editor's binding deletes the block and writes it anew, and what a colleague wrote in the old one
 * would vanish with it, for everybody [BL1]. The server sees every update in order, so it sees such late writing,
 * and writes it again where its neighbours went.
 */
export class LateWriting {
  readonly #doc: Y.Doc
  readonly #graves = new Graves()

  /** Rises when a copy of something is taken away; `Seen` counts by it. */
  get mark(): number {
    return this.#graves.copies.mark
  }

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /**
   * To be called right before an update is applied. What it returns is to be called right after, and says what
   * has to be repaired, if anything. `named` is all that its writer says is deleted, of which the update may hold
   * only what was still there; `seen` is what they know.
   */
  watch(update: Uint8Array, named: readonly Named[], seen: Seen): () => Repair | undefined {
    const { structs, ds } = Y.decodeUpdate(update)
    const fresh = structs.flatMap((struct) => {
      const state = Y.getState(this.#doc.store, struct.id.client)
      const isFresh = struct instanceof Y.Item && struct.id.clock + struct.length > state
      return isFresh ? [unknownPart(struct, state)] : []
    })
    const stranded: Piece[] = []
    const removed: Chars[] = []
    if (ds.clients.size > 0) {
      const texts = new Set<Y.XmlText>()
      eachStanding(this.#doc, ds, (item) => {
        if (item.content instanceof Y.ContentString && item.parent instanceof Y.XmlText)
          texts.add(item.parent)
        if (!(item.content instanceof Y.ContentType)) return
        this.#graves.bury(item)
        stranded.push(...strandedPieces(item, ds))
        for (const inner of strandedTypes(item, ds)) this.#graves.buryWhole(inner)
      })
      for (const text of texts) removed.push(removedChars(text, ds))
    }
    const written = writtenChars(fresh)
    const pairs = pairMoved(removed, written)
    seen.name(named, this.mark)
    joinCarried(this.#doc, this.#graves, named, written)
    joinBroughtBack(this.#doc, this.#graves.copies, fresh)
    const renamed = renamedBlocks(this.#doc, fresh)
    for (const { key, was } of renamed) {
      const element = elementAt(this.#doc, key)
      if (element) this.#graves.passOn(element, was)
    }
    const taken = takenCopies(this.#doc, this.#graves.copies, ds, renamed)
    return () => this.#afterwards({ fresh, ds, pairs, stranded, renamed, taken, seen })
  }

  #afterwards({ fresh, ds, pairs, stranded, renamed, taken, seen }: Watched): Repair | undefined {
    const { copies } = this.#graves
    const doubles = new Set<string>()
    const moved = new Set<string>()
    for (const { from, to } of pairs) {
      // A long absence arrives as one update, with what was written and taken away again in between.
      if (Y.isDeleted(ds, Y.createID(to.client, to.clock))) continue
      moved.add(keyOf(from))
      const elsewhere = this.#graves.standsFor(this.#doc, from)
      if (elsewhere && structAt(this.#doc, to)?.deleted !== false) {
        // Somebody else carried it too, and theirs stands: once is enough.
        this.#graves.went(to, elsewhere)
        doubles.add(keyOf(to))
        copies.took(to)
      } else this.#graves.went(from, to)
    }
    const tooLate = fresh.some((item) => cameTooLate(this.#doc, item, ds))
    const lost = lostIds(this.#doc, renamed)
    const made = new Set([
      ...fresh.filter(({ parentSub }) => parentSub === 'id').flatMap(valuesOf),
      ...lost.map(({ was }) => was),
    ])
    const back = lastCopies(this.#doc, copies, taken, { moved, made, seen })
    const late = tooLate ? piecesOfUpdate(this.#doc, this.#graves, fresh, ds, doubles) : []
    const displaced = displacedIds(this.#doc, renamed)
      .filter(({ was }) => !lost.some((each) => each.was === was))
      .map(({ key, was }): Piece => ({ kind: 'field', block: key, name: 'id', value: was }))
    const pieces = [...back, ...stranded, ...late, ...displaced]
    const twice = movedTwice(this.#doc, this.#graves, fresh)
    if (pieces.length + twice.length + lost.length === 0) return undefined
    return (doc) => {
      doc.transact(() => {
        for (const block of lost) giveBack(doc, block)
        // What goes into a block waits until the block is there.
        for (const piece of pieces) if (namesBlock(piece)) placePiece(doc, this.#graves, piece)
        for (const piece of pieces) if (!namesBlock(piece)) placePiece(doc, this.#graves, piece)
        for (const key of twice) mergeInto(doc, this.#graves, key)
      })
      return this.#graves.takeWrittenAgain()
    }
  }
}

/** What of an item is not there yet, as Yjs cuts it when it puts it in (`splitItem`). */
function unknownPart(item: Y.Item, state: number): Y.Item {
  const { id, rightOrigin, parent, parentSub, content } = item
  if (state <= id.clock) return item
  const start = Y.createID(id.client, state)
  const before = Y.createID(id.client, state - 1)
  const rest = content.splice(state - id.clock)
  return new Y.Item(start, null, before, null, rightOrigin, parent, parentSub, rest)
}

const valuesOf = ({ content }: Y.Item): unknown[] => content.getContent()

const namesBlock = (piece: Piece): boolean => piece.kind === 'field' && piece.name === 'id'

/** Characters of a text that a delete set takes, in their order. */
function removedChars(text: Y.XmlText, ds: Deletes): Chars {
  const chars: Chars = { text: '', ids: [] }
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (let offset = 0; offset < item.length; offset += 1) {
      const id = { client: item.id.client, clock: item.id.clock + offset }
      if (!Y.isDeleted(ds, Y.createID(id.client, id.clock))) continue
      chars.text += item.content.str[offset]
      chars.ids.push(id)
    }
  }
  return chars
}

/** Text that an update writes, each stretch in one go. */
function writtenChars(fresh: readonly Y.Item[]): Chars[] {
  const found: Chars[] = []
  let last: { chars: Chars; next: string } | undefined
  for (const { id, content, length, origin } of fresh) {
    if (!(content instanceof Y.ContentString)) continue
    const ids = Array.from({ length }, (_, offset) => ({ client: id.client, clock: id.clock + offset }))
    // Formatting cuts a stretch into items; their origins chain it together again.
    const follows =
      last !== undefined && origin !== null && id.client === origin.client && origin.clock < id.clock
    if (last && follows && id.clock - origin.clock <= 3) {
      last.chars.text += content.str
      last.chars.ids.push(...ids)
    } else {
      last = { chars: { text: content.str, ids }, next: keyOf(id) }
      found.push(last.chars)
    }
  }
  return found
}

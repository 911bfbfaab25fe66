import * as Y from 'yjs'
import { Copies } from './copies.ts'
import { blockIdAround, type Chars, everWritten, holder, type Id, keyOf, structAt } from './moved-text.ts'

/** Where a removed block stood, and which id it had. */
export type Grave = {
  name: string
  id: string | undefined
  previous: string | undefined
  parent: string | undefined
}

/** Characters that were written again, in one run from this clock on. */
export type WrittenAgain = { clock: number; ids: readonly Id[] }

const MOST_CHARS = 200_000

/**
 * What stood where in text and blocks that were removed while this document was open, and where it went. Yjs
 * forgets both, so what a colleague wrote in them at the same time would have no place any more.
 */
export class Graves {
  readonly copies = new Copies()
  readonly #blocks = new Map<string, Grave>()
  readonly #texts = new Map<string, { ids: Id[]; block: string | undefined }>()
  readonly #chars = new Map<string, { text: string; index: number }>()
  readonly #went = new Map<string, Id>()
  readonly #again: WrittenAgain[] = []
  readonly #fields = new Map<string, Record<string, unknown>>()
  /** Which field of which removed block a Yjs item wrote: Yjs keeps nothing of it to tell by. */
  readonly #writers = new Map<string, { parent: string; field: string }>()
  /** Text of removed blocks by block id, as it was. */
  readonly #written = new Map<string, Chars[]>()

  block(key: string): Grave | undefined {
    return this.#blocks.get(key)
  }

  /** A block that was written where everything was gone already: it has a place to be known by all the same. */
  neverStood(item: Id, grave: Grave): void {
    if (!this.#blocks.has(keyOf(item))) this.#blocks.set(keyOf(item), grave)
  }

  /** A field of a removed block, written by this item when the block was gone. */
  wroteField(item: Id, field: { parent: string; field: string }): void {
    this.#writers.set(keyOf(item), field)
  }

  /** A removed block counts as another from now on: somebody had made it that one. */
  becomes(key: string, id: string): void {
    const grave = this.#blocks.get(key)
    if (grave) this.#blocks.set(key, { ...grave, id })
  }

  /** The removed block's field that this item wrote. */
  fieldAt(item: Id): { parent: string; field: string } | undefined {
    return this.#writers.get(keyOf(item))
  }

  /** The block whose text a character was in. */
  blockOfChar(id: Id): string | undefined {
    const place = this.#chars.get(keyOf(id))
    return place && this.#texts.get(place.text)?.block
  }

  textOfChar(id: Id): string | undefined {
    return this.#chars.get(keyOf(id))?.text
  }

  blockOfText(key: string): string | undefined {
    return this.#texts.get(key)?.block
  }

  /** These characters were written again, from this id on. */
  wroteAgain(ids: readonly Id[], { client, clock }: Id): void {
    for (const [offset, id] of ids.entries()) this.went(id, { client, clock: clock + offset })
    this.#again.push({ clock, ids })
  }

  /** What was written again since this was last asked. */
  takeWrittenAgain(): WrittenAgain[] {
    return this.#again.splice(0)
  }

  /** The same character's place from now on. */
  went(from: Id, to: Id): void {
    this.#went.set(keyOf(from), to)
    this.copies.join(from, to)
  }

  /** Whether a block with this id was removed, which a move does. */
  removed(id: string): boolean {
    return this.#fields.has(id)
  }

  /** Fields of the block with this id when it was last removed. */
  fieldsOf(id: string): Record<string, unknown> | undefined {
    return this.#fields.get(id)
  }

  /** What stood in removed blocks with this id; none when no such block was removed. */
  written(id: string): readonly Chars[] {
    return this.#written.get(id) ?? []
  }

  /** The character that stands for this one now; undefined when none does. */
  standsFor(doc: Y.Doc, id: Id): Id | undefined {
    let current: Id | undefined = id
    for (let steps = 0; current && steps < 100; steps += 1) {
      if (structAt(doc, current)?.deleted === false) return current
      current = this.wentTo(current)
    }
    return undefined
  }

  wentTo(id: Id): Id | undefined {
    return this.#went.get(keyOf(id))
  }

  /** Remembers a block that another element will be: the binding makes this one another block, and writes it anew. */
  passOn(element: Y.XmlElement, block: string): void {
    this.#fields.set(block, { ...element.getAttributes() })
    for (const child of element.toArray())
      if (child instanceof Y.XmlText) this.#wrote(block, everWritten(child))
  }

  #wrote(block: string, chars: Chars): void {
    this.#written.set(block, [...(this.#written.get(block) ?? []).slice(-20), chars])
  }

  /** Remembers an element with what stands in it: it goes because what it stands in does. */
  buryWhole(item: Y.Item): void {
    this.bury(item)
    if (!(item.content instanceof Y.ContentType)) return
    for (let child = item.content.type._start; child !== null; child = child.right)
      if (!child.deleted) this.buryWhole(child)
  }

  /** Remembers an element or text right before it is removed. */
  bury(item: Y.Item): void {
    if (!(item.content instanceof Y.ContentType)) return
    const { type } = item.content
    const above = holder(item)
    const parent = above && keyOf(above.id)
    if (type instanceof Y.XmlElement) {
      const id: unknown = type.getAttribute('id')
      let left = item.left
      while (
        left !== null &&
        !(left.content instanceof Y.ContentType && left.content.type instanceof Y.XmlElement)
      )
        left = left.left
      if (typeof id === 'string') this.#fields.set(id, { ...type.getAttributes() })
      for (const [field, last] of type._map)
        for (let writer: Y.Item | null = last; writer !== null; writer = writer.left)
          this.#writers.set(keyOf(writer.id), { parent: keyOf(item.id), field })
      this.#blocks.set(keyOf(item.id), {
        name: type.nodeName,
        id: typeof id === 'string' ? id : undefined,
        previous: left === null ? undefined : keyOf(left.id),
        parent,
      })
    } else if (type instanceof Y.XmlText) {
      const { text, ids } = everWritten(type)
      const key = keyOf(item.id)
      this.#texts.set(key, { ids, block: parent })
      const block = blockIdAround(item)
      if (block !== undefined) this.#wrote(block, { text, ids })
      for (const [index, id] of ids.entries()) this.#chars.set(keyOf(id), { text: key, index })
      this.#forgetOldest()
    }
  }

  /**
   * Where text goes that was written beside a character: right after it, after what it became, or after the
   * nearest neighbour that still stands somewhere. Undefined when nothing of that text does.
   */
  find(
    doc: Y.Doc,
    left: Id | undefined,
    right: Id | undefined,
  ): { text: Y.XmlText; index: number } | undefined {
    if (left) {
      const spot = this.#follow(doc, left, true) ?? this.#neighbour(doc, left)
      if (spot) return spot
    }
    return right ? (this.#follow(doc, right, false) ?? this.#neighbour(doc, right)) : undefined
  }

  #neighbour(doc: Y.Doc, id: Id): { text: Y.XmlText; index: number } | undefined {
    const place = this.#chars.get(keyOf(id))
    const ids = (place && this.#texts.get(place.text)?.ids) ?? []
    const index = place?.index ?? 0
    for (let at = index; at >= 0; at -= 1) {
      const spot = this.#follow(doc, ids[at], true)
      if (spot) return spot
    }
    for (let at = index + 1; at < ids.length; at += 1) {
      const spot = this.#follow(doc, ids[at], false)
      if (spot) return spot
    }
    return undefined
  }

  #follow(doc: Y.Doc, id: Id | undefined, after: boolean): { text: Y.XmlText; index: number } | undefined {
    let current: Id | undefined = id
    for (let steps = 0; current && steps < 100; steps += 1) {
      const struct = structAt(doc, current)
      if (struct instanceof Y.Item && struct.parent instanceof Y.XmlText) {
        const next = this.wentTo(current)
        // A dead character in a living text still marks a place, but where it went is the better one.
        if (!struct.deleted || (next === undefined && struct.parent._item?.deleted === false)) {
          if (struct.parent._item?.deleted === false) return spotIn(struct.parent, struct, current, after)
        }
      }
      current = this.wentTo(current)
    }
    return undefined
  }

  #forgetOldest(): void {
    for (const [key, { ids }] of this.#texts) {
      if (this.#chars.size <= MOST_CHARS) return
      for (const id of ids) {
        this.#chars.delete(keyOf(id))
        this.#went.delete(keyOf(id))
        this.copies.forget(id)
      }
      this.#texts.delete(key)
    }
  }
}

/** Index in a text right after, or right before, one of its characters. */
function spotIn(text: Y.XmlText, item: Y.Item, id: Id, after: boolean): { text: Y.XmlText; index: number } {
  let index = 0
  for (let char = text._start; char !== null && char !== item; char = char.right)
    if (!char.deleted && char.countable) index += char.length
  // A formatting mark stands between two characters, and takes no place of its own.
  if (!item.deleted && item.countable) index += id.clock - item.id.clock + (after ? 1 : 0)
  return { text, index }
}

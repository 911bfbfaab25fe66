import * as Y from 'yjs'
import { blocksById } from './blocks-by-id.ts'
import type { Graves } from './graves.ts'
import { blockIdAround, type Chars, keyOf, pairMoved } from './moved-text.ts'
import { elementAt, placePiece, setField } from './place-piece.ts'
import { type Piece, strandedText, treeOf } from './stranded-pieces.ts'

// Two people who move the same block at the same time would leave two of it, since each writes it anew. The later
// move decides where it stands; what was written in the other copy meanwhile goes along.

/**
 * Keys of the blocks in an update that stand elsewhere too, because somebody else moved them at the same time;
 * inner blocks first. Pairs their text with the other copy's.
 */
export function movedTwice(doc: Y.Doc, graves: Graves, fresh: readonly Y.Item[]): string[] {
  const found: string[] = []
  let standing: Map<string, Y.XmlElement[]> | undefined
  for (const { id, content } of fresh) {
    if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.XmlElement)) continue
    const element = elementAt(doc, keyOf(id))
    const block: unknown = element?.getAttribute('id')
    if (!element || typeof block !== 'string' || !graves.removed(block)) continue
    standing ??= blocksById(doc)
    if ((standing.get(block)?.length ?? 0) < 2) continue
    found.unshift(keyOf(id))
    for (const { from, to } of pairMoved(graves.written(block), charsOf(element, block))) {
      const other = graves.standsFor(doc, from)
      if (other && keyOf(other) !== keyOf(to)) graves.went(other, to)
      else if (!other) graves.went(from, to)
    }
  }
  return found
}

/** Takes the other copies of a block away, after what only they hold went over. */
export function mergeInto(doc: Y.Doc, graves: Graves, key: string): void {
  const kept = elementAt(doc, key)
  const block: unknown = kept?.getAttribute('id')
  if (!kept || typeof block !== 'string') return
  for (const other of blocksById(doc).get(block) ?? []) {
    // A copy inside the other one cannot take it in; one inside a third copy went with that.
    if (
      other._item?.deleted !== false ||
      other === kept ||
      within(kept, other) ||
      other.nodeName !== kept.nodeName
    )
      continue
    const pieces = piecesOnlyIn(doc, graves, other, other)
    const before = graves.fieldsOf(block)
    for (const [name, value] of Object.entries(other.getAttributes())) {
      const mine: unknown = kept.getAttribute(name)
      // Changed in the other copy since it was moved, and not in this one.
      if (before && JSON.stringify(mine) === JSON.stringify(before[name])) setField(kept, name, value)
    }
    remove(graves, other)
    for (const piece of pieces) placePiece(doc, graves, piece)
  }
}

/** What stands in an element of a copy and nowhere outside that copy. */
function piecesOnlyIn(doc: Y.Doc, graves: Graves, copy: Y.XmlElement, element: Y.XmlElement): Piece[] {
  const pieces: Piece[] = []
  const parent = element._item ? keyOf(element._item.id) : undefined
  let previous: string | undefined
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlText) {
      const known = (id: Y.ID): boolean => {
        const next = graves.wentTo(id)
        return next !== undefined && graves.standsFor(doc, next) !== undefined
      }
      pieces.push(...strandedText(child, known, parent))
    } else if (child instanceof Y.XmlElement) {
      const id: unknown = child.getAttribute('id')
      const elsewhere = typeof id === 'string' ? blocksById(doc).get(id) : undefined
      if (elsewhere?.every((each) => within(each, copy)))
        pieces.push({ kind: 'block', tree: treeOf(child), previous, parent })
      else pieces.push(...piecesOnlyIn(doc, graves, copy, child))
      previous = child._item ? keyOf(child._item.id) : undefined
    }
  }
  return pieces
}

function remove(graves: Graves, element: Y.XmlElement): void {
  const bury = (type: Y.XmlElement | Y.XmlText): void => {
    if (type._item) graves.bury(type._item)
    tookCopy(graves, type)
    if (type instanceof Y.XmlElement)
      for (const child of type.toArray())
        if (child instanceof Y.XmlElement || child instanceof Y.XmlText) bury(child)
  }
  bury(element)
  const { parent } = element
  if (parent instanceof Y.XmlElement || parent instanceof Y.XmlFragment)
    parent.delete(parent.toArray().indexOf(element), 1)
}

function tookCopy({ copies }: Graves, type: Y.XmlElement | Y.XmlText): void {
  if (type instanceof Y.XmlElement) {
    const block: unknown = type.getAttribute('id')
    if (typeof block === 'string' && type._item) copies.tookBlock(block, type._item.id)
    return
  }
  for (let item = type._start; item !== null; item = item.right)
    for (let offset = 0; !item.deleted && offset < item.length; offset += 1)
      copies.took({ client: item.id.client, clock: item.id.clock + offset })
}

function within(inner: Y.XmlElement, outer: Y.XmlElement): boolean {
  return outer._item !== null && Y.isParentOf(outer, inner._item)
}

/** Text in a block, leaving out the blocks in it that have ids of their own. */
function charsOf(element: Y.XmlElement, block: string): Chars[] {
  const found: Chars[] = []
  const visit = (type: Y.XmlElement): void => {
    for (const child of type.toArray()) {
      if (child instanceof Y.XmlText && child._item && blockIdAround(child._item) === block) {
        const chars: Chars = { text: '', ids: [] }
        for (let item = child._start; item !== null; item = item.right) {
          if (item.deleted || !(item.content instanceof Y.ContentString)) continue
          chars.text += item.content.str
          for (let offset = 0; offset < item.length; offset += 1)
            chars.ids.push({ client: item.id.client, clock: item.id.clock + offset })
        }
        found.push(chars)
      } else if (child instanceof Y.XmlElement) visit(child)
    }
  }
  visit(element)
  return found
}

import * as Y from 'yjs'
import { BlockId } from '../ids.ts'
import { findBlock, logFragment } from './document.ts'
import type { Graves } from './graves.ts'
import { idOf, structAt } from './moved-text.ts'
import type { Piece, TextRun, Tree } from './stranded-pieces.ts'

type Parent = Y.XmlElement | Y.XmlFragment
type Spot = { parent: Parent; index: number }

const textBlocks = new Set(['paragraph', 'heading', 'goalTitle', 'measure', 'evaluation'])
const containers = new Set(['goal', 'concern', 'decision', 'listItem'])

/** Writes a piece of late writing where its neighbours went, or else where the block around it stood. */
export function placePiece(doc: Y.Doc, graves: Graves, piece: Piece): void {
  if (piece.kind === 'field' && piece.name === 'id') keepBlock(doc, graves, piece.block, piece.value)
  else if (piece.kind === 'field') {
    const block = living(doc, graves, piece.block)
    if (block) setField(block, piece.name, piece.value)
  } else if (piece.kind === 'text') placeText(doc, graves, piece)
  else placeBlock(doc, graves, piece)
}

/**
 * Somebody made an element this block, as the binding does where one comes in before another, while somebody else
 * removed that element or made it another block: this block has none now, unless it stands elsewhere.
 */
function keepBlock(doc: Y.Doc, graves: Graves, key: string, value: unknown): void {
  const id = BlockId.safeParse(value)
  const element = elementAt(doc, key)
  const name = element?.nodeName ?? graves.block(key)?.name
  if (!id.success || !name) return
  if (!findBlock(doc, id.data)) {
    const { parent, index } = element ? besides(doc, element) : spotOf(doc, graves, key)
    const fields = { ...graves.fieldsOf(id.data), id: id.data }
    write(doc, graves, parent, index, { name, fields, children: [] })
  }
  graves.becomes(key, id.data)
}

const besides = (doc: Y.Doc, element: Y.XmlElement): Spot =>
  element.parent instanceof Y.XmlElement || element.parent instanceof Y.XmlFragment
    ? { parent: element.parent, index: indexOf(element) + 1 }
    : end(doc)

function placeText(doc: Y.Doc, graves: Graves, { run, left, right, block }: Piece & { kind: 'text' }): void {
  const spot = graves.find(doc, left, right)
  if (spot) {
    writeRun(doc, graves, spot.text, spot.index, run)
    return
  }
  const home = block === undefined ? undefined : living(doc, graves, block)
  if (home && textBlocks.has(home.nodeName)) {
    const last = home.length > 0 ? home.get(home.length - 1) : undefined
    const text = last instanceof Y.XmlText ? last : new Y.XmlText()
    if (text !== last) home.insert(home.length, [text])
    writeRun(doc, graves, text, text.length, run)
    return
  }
  const { parent, index } = block === undefined ? end(doc) : spotOf(doc, graves, block)
  write(doc, graves, parent, index, { name: 'paragraph', fields: {}, children: [run] })
}

function placeBlock(doc: Y.Doc, graves: Graves, { tree, previous, parent }: Piece & { kind: 'block' }): void {
  if (tree.name === 'mention' || tree.name === 'hardBreak') return
  const above = parent === undefined ? logFragment(doc) : living(doc, graves, parent)
  const before = previous === undefined ? undefined : living(doc, graves, previous)
  const spot =
    above && before && before.parent === above
      ? { parent: above, index: indexOf(before) + 1 }
      : above && accepts(above, tree.name)
        ? { parent: above, index: previous === undefined && parent !== undefined ? 0 : above.length }
        : parent === undefined
          ? end(doc)
          : spotOf(doc, graves, parent)
  // A list item outside a list, or a title outside a goal, goes on as what it holds.
  let index = spot.index
  for (const each of fitting(spot.parent, tree)) {
    write(doc, graves, spot.parent, index, each)
    index += 1
  }
}

function fitting(parent: Parent, tree: Tree): Tree[] {
  if (accepts(parent, tree.name)) return [tree]
  if (textBlocks.has(tree.name)) return [{ ...tree, name: 'paragraph', fields: {} }]
  return tree.children.flatMap((child) => ('name' in child ? fitting(parent, child) : []))
}

function accepts(parent: Parent, name: string): boolean {
  const around = parent instanceof Y.XmlElement ? parent.nodeName : 'doc'
  if (around === 'bulletList' || around === 'orderedList') return name === 'listItem'
  if (name === 'goalTitle') return around === 'goal'
  return name !== 'listItem' && (around === 'doc' || containers.has(around))
}

const end = (doc: Y.Doc): Spot => ({ parent: logFragment(doc), index: logFragment(doc).length })

const indexOf = (element: Y.XmlElement): number =>
  element.parent instanceof Y.XmlElement || element.parent instanceof Y.XmlFragment
    ? element.parent.toArray().indexOf(element)
    : 0

export function elementAt(doc: Y.Doc, key: string): Y.XmlElement | undefined {
  const struct = structAt(doc, idOf(key))
  if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentType))
    return undefined
  return struct.content.type instanceof Y.XmlElement ? struct.content.type : undefined
}

/** The element with this key, or the block that carries on its id. */
function living(doc: Y.Doc, graves: Graves, key: string): Y.XmlElement | undefined {
  const element = elementAt(doc, key)
  if (element) return element
  const id = BlockId.safeParse(graves.block(key)?.id)
  return id.success ? findBlock(doc, id.data) : undefined
}

/** Where a removed block stood: after the nearest block before it that still stands. */
function spotOf(doc: Y.Doc, graves: Graves, key: string, steps = 0): Spot {
  const grave = graves.block(key)
  if (!grave || steps > 100) return end(doc)
  for (let previous = grave.previous, tries = 0; previous !== undefined && tries < 1000; tries += 1) {
    const before = elementAt(doc, previous)
    if (before) return blockSpot(before.parent, indexOf(before) + 1, doc)
    previous = graves.block(previous)?.previous
  }
  if (grave.parent === undefined) return { parent: logFragment(doc), index: 0 }
  const above = living(doc, graves, grave.parent)
  if (above)
    return blockSpot(above, above.get(0) instanceof Y.XmlElement && isTitle(above.get(0)) ? 1 : 0, doc)
  return spotOf(doc, graves, grave.parent, steps + 1)
}

const isTitle = (type: unknown): boolean => type instanceof Y.XmlElement && type.nodeName === 'goalTitle'

/** The same spot, or the nearest one after it where a paragraph may stand. */
function blockSpot(parent: unknown, index: number, doc: Y.Doc): Spot {
  if (parent instanceof Y.XmlElement) {
    if (accepts(parent, 'paragraph')) return { parent, index }
    return blockSpot(parent.parent, indexOf(parent) + 1, doc)
  }
  return parent instanceof Y.XmlFragment ? { parent, index } : end(doc)
}

export function setField(
  element: Y.XmlElement<Record<string, NonNullable<unknown>>>,
  name: string,
  value: unknown,
): void {
  if (value !== null && value !== undefined) element.setAttribute(name, value)
}

function write(doc: Y.Doc, graves: Graves, parent: Parent, index: number, tree: Tree): void {
  const element = new Y.XmlElement(tree.name)
  parent.insert(index, [element])
  for (const [name, value] of Object.entries(tree.fields)) setField(element, name, value)
  for (const child of tree.children) {
    if ('name' in child) write(doc, graves, element, element.length, child)
    else {
      const text = new Y.XmlText()
      element.insert(element.length, [text])
      writeRun(doc, graves, text, 0, child)
    }
  }
}

function writeRun(
  doc: Y.Doc,
  graves: Graves,
  text: Y.XmlText,
  index: number,
  { text: string, ids }: TextRun,
): void {
  if (string === '') return
  const clock = Y.getState(doc.store, doc.clientID)
  text.insert(index, string)
  graves.wroteAgain(ids, { client: doc.clientID, clock })
}

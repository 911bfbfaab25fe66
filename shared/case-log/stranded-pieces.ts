import * as Y from 'yjs'
import { holder, type Id, keyOf } from './moved-text.ts'

/** A block that has to be written again, with the Yjs ids of its characters. */
export type Tree = { name: string; fields: Record<string, unknown>; children: (Tree | TextRun)[] }
export type TextRun = { text: string; ids: Id[] }

/** Something written in a block that somebody else took away at the same time. */
export type Piece =
  /** Text, beside the characters it was written between. `block` is the key of the element around it. */
  | { kind: 'text'; run: TextRun; left: Id | undefined; right: Id | undefined; block: string | undefined }
  /** A block in a block; `previous` is the key of the one before it. */
  | { kind: 'block'; tree: Tree; previous: string | undefined; parent: string | undefined }
  | { kind: 'field'; block: string; name: string; value: unknown }

export type TextPiece = Piece & { kind: 'text' }

type Deletes = ReturnType<typeof Y.createDeleteSet>

const unseen = (item: Y.Item, ds: Deletes): boolean => !item.deleted && !Y.isDeleted(ds, item.id)

/** Elements and texts in a type that is about to be removed, which the remover had not seen. */
export const strandedTypes = ({ content }: Y.Item, ds: Deletes): Y.Item[] => {
  const found: Y.Item[] = []
  if (content instanceof Y.ContentType)
    for (let child = content.type._start; child !== null; child = child.right)
      if (child.content instanceof Y.ContentType && unseen(child, ds)) found.push(child)
  return found
}

/** What stands in a type that is about to be removed and that the remover had not seen. */
export function strandedPieces(item: Y.Item, ds: Deletes): Piece[] {
  if (!(item.content instanceof Y.ContentType)) return []
  const { type } = item.content
  const key = keyOf(item.id)
  const above = holder(item)
  if (type instanceof Y.XmlText)
    return strandedText(type, (id) => Y.isDeleted(ds, id), above && keyOf(above.id))
  if (!(type instanceof Y.XmlElement)) return []
  const pieces: Piece[] = []
  let previous: string | undefined
  for (let child = type._start; child !== null; child = child.right) {
    if (!(child.content instanceof Y.ContentType)) continue
    const inner = child.content.type
    if (unseen(child, ds)) {
      if (inner instanceof Y.XmlElement)
        pieces.push({ kind: 'block', tree: treeOf(inner), previous, parent: key })
      else if (inner instanceof Y.XmlText) {
        const run = runOf(inner)
        if (run.text !== '') pieces.push({ kind: 'text', run, left: undefined, right: undefined, block: key })
      }
    }
    if (inner instanceof Y.XmlElement) previous = keyOf(child.id)
  }
  for (const [name, field] of type._map)
    if (unseen(field, ds))
      pieces.push({ kind: 'field', block: key, name, value: field.content.getContent().at(-1) })
  return pieces
}

/** The parts of a text that somebody has not accounted for, between their neighbours. */
export function strandedText(
  text: Y.XmlText,
  known: (id: Y.ID) => boolean,
  block: string | undefined,
): TextPiece[] {
  const pieces: TextPiece[] = []
  let open: TextPiece | undefined
  let left: Id | undefined
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.countable && !(item.content instanceof Y.ContentDeleted)) continue
    for (let offset = 0; offset < item.length; offset += 1) {
      const id = Y.createID(item.id.client, item.id.clock + offset)
      if (item.content instanceof Y.ContentString && !item.deleted && !known(id)) {
        if (!open) {
          open = { kind: 'text', run: { text: '', ids: [] }, left, right: undefined, block }
          pieces.push(open)
        }
        open.run.text += item.content.str[offset]
        open.run.ids.push(id)
      } else if (open) {
        open.right = id
        open = undefined
      }
      left = id
    }
  }
  return pieces
}

const runOf = (text: Y.XmlText): TextRun => {
  const run: TextRun = { text: '', ids: [] }
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    run.text += item.content.str
    for (let offset = 0; offset < item.length; offset += 1)
      run.ids.push({ client: item.id.client, clock: item.id.clock + offset })
  }
  return run
}

export function treeOf(element: Y.XmlElement): Tree {
  const children: (Tree | TextRun)[] = []
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlElement) children.push(treeOf(child))
    else if (child instanceof Y.XmlText) children.push(runOf(child))
  }
  return { name: element.nodeName, fields: { ...element.getAttributes() }, children }
}

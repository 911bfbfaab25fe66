import * as Y from 'yjs'
import { blocksById } from './blocks-by-id.ts'
import type { Copies, Named, Seen } from './copies.ts'
import type { Graves } from './graves.ts'
import type { Renamed } from './kept-ids.ts'
import { type Chars, eachStanding, holder, type Id, keyOf, pairMoved, structAt } from './moved-text.ts'
import { elementAt } from './place-piece.ts'
import { type Piece, strandedText, type TextPiece, type TextRun, type Tree } from './stranded-pieces.ts'

type Deletes = ReturnType<typeof Y.createDeleteSet>
/** More characters than this are not looked at one by one: an update may name all that was ever deleted. */
const MOST_LOOKED_AT = 20_000
type BlockPiece = Piece & { kind: 'block' }

/** Copies that an update takes away. */
export type TakenCopies = {
  texts: TextPiece[]
  blocks: { block: string; id: Id; depth: number; piece: BlockPiece | undefined }[]
}

/**
 * Joins what an update carries elsewhere, and what was gone when it arrived, with what stands for it now: the server
 * has written it again, so there are two.
 */
export function joinCarried(
  doc: Y.Doc,
  graves: Graves,
  named: readonly Named[],
  written: readonly Chars[],
): void {
  const size = named.reduce((sum, { length }) => sum + length, 0)
  if (written.length === 0 || size > MOST_LOOKED_AT) return
  const gone = named.flatMap(({ client, clock, length }) => {
    const chars: Chars = { text: '', ids: [] }
    for (let offset = 0; offset < length; offset += 1) {
      const id = { client, clock: clock + offset }
      if (graves.wentTo(id) === undefined || structAt(doc, id)?.deleted === false) continue
      const char = charAt(doc, graves.standsFor(doc, id) ?? graves.copies.standing(doc, id))
      if (char === undefined) continue
      chars.text += char
      chars.ids.push(id)
    }
    return chars.text === '' ? [] : [chars]
  })
  for (const { from, to } of pairMoved(gone, written)) graves.copies.join(from, to)
}

/**
 * Joins what an undo brings back with its copies: Yjs writes what was deleted anew, right before what it stands for
 * (`redoItem`). Letters that only happen to be typed there say something else than the copy that stands.
 */
export function joinBroughtBack(doc: Y.Doc, copies: Copies, fresh: readonly Y.Item[]): void {
  for (const { id, content, rightOrigin } of fresh) {
    if (!(content instanceof Y.ContentString) || rightOrigin === null) continue
    for (let offset = 0; offset < content.str.length; offset += 1) {
      const old = { client: rightOrigin.client, clock: rightOrigin.clock + offset }
      if (!copies.has(old) || structAt(doc, old)?.deleted !== true) break
      if (charAt(doc, copies.standing(doc, old)) !== content.str[offset]) continue
      copies.join(old, { client: id.client, clock: id.clock + offset })
    }
  }
}

function charAt(doc: Y.Doc, id: Id | undefined): string | undefined {
  if (!id) return undefined
  const struct = structAt(doc, id)
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return undefined
  return struct.content.str[id.clock - struct.id.clock]
}

/** To be asked right before an update is applied: what it takes of which there were several. */
export function takenCopies(
  doc: Y.Doc,
  copies: Copies,
  ds: Deletes,
  renamed: readonly Renamed[],
): TakenCopies {
  const blocks: TakenCopies['blocks'] = []
  const takeBlock = (block: string, item: Y.Item, element: Y.XmlElement): void => {
    const piece = copies.blockTaken(block) ? pieceOf(item, element, ds) : undefined
    blocks.push({ block, id: item.id, depth: depthOf(item), piece })
  }
  // What becomes another block is that one no more.
  for (const { key, was } of renamed) {
    const element = elementAt(doc, key)
    if (element?._item) takeBlock(was, element._item, element)
  }
  const chars = new Map<Y.XmlText, Set<string>>()
  eachStanding(doc, ds, (item, from, to) => {
    if (item.content instanceof Y.ContentString && item.parent instanceof Y.XmlText) {
      for (let clock = item.id.clock + from; clock < item.id.clock + to; clock += 1) {
        const id = { client: item.id.client, clock }
        if (!copies.has(id)) continue
        const keys = chars.get(item.parent) ?? new Set<string>()
        chars.set(item.parent, keys.add(keyOf(id)))
      }
    } else if (item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement) {
      const block: unknown = item.content.type.getAttribute('id')
      if (typeof block === 'string') takeBlock(block, item, item.content.type)
    }
  })
  // What stood in another comes after it, and may go back into it.
  blocks.sort((one, other) => one.depth - other.depth)
  const texts = [...chars].flatMap(([text, keys]) => {
    const above = text._item && holder(text._item)
    return strandedText(text, (id) => !keys.has(keyOf(id)), above ? keyOf(above.id) : undefined)
  })
  return { texts, blocks }
}

/**
 * To be asked right after it was applied: what has to be written again, because its writer took one of two copies
 * and could not know that the other was gone. `moved` are the characters that the update carries elsewhere, `made` the
 * blocks that it writes.
 */
export function lastCopies(
  doc: Y.Doc,
  copies: Copies,
  { texts, blocks }: TakenCopies,
  { moved, made, seen }: { moved: ReadonlySet<string>; made: ReadonlySet<unknown>; seen: Seen },
): Piece[] {
  const pieces: Piece[] = []
  const back = new Set<string>()
  if (blocks.length > 0) {
    const standing = blocksById(doc)
    for (const { block, id, piece } of blocks) {
      if (made.has(block)) continue
      if (standing.has(block)) copies.tookBlock(block, id, seen)
      else if (piece && copies.blockBelieved(block, seen)) {
        const stands = (run: Id): boolean =>
          back.has(keyOf(run)) || moved.has(keyOf(run)) || copies.stands(doc, run)
        const tree = without(piece.tree, stands, new Set([...standing.keys(), ...pieces.flatMap(idsIn)]))
        for (const id of charsIn(tree)) back.add(keyOf(id))
        pieces.push({ ...piece, tree })
        copies.gaveBackBlock(block)
      }
    }
  }
  for (const { run, ...place } of texts) {
    const again: TextRun = { text: '', ids: [] }
    for (const [index, id] of run.ids.entries()) {
      if (moved.has(keyOf(id)) || back.has(keyOf(id))) continue
      if (copies.stands(doc, id)) copies.took(id, seen)
      else if (copies.believed(id, seen)) {
        copies.gaveBack(id)
        again.text += run.text[index]
        again.ids.push(id)
      }
    }
    if (again.text !== '') pieces.push({ ...place, run: again })
  }
  return pieces
}

/** A block that is about to be taken away, with what its writer knows of it. */
function pieceOf(item: Y.Item, element: Y.XmlElement, ds: Deletes): BlockPiece {
  const above = holder(item)
  let left = item.left
  while (
    left !== null &&
    !(left.content instanceof Y.ContentType && left.content.type instanceof Y.XmlElement)
  )
    left = left.left
  return {
    kind: 'block',
    tree: treeTaken(element, ds),
    previous: left === null ? undefined : keyOf(left.id),
    parent: above && keyOf(above.id),
  }
}

function depthOf(item: Y.Item): number {
  const above = holder(item)
  return above ? depthOf(above) + 1 : 0
}

function treeTaken(element: Y.XmlElement, ds: Deletes): Tree {
  const children: (Tree | TextRun)[] = []
  for (const child of element.toArray()) {
    if (!child._item || !Y.isDeleted(ds, child._item.id)) continue
    if (child instanceof Y.XmlElement) children.push(treeTaken(child, ds))
    else if (child instanceof Y.XmlText) {
      const runs = strandedText(child, (id) => !Y.isDeleted(ds, id), undefined).map(({ run }) => run)
      children.push({ text: runs.map(({ text }) => text).join(''), ids: runs.flatMap(({ ids }) => ids) })
    }
  }
  return { name: element.nodeName, fields: { ...element.getAttributes() }, children }
}

/** A tree without what stands elsewhere. */
function without(tree: Tree, stands: (id: Id) => boolean, standing: ReadonlySet<unknown>): Tree {
  return {
    ...tree,
    children: tree.children.flatMap((child): (Tree | TextRun)[] => {
      if ('name' in child) return standing.has(child.fields['id']) ? [] : [without(child, stands, standing)]
      const left: TextRun = { text: '', ids: [] }
      for (const [index, id] of child.ids.entries()) {
        if (stands(id)) continue
        left.text += child.text[index]
        left.ids.push(id)
      }
      return [left]
    }),
  }
}

const charsIn = (tree: Tree): Id[] =>
  tree.children.flatMap((child) => ('name' in child ? charsIn(child) : child.ids))

const idsIn = (piece: Piece): unknown[] => (piece.kind === 'block' ? namesIn(piece.tree) : [])

const namesIn = ({ fields, children }: Tree): unknown[] => [
  fields['id'],
  ...children.flatMap((child) => ('name' in child ? namesIn(child) : [])),
]

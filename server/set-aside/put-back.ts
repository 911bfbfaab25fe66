import * as Y from 'yjs'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { type BlockJson, paragraph } from '../../shared/blocks/json.ts'
import { elementsOf, logFragment } from '../../shared/case-log/document.ts'
import { BlockId } from '../../shared/ids.ts'
import { knownContent } from '../collab/known-content.ts'
import { type ItemId, type Piece, wordsOf } from './pieces.ts'

/**
 * Writes pieces into a log again, each as near to where it stood as the log allows, and at its end where nothing is
 * left of that place. As new text: what is under its old ids may be anybody's by now.
 */
export function putBack(doc: Y.Doc, pieces: readonly Piece[]): void {
  const ids = idsIn(logFragment(doc))
  doc.transact(() => {
    // From the last to the first, so that those that stood after the same thing keep their order.
    const unplaced = pieces.toReversed().filter((piece) => !place(doc, piece, ids))
    for (const { what } of unplaced.toReversed()) {
      const log = logFragment(doc)
      log.insert(log.length, elementsFor('block' in what ? what.block : paragraph(what.text), ids))
    }
  })
}

function place(doc: Y.Doc, { parent, after, what }: Piece, ids: Set<string>): boolean {
  if ('text' in what) {
    const left = after && itemAt(doc, after)
    if (left && left.parent instanceof Y.XmlText && standsIn(left.parent)) {
      left.parent.insert(indexAfter(left.parent, after), what.text, what.marks)
      return true
    }
    const element = after === null && parent ? elementAt(doc, parent) : undefined
    if (!element || !knownContent().textBlocks.has(element.nodeName)) return false
    textIn(element).insert(0, what.text, what.marks)
    return true
  }
  const into = parent === null ? logFragment(doc) : elementAt(doc, parent)
  const name = into instanceof Y.XmlElement ? into.nodeName : 'doc'
  if (!into || !knownContent().children.get(name)?.has(what.block.type)) return false
  const index = after === null ? 0 : childrenUpTo(into, after)
  if (index === undefined) return false
  into.insert(index, elementsFor(what.block, ids))
  return true
}

/** The block as the editor would make it; one that the schema does not know is its words alone. */
function elementsFor(block: BlockJson, ids: Set<string>): Y.XmlElement[] {
  const top = knownContent().children.get('doc')?.has(block.type) === true
  try {
    if (top) return elementsOf([withOwnIds(block, ids)])
  } catch {
    // What a stranger made up: below.
  }
  return elementsOf(
    wordsOf(block)
      .split('\n')
      .map((line) => paragraph(line)),
  )
}

/** An id that is taken would make two blocks one [BL4]. */
function withOwnIds(block: BlockJson, ids: Set<string>): BlockJson {
  const { attrs = {}, content } = block
  const given = BlockId.safeParse(attrs['id']).data
  const id = given && !ids.has(given) ? given : newBlockId()
  if (given) ids.add(id)
  return {
    ...block,
    ...(block.type === 'text' ? {} : { attrs: { ...attrs, ...(given ? { id } : {}) } }),
    ...(content ? { content: content.map((child) => withOwnIds(child, ids)) } : {}),
  }
}

function idsIn(parent: Y.XmlFragment, ids = new Set<string>()): Set<string> {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    const id = child.getAttribute('id')
    if (typeof id === 'string') ids.add(id)
    idsIn(child, ids)
  }
  return ids
}

function itemAt(doc: Y.Doc, { client, clock }: ItemId): Y.Item | undefined {
  if (clock >= Y.getState(doc.store, client)) return undefined
  const structs = doc.store.clients.get(client) ?? []
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? struct : undefined
}

function elementAt(doc: Y.Doc, id: ItemId): Y.XmlElement | undefined {
  const item = itemAt(doc, id)
  const type = item?.content instanceof Y.ContentType ? item.content.type : undefined
  return type instanceof Y.XmlElement && standsIn(type) ? type : undefined
}

/** Whether something is in the log, with everything around it. */
function standsIn(type: { _item: Y.Item | null }): boolean {
  for (let item = type._item; item !== null; ) {
    if (item.deleted || !(item.parent instanceof Y.AbstractType)) return false
    item = item.parent._item
  }
  return true
}

function textIn(element: Y.XmlElement): Y.XmlText {
  const first = element.get(0)
  if (first instanceof Y.XmlText) return first
  const text = new Y.XmlText()
  element.insert(0, [text])
  return text
}

/** Characters that show up to and including this one. */
function indexAfter(text: Y.XmlText, id: ItemId): number {
  let index = 0
  for (let item = text._start; item !== null; item = item.right) {
    const inIt =
      item.id.client === id.client && item.id.clock <= id.clock && id.clock < item.id.clock + item.length
    if (!item.deleted && item.countable) index += inIt ? id.clock - item.id.clock + 1 : item.length
    if (inIt) break
  }
  return index
}

/** Children that show up to and including this one; undefined when it is not among them. */
function childrenUpTo(parent: Y.XmlFragment, id: ItemId): number | undefined {
  let index = 0
  for (let item = parent._start; item !== null; item = item.right) {
    if (!item.deleted && item.countable) index += item.length
    if (item.id.client === id.client && item.id.clock <= id.clock && id.clock < item.id.clock + item.length)
      return index
  }
  return undefined
}

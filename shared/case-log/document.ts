import type { Mark, Node } from '@tiptap/pm/model'
import * as Y from 'yjs'
import type { BlockJson } from '../blocks/json.ts'
import { editorSchema } from '../blocks/registry.ts'
import { LOG_FRAGMENT } from '../collab/protocol.ts'
import type { BlockId } from '../ids.ts'
import { markKey } from './mark-key.ts'

// The only file with knowledge of Y.Doc keys. Blocks are written as the editor's binding (y-tiptap) writes
// them: one XmlElement a block, one attribute a field, runs of text in one XmlText.

/** The XML fragment that holds the text of a log. */
export const logFragment = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(LOG_FRAGMENT)

type Parent = Y.XmlFragment | Y.XmlElement

/** Elements among the children of a fragment or block; text is left out. */
export const childElements = (parent: Parent): Y.XmlElement[] =>
  parent.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement)

/** Yjs item id of a type as `client:clock`: the identity of a paragraph in bylines. */
export function itemKey(type: Y.XmlElement | Y.XmlText): string {
  const item = type._item
  return item === null ? '' : `${item.id.client}:${item.id.clock}`
}

/** Characters of one XmlText, formatting left out. */
export function plainText(text: Y.XmlText): string {
  let words = ''
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentString) words += item.content.str
  return words
}

const marksToFormat = (marks: readonly Mark[]): Record<string, unknown> =>
  Object.fromEntries(marks.map((mark) => [markKey(mark), mark.attrs]))

/**
 * An element as the binding would make it, save for one thing: a text block always gets its XmlText, so
 * that two people who start typing in an empty one at the same time type in the same text [BL1].
 */
function elementOf(node: Node): Y.XmlElement {
  const element = new Y.XmlElement(node.type.name)
  // Defaults are written too: the binding would add them at the first touch, over a colleague's value [BL2].
  for (const [name, value] of Object.entries(node.attrs))
    if (value !== null) element.setAttribute(name, value)
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let run: { insert: string; attributes: Record<string, unknown> }[] = []
  const flush = (): void => {
    if (run.length === 0 && !(node.isTextblock && children.length === 0)) return
    const text = new Y.XmlText()
    text.applyDelta(run)
    children.push(text)
    run = []
  }
  node.forEach((child) => {
    if (child.isText) {
      run.push({ insert: child.text ?? '', attributes: marksToFormat(child.marks) })
      return
    }
    flush()
    children.push(elementOf(child))
  })
  flush()
  element.insert(0, children)
  return element
}

/** Checks blocks against the schema and makes Yjs elements of them; throws RangeError on what the schema does not know. */
export function elementsOf(blocks: readonly BlockJson[]): Y.XmlElement[] {
  return blocks.map((block) => {
    const node = editorSchema().nodeFromJSON(block)
    node.check()
    return elementOf(node)
  })
}

/** The first block with this id, in the order of the text. */
export function findBlock(doc: Y.Doc, id: BlockId): Y.XmlElement | undefined {
  const search = (parent: Parent): Y.XmlElement | undefined => {
    for (const child of childElements(parent)) {
      const found = child.getAttribute('id') === id ? child : search(child)
      if (found) return found
    }
    return undefined
  }
  return search(logFragment(doc))
}

/** Adds blocks at the end of the log, or at the end of the block `into`. False when that block is gone. */
export function appendBlocks(doc: Y.Doc, blocks: readonly BlockJson[], into?: BlockId): boolean {
  const parent = into === undefined ? logFragment(doc) : findBlock(doc, into)
  if (!parent) return false
  const elements = elementsOf(blocks)
  doc.transact(() => parent.insert(parent.length, elements))
  return true
}

/** Adds a signed line: a paragraph at the end of the log. Returns its key in bylines, `client:clock`. */
export function appendParagraph(doc: Y.Doc, text: string): string {
  const log = logFragment(doc)
  const [element] = elementsOf([{ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] }])
  if (!element) return ''
  doc.transact(() => log.insert(log.length, [element]))
  return itemKey(element)
}

/** Takes a block of this kind out of the log. False when it is gone. */
export function removeBlock(doc: Y.Doc, id: BlockId, kind: string): boolean {
  const block = findBlock(doc, id)
  const { parent } = block ?? {}
  if (block?.nodeName !== kind || !(parent instanceof Y.XmlFragment)) return false
  doc.transact(() => parent.delete(parent.toArray().indexOf(block), 1))
  return true
}

/** What a field of a block may hold; `null` takes the attribute away. */
export type FieldValue = string | number | readonly string[] | null

/** Sets single fields of a block; each is its own Yjs attribute [BL2]. False when the block is gone. */
export function setBlockFields(
  doc: Y.Doc,
  id: BlockId,
  fields: Readonly<Record<string, FieldValue>>,
): boolean {
  const block: Y.XmlElement<Record<string, string | number | readonly string[]>> | undefined = findBlock(
    doc,
    id,
  )
  if (!block) return false
  doc.transact(() => {
    for (const [name, value] of Object.entries(fields)) {
      if (value === null) block.removeAttribute(name)
      else block.setAttribute(name, value)
    }
  })
  return true
}

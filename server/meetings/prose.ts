import type * as Y from 'yjs'
import { childElements, findBlock } from '../../shared/case-log/document.ts'
import { blockText } from '../../shared/case-log/outline.ts'
import type { BlockId } from '../../shared/ids.ts'

/** What the record tells of by itself. */
const toldElsewhere = new Set(['goal', 'measure', 'evaluation', 'decision', 'concern'])

/** What was written together in the minutes, a paragraph a line. */
export function minutesText(doc: Y.Doc, id: BlockId): string {
  const block = findBlock(doc, id)
  return block ? proseIn(block).join('\n') : ''
}

const proseIn = (parent: Y.XmlElement): string[] =>
  childElements(parent).flatMap((child) => {
    if (toldElsewhere.has(child.nodeName)) return []
    if (child.nodeName !== 'paragraph' && child.nodeName !== 'heading') return proseIn(child)
    const text = blockText(child).trim()
    return text === '' ? [] : [text]
  })

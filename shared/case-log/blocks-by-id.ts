import * as Y from 'yjs'
import { logFragment } from './document.ts'

/** Every element that carries an id, by that id; more than one where two people moved a block at once. */
export function blocksById(doc: Y.Doc): Map<string, Y.XmlElement[]> {
  const found = new Map<string, Y.XmlElement[]>()
  const visit = (parent: Y.XmlFragment | Y.XmlElement): void => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue
      const id: unknown = child.getAttribute('id')
      if (typeof id === 'string') found.set(id, [...(found.get(id) ?? []), child])
      visit(child)
    }
  }
  visit(logFragment(doc))
  return found
}

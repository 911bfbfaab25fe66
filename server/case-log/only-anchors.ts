import * as Y from 'yjs'
import { markName } from '../collab/known-content.ts'
import type { Struct } from '../collab/scan.ts'

/** Whether a struct is a comment's mark: it says where somebody spoke, and is nothing that anybody wrote. */
export const isAnchor = ({ content }: Pick<Struct, 'content'>): boolean =>
  content.kind === 'mark' && markName(content.key) === 'comment'

/** Whether what a client wrote from one clock to another, and the document holds, are marks of comments alone. */
export function onlyAnchors(doc: Y.Doc, client: number, from: number, to: number): boolean {
  const structs = doc.store.clients.get(client) ?? []
  if (to <= from) return false
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= to) break
    const content = struct instanceof Y.Item ? struct.content : undefined
    if (!(content instanceof Y.ContentFormat) || markName(content.key) !== 'comment') return false
  }
  return true
}

import * as Y from 'yjs'
import type { DeletedRange } from '../collab/scan.ts'

/** Deleted text as it stood in one XmlText, with where each character came from. */
export type Segment = { text: string; from: { client: number; clock: number; length: number }[] }

/** Beyond this much text the match would cost others time; then the mover counts as the writer. */
const MOST_TEXT = 200_000

/** The text that the update deletes, in the order of the log: neighbours in one XmlText are one segment. */
export function deletedText(doc: Y.Doc, deletes: readonly DeletedRange[]): Segment[] {
  const parts = new Map<Y.Item, { from: number; to: number }>()
  const texts = new Set<Y.XmlText>()
  let size = 0
  for (const { client, clock, length } of deletes) {
    const structs = doc.store.clients.get(client) ?? []
    const end = clock + length
    if (clock >= Y.getState(doc.store, client)) continue
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
      const struct = structs[index]
      if (!struct || struct.id.clock >= end) break
      if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentString))
        continue
      const from = Math.max(clock, struct.id.clock) - struct.id.clock
      const to = Math.min(end, struct.id.clock + struct.length) - struct.id.clock
      size += to - from
      if (size > MOST_TEXT) return []
      parts.set(struct, { from, to })
      if (struct.parent instanceof Y.XmlText) texts.add(struct.parent)
    }
  }
  return [...texts].flatMap((text) => segmentsIn(text, parts))
}

function segmentsIn(text: Y.XmlText, parts: ReadonlyMap<Y.Item, { from: number; to: number }>): Segment[] {
  const segments: Segment[] = []
  let open: Segment | undefined
  for (let item = text._start; item !== null; item = item.right) {
    const part = parts.get(item)
    if (part && item.content instanceof Y.ContentString) {
      if (!open || part.from > 0) {
        open = { text: '', from: [] }
        segments.push(open)
      }
      open.text += item.content.str.slice(part.from, part.to)
      open.from.push({
        client: item.id.client,
        clock: item.id.clock + part.from,
        length: part.to - part.from,
      })
      if (part.to < item.length) open = undefined
    } else if (!item.deleted && item.countable) open = undefined
  }
  return segments
}

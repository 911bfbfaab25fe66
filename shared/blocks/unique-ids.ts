import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { newBlockId } from './block-id.ts'
import { comesFromDocument, writtenRanges } from './local-edits.ts'

const carriesId = (node: Node): boolean => node.type.spec.attrs !== undefined && 'id' in node.type.spec.attrs

/** How many blocks carried each id before. */
function countIds(doc: Node): Map<unknown, number> {
  const counts = new Map<unknown, number>()
  doc.descendants((node) => {
    if (carriesId(node)) counts.set(node.attrs['id'], (counts.get(node.attrs['id']) ?? 0) + 1)
    return !node.isTextblock
  })
  return counts
}

/**
 * Whether one more block may carry this id: the first, or as many as did before. Moving one of two blocks that
 * clash must not rename it, since the server is about to make one of them.
 */
function takeRoom(room: Map<unknown, number>, id: unknown): boolean {
  const left = room.get(id) ?? 1
  room.set(id, left - 1)
  return left > 0
}

/**
 * Gives a new id to each block that this person just pasted, duplicated or split off and whose id is already
 * taken [BL4]. A block that is cut and pasted, or moved, keeps its own. What others wrote is never touched:
 * two clients that both "fix" the same block would fight, and the projection reports such a clash.
 */
export const UniqueIds = Extension.create<{ sign: () => Readonly<Record<string, string>> | undefined }>({
  name: 'uniqueIds',
  // Who works here signs copies of what others have signed: nobody signs for a colleague.
  addOptions: () => ({ sign: () => undefined }),
  addProseMirrorPlugins() {
    const { sign } = this.options
    return [
      new Plugin({
        key: new PluginKey('uniqueIds'),
        appendTransaction(transactions, before, state) {
          if (!transactions.some((tr) => tr.docChanged) || transactions.some(comesFromDocument)) return null
          const ranges = writtenRanges(transactions)
          let identified = false
          for (const { from, to } of ranges)
            state.doc.nodesBetween(from, to, (node, pos) => {
              identified ||= pos >= from && carriesId(node)
              return !node.isTextblock
            })
          if (!identified) return null
          const room = countIds(before.doc)
          const written: { node: Node; pos: number }[] = []
          state.doc.descendants((node, pos) => {
            if (carriesId(node)) {
              if (ranges.some(({ from, to }) => pos >= from && pos < to)) written.push({ node, pos })
              else takeRoom(room, node.attrs['id'])
            }
            return !node.isTextblock
          })
          const tr = state.tr
          for (const { node, pos } of written) {
            const id: unknown = node.attrs['id']
            if (id !== null && takeRoom(room, id)) continue
            tr.setNodeAttribute(pos, 'id', newBlockId())
            const own = typeof node.attrs['by'] === 'string' ? sign() : undefined
            for (const [name, value] of Object.entries(own ?? {}))
              if (name in node.attrs) tr.setNodeAttribute(pos, name, value)
          }
          return tr.docChanged ? tr : null
        },
      }),
    ]
  },
})

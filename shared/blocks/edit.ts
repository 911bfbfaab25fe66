import type { Node } from '@tiptap/pm/model'
import { type Command, type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { BlockId } from '../ids.ts'
import type { BlockJson } from './json.ts'

// Plain ProseMirror commands on blocks. They serve the views, the keyboard and the tests alike.

export type BlockAt = { node: Node; pos: number }

/** The first block with this id in the document. */
export function findBlock(doc: Node, id: BlockId): BlockAt | undefined {
  let found: BlockAt | undefined
  doc.descendants((node, pos) => {
    if (found) return false
    if (node.attrs['id'] === id) found = { node, pos }
    return !node.isTextblock
  })
  return found
}

/** Sets single fields of a block, one step a field, so that each stays its own Yjs attribute [BL2]. */
export const setFields =
  (id: BlockId, fields: Readonly<Record<string, unknown>>): Command =>
  (state, dispatch) => {
    const block = findBlock(state.doc, id)
    if (!block) return false
    if (dispatch) {
      const tr = state.tr
      for (const [name, value] of Object.entries(fields))
        if (block.node.attrs[name] !== value) tr.setNodeAttribute(block.pos, name, value)
      dispatch(tr)
    }
    return true
  }

/** Takes a block away, with everything in it. */
export const removeBlock =
  (id: BlockId): Command =>
  (state, dispatch) => {
    const block = findBlock(state.doc, id)
    if (!block) return false
    dispatch?.(state.tr.delete(block.pos, block.pos + block.node.nodeSize))
    return true
  }

/** Puts the caret in the first text of what stands at `pos`. */
export const caretIn = (tr: Transaction, pos: number): Transaction =>
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(pos + 1, tr.doc.content.size)))).scrollIntoView()

/** Where the selection's line can be followed by `node`: directly, or after the blocks that hold it. */
function placeFor(state: EditorState, node: Node, topLevel: boolean): { from: number; to: number } {
  const { $from, to } = state.selection
  if ($from.depth === 0) return { from: to, to }
  let depth = topLevel ? 1 : $from.depth
  while (depth > 1) {
    const index = $from.indexAfter(depth - 1)
    const parent = $from.node(depth - 1)
    if (parent.type.name !== 'listItem' && parent.canReplaceWith(index, index, node.type)) break
    depth -= 1
  }
  const holder = $from.node(depth)
  const empty = holder.type.name === 'paragraph' && holder.content.size === 0
  return { from: empty ? $from.before(depth) : $from.after(depth), to: $from.after(depth) }
}

/**
 * Inserts a block at the caret: instead of the empty paragraph it stands in, or else after that line.
 * Goals always stand on the paper itself, never inside another block.
 */
export const insertBlock =
  (block: BlockJson): Command =>
  (state, dispatch) => {
    const node = state.schema.nodeFromJSON(block)
    const { from, to } = placeFor(state, node, node.type.name === 'goal')
    if (dispatch) {
      const tr = state.tr.replaceWith(from, to, node)
      dispatch(caretIn(tr, from))
    }
    return true
  }

/** Leaves a block downwards: into the empty paragraph after it, or a new one. `pos` is before the block. */
export function leaveBlock(tr: Transaction, pos: number): Transaction {
  const after = pos + (tr.doc.nodeAt(pos)?.nodeSize ?? 0)
  const next = tr.doc.nodeAt(after)
  const paragraph = tr.doc.type.schema.nodes['paragraph']
  if (paragraph && !(next?.type === paragraph && next.content.size === 0))
    tr.insert(after, paragraph.create())
  return tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView()
}

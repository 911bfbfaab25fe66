import type { Node, ResolvedPos } from '@tiptap/pm/model'
import { type Command, NodeSelection, TextSelection } from '@tiptap/pm/state'
import type { BlockId } from '../ids.ts'
import { findBlock } from './edit.ts'

/** Blocks that belong in goals and step into a neighbouring one when moved past its edge. */
const entersGoals = new Set(['measure', 'evaluation'])
const isTitle = (node: Node | null | undefined): boolean => node?.type.name === 'goalTitle'

type Movable = { node: Node; pos: number; caret: number | undefined }

/** The block that the selection stands in: the whole goal for its title, the list item for its text. */
function movable($from: ResolvedPos): Movable | undefined {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth)
    if (isTitle(node) || $from.node(depth - 1).type.name === 'listItem') continue
    return { node, pos: $from.before(depth), caret: $from.pos - $from.before(depth) }
  }
  return undefined
}

/**
 * Moves a block to `target`, a position between blocks. The node goes along as it is, id included, so for
 * everybody it stays the same block; text that a colleague types in it meanwhile is carried after it [BL1].
 */
export const moveBlockTo =
  (from: number, target: number, caret?: number): Command =>
  (state, dispatch) => {
    const node = state.doc.nodeAt(from)
    if (!node || (target >= from && target <= from + node.nodeSize)) return false
    const $target = state.doc.resolve(target)
    if (!$target.parent.canReplaceWith($target.index(), $target.index(), node.type)) return false
    if (dispatch) {
      const tr = state.tr.delete(from, from + node.nodeSize)
      const pos = tr.mapping.map(target)
      tr.insert(pos, node)
      if (caret !== undefined) tr.setSelection(TextSelection.create(tr.doc, pos + caret))
      else if (NodeSelection.isSelectable(node)) tr.setSelection(NodeSelection.create(tr.doc, pos))
      dispatch(tr.scrollIntoView())
    }
    return true
  }

/** Moves a block to the end of a goal's measures, or of the goal: what the menu «move to goal …» does. */
export const moveBlockToGoal =
  (id: BlockId, goalId: BlockId): Command =>
  (state, dispatch) => {
    const block = findBlock(state.doc, id)
    const goal = findBlock(state.doc, goalId)
    if (!block || !goal || goal.node.type.name !== 'goal') return false
    let end = goal.node.content.size
    goal.node.forEach((child, offset) => {
      if (child.type === block.node.type) end = offset + child.nodeSize
    })
    return moveBlockTo(block.pos, goal.pos + 1 + end)(state, dispatch)
  }

/** Where a block goes when it is moved one step, or undefined at the edge of the log. */
function stepTarget(doc: Node, { node, pos }: Movable, direction: -1 | 1): number | undefined {
  const $pos = doc.resolve(direction < 0 ? pos : pos + node.nodeSize)
  const neighbour = direction < 0 ? $pos.nodeBefore : $pos.nodeAfter
  if (neighbour && !isTitle(neighbour)) {
    if (neighbour.type.name !== 'goal' || !entersGoals.has(node.type.name))
      return $pos.pos + direction * neighbour.nodeSize
    // Into the goal: at its end from below, under its title from above.
    if (direction < 0) return $pos.pos - 1
    return $pos.pos + 1 + (isTitle(neighbour.firstChild) ? (neighbour.firstChild?.nodeSize ?? 0) : 0)
  }
  if ($pos.depth === 0) return undefined
  const outside = direction < 0 ? $pos.before() : $pos.after()
  const $outside = doc.resolve(outside)
  const sibling = direction < 0 ? $outside.nodeBefore : $outside.nodeAfter
  if (sibling?.type.name !== 'goal' || !entersGoals.has(node.type.name)) return outside
  // Straight from one goal into the next.
  if (direction < 0) return outside - 1
  return outside + 1 + (isTitle(sibling.firstChild) ? (sibling.firstChild?.nodeSize ?? 0) : 0)
}

const moveBlock =
  (direction: -1 | 1): Command =>
  (state, dispatch) => {
    const { selection } = state
    const block: Movable | undefined =
      selection instanceof NodeSelection && selection.node.isBlock
        ? { node: selection.node, pos: selection.from, caret: undefined }
        : movable(selection.$from)
    if (!block) return false
    const target = stepTarget(state.doc, block, direction)
    return target !== undefined && moveBlockTo(block.pos, target, block.caret)(state, dispatch)
  }

/** Moves the block at the caret one place up; a measure steps from goal to goal. */
export const moveBlockUp: Command = moveBlock(-1)
/** Moves the block at the caret one place down; a measure steps from goal to goal. */
export const moveBlockDown: Command = moveBlock(1)

import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type Command, type EditorState, NodeSelection } from '@tiptap/pm/state'
import { caretIn } from '../../shared/blocks/edit.ts'
import { moveBlockDown, moveBlockUp } from '../../shared/blocks/move.ts'
import { t } from '../i18n/i18n.ts'
import { announce } from '../ui/announce.ts'
import { blockAt, type GetPos, run } from './edit.ts'
import { goalNumberAt } from './goal-numbers.ts'
import { withoutComments } from './paste/comment-marks.ts'

const blockNames = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'goal',
  'measure',
  'evaluation',
  'concern',
  'decision',
] as const

/** What a kind of block is called in a sentence. */
export function blockName(type: string): string {
  const known = blockNames.find((name) => name === type) ?? 'paragraph'
  return t(`blocks.block.${known}`)
}

/** What stands together in a goal, whatever the order in the document: text, measures, evaluations. */
const groupOf = (node: Node): string =>
  node.type.name === 'measure' || node.type.name === 'evaluation' || node.type.name === 'goalTitle'
    ? node.type.name
    : 'text'

type Place = { name: string; goal: number | undefined; place: number; count: number; parent: Node }

/** Where the block at the caret is seen: its goal, and its place among those that it stands with. */
function placeOf(state: EditorState): Place | undefined {
  const { selection, doc } = state
  const selected = selection instanceof NodeSelection ? selection.node : undefined
  const { $from } = selection
  for (let depth = selected ? $from.depth + 1 : $from.depth; depth > 0; depth -= 1) {
    const node = depth > $from.depth ? selected : $from.node(depth)
    const parent = depth === 1 ? doc : $from.node(depth - 1)
    if (!node || node.type.name === 'goalTitle' || parent.type.name === 'listItem') continue
    const inGoal = parent.type.name === 'goal'
    const mates = parent.children.filter((child) => !inGoal || groupOf(child) === groupOf(node))
    const before = parent.children.slice(0, $from.index(depth - 1))
    return {
      name: node.type.name,
      goal: inGoal ? goalNumberAt(state, $from.before(depth - 1)) : undefined,
      place: before.filter((child) => mates.includes(child)).length + 1,
      count: mates.length,
      parent,
    }
  }
  return undefined
}

/** Tells where the block has come to, for those who cannot see it move. */
function announcePlace({ name, goal, place, count }: Place): void {
  const moved = t('blocks.moved', { block: blockName(name), place, count })
  announce(goal ? `${moved} ${t('blocks.goalNumber', { number: goal })}.` : moved)
}

/**
 * Moves the block at the caret and says where it went. A step that nobody would see, such as a measure past an
 * evaluation of the same goal, goes on to the next.
 */
export function moveAtCaret(editor: Editor, direction: 'up' | 'down'): boolean {
  const start = placeOf(editor.state)
  let here = start
  for (let tries = start?.parent.childCount ?? 0; tries >= 0; tries -= 1) {
    if (!run(editor, direction === 'up' ? moveBlockUp : moveBlockDown)) break
    here = placeOf(editor.state)
    if (here?.goal !== start?.goal || here?.place !== start?.place) break
  }
  if (!here || here === start) return false
  announcePlace(here)
  return true
}

/** Moves the block of a view, whatever is selected. */
export function moveAt(editor: Editor, getPos: GetPos, direction: 'up' | 'down'): void {
  const block = blockAt(editor, getPos)
  if (!block) return
  editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, block.pos)))
  moveAtCaret(editor, direction)
}

/** A copy right below, with ids of its own [BL4]. What was said about the first stays with the first. */
export function duplicateAt(editor: Editor, getPos: GetPos): void {
  const block = blockAt(editor, getPos)
  if (!block) return
  const after = block.pos + block.node.nodeSize
  editor.view.dispatch(caretIn(editor.state.tr.insert(after, withoutComments(block.node)), after))
  announce(t('blocks.copied'))
}

/** Takes a block away; undo brings it back. */
export function removeAt(editor: Editor, getPos: GetPos): void {
  const block = blockAt(editor, getPos)
  if (!block) return
  const remove: Command = (state, dispatch) => {
    dispatch?.(state.tr.delete(block.pos, block.pos + block.node.nodeSize))
    return true
  }
  run(editor, remove)
  editor.commands.focus()
  announce(t('blocks.removed'))
}

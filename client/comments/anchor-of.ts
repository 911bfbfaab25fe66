import type { Node } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import type { NewAnchor } from '../../shared/comments.ts'
import { BlockId } from '../../shared/ids.ts'
import type { CommentOn } from '../blocks/context.ts'
import { boundOf, topElements } from '../case-log/line-keys.ts'
import { selectedRanges } from '../history/selected-ranges.ts'

const AROUND = 64
const LONGEST_QUOTE = 4000

/** What a comment would be about; `notYet` while a change of this browser is on its way into the document. */
export type Found = NewAnchor | 'notYet' | undefined

/** What somebody wants to comment on: what is selected, or the line or block at a place. */
export function anchorOf(state: EditorState, on: CommentOn): Found {
  if (!boundOf(state) || topElements(state).length !== state.doc.childCount) return 'notYet'
  if (on !== 'selection') return lineAt(state, on.at)
  const { from, to, empty, $head } = state.selection
  return (empty ? undefined : textBetween(state, from, to)) ?? lineAt(state, $head.pos)
}

function textBetween(state: EditorState, from: number, to: number): NewAnchor | undefined {
  const { doc } = state
  const { ranges } = selectedRanges(state, { from, to })
  const quote = doc.textBetween(from, to, '\n', leafText).trim().slice(0, LONGEST_QUOTE)
  if (ranges.length === 0 || quote === '') return undefined
  const $from = doc.resolve(from)
  const $to = doc.resolve(to)
  const before = textOf($from.parent, 0, $from.parentOffset)
  const after = textOf($to.parent, $to.parentOffset, $to.parent.content.size)
  return { kind: 'text', ranges, quote, prefix: before.slice(-AROUND), suffix: after.slice(0, AROUND) }
}

const leafText = (leaf: Node): string =>
  leaf.type.name === 'mention' ? `@${leaf.attrs['label']}` : leaf.type.name === 'hardBreak' ? '\n' : ''

const textOf = (block: Node, from: number, to: number): string =>
  block.isTextblock ? block.textBetween(from, to, '\n', leafText) : ''

/** The innermost block that has an id of its own, or the text of the paragraph. */
function lineAt(state: EditorState, at: number): Found {
  const line = linePlace(state, at)
  if (!line) return undefined
  if (line.block) return { kind: 'block', block: line.block }
  return textBetween(state, line.pos + 1, line.pos + 1 + line.node.content.size)
}

export type Line = { readonly node: Node; readonly pos: number; readonly block: BlockId | undefined }

/** The line at a place in the text: a paragraph with something in it, or the innermost block with an id. */
export function linePlace({ doc }: EditorState, at: number): Line | undefined {
  const $at = doc.resolve(Math.min(Math.max(at, 0), doc.content.size))
  const after = $at.nodeAfter
  if (after && !after.isInline) {
    const block = idOf(after)
    if (block || (after.isTextblock && after.content.size > 0)) return { node: after, pos: at, block }
  }
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const node = $at.node(depth)
    const block = idOf(node)
    if (block || (node.isTextblock && node.type.name !== 'goalTitle' && node.textContent.trim() !== ''))
      return { node, pos: $at.before(depth), block }
  }
  return undefined
}

const idOf = (node: Node): BlockId | undefined => BlockId.safeParse(node.attrs['id']).data

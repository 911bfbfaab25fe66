import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { Command } from '@tiptap/pm/state'

/** Runs a plain ProseMirror command; false when it does not apply here. */
export const run = (editor: Editor, command: Command): boolean =>
  !editor.isDestroyed && command(editor.state, editor.view.dispatch, editor.view)

export type GetPos = () => number | undefined

/** The block that a view stands for, as it is in the document now. */
export function blockAt(editor: Editor, getPos: GetPos): { node: Node; pos: number } | undefined {
  const pos = editor.isDestroyed ? undefined : getPos()
  const node = pos === undefined ? null : editor.state.doc.nodeAt(pos)
  return pos === undefined || node === null ? undefined : { node, pos }
}

/** Sets single fields of the block of a view, one step a field [BL2]. The caret stays where it is. */
export function setFieldsAt(editor: Editor, getPos: GetPos, fields: Readonly<Record<string, unknown>>): void {
  const block = blockAt(editor, getPos)
  if (!block) return
  const { tr } = editor.state
  for (const [name, value] of Object.entries(fields)) {
    if (block.node.attrs[name] !== value) tr.setNodeAttribute(block.pos, name, value)
  }
  if (tr.docChanged) editor.view.dispatch(tr)
}

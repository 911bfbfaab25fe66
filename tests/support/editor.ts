import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import type { EditorState } from '@tiptap/pm/state'
import { TextSelection } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { steady } from '../../client/collab/steady-binding.ts'
import { blockExtensions } from '../../shared/blocks/registry.ts'
import { logFragment } from '../../shared/case-log/document.ts'
import { undoManagerOf } from '../../shared/case-log/undo.ts'

// For tests that ask for jsdom in their first line: a real Tiptap editor, bound to a Y.Doc by the real y-tiptap.

/** The binding as the client mounts it. */
const Bound = Collaboration.extend({
  addProseMirrorPlugins() {
    const [sync, ...others] = this.parent?.() ?? []
    return sync ? [steady(sync), ...others] : others
  },
})

/** An editor on a log, as the browser has it, without the views. */
export function openEditor(doc: Y.Doc): Editor {
  const fragment = logFragment(doc)
  return new Editor({
    element: document.createElement('div'),
    extensions: [
      ...blockExtensions,
      Bound.configure({ fragment, yUndoOptions: { undoManager: undoManagerOf(fragment) } }),
    ],
  })
}

/** Presses a key as the browser would report it; true when an extension answered. */
export function press(editor: Editor, key: string, modifiers: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
  return editor.view.someProp('handleKeyDown', (handle) => handle(editor.view, event)) === true
}

/** Types text at the selection. */
export function type(editor: Editor, text: string): void {
  editor.view.dispatch(editor.state.tr.insertText(text))
}

/** Puts the caret `offset` characters into the first text block that holds `text`. */
export function caretAt(editor: Editor, text: string, offset = text.length): void {
  editor.view.dispatch(
    editor.state.tr.setSelection(
      TextSelection.create(editor.state.doc, positionOf(editor.state, text) + offset),
    ),
  )
}

export function positionOf(state: EditorState, text: string): number {
  let found: number | undefined
  state.doc.descendants((node, pos) => {
    if (found === undefined && node.isTextblock && node.textContent.includes(text))
      found = pos + 1 + node.textContent.indexOf(text)
  })
  if (found === undefined) throw new Error(`no «${text}» in ${state.doc}`)
  return found
}

/** Sends everything that each document lacks to the other. */
export function sync(...docs: Y.Doc[]): void {
  for (const from of docs)
    for (const to of docs)
      if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), from)
}

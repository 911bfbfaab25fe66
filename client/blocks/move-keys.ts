import { Extension } from '@tiptap/core'
import { moveAtCaret } from './block-actions.ts'

/** Alt and an arrow, with or without Shift, moves the block at the caret and says where it went. */
export const MoveKeys = Extension.create({
  name: 'moveKeys',
  // Ahead of the silent keys that shared declares for editors without a screen.
  priority: 300,
  addKeyboardShortcuts() {
    const up = () => moveAtCaret(this.editor, 'up')
    const down = () => moveAtCaret(this.editor, 'down')
    return { 'Alt-ArrowUp': up, 'Alt-ArrowDown': down, 'Alt-Shift-ArrowUp': up, 'Alt-Shift-ArrowDown': down }
  },
})

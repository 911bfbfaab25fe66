import { Extension } from '@tiptap/core'
import { BubbleMenuPlugin } from '@tiptap/extension-bubble-menu'
import { TextSelection } from '@tiptap/pm/state'
import { ReactRenderer } from '@tiptap/react'
import { SelectionToolbar as Toolbar } from './SelectionToolbar.tsx'

/** A small toolbar at the selection. Alt-F10 goes there by keyboard, Ctrl-Shift-K opens its link field. */
export const SelectionToolbar = Extension.create<
  Record<string, never>,
  { host: HTMLElement; toolbar: ReactRenderer | undefined; linking: number }
>({
  name: 'selectionToolbar',
  addStorage: () => ({ host: document.createElement('div'), toolbar: undefined, linking: 0 }),
  onSelectionUpdate() {
    // Rendered when somebody first selects text: most visits never do.
    if (this.storage.toolbar || this.editor.state.selection.empty) return
    const props = { editor: this.editor, linking: this.storage.linking }
    this.storage.toolbar = new ReactRenderer(Toolbar, { editor: this.editor, props })
    this.storage.host.append(this.storage.toolbar.element)
  },
  onDestroy() {
    this.storage.toolbar?.destroy()
  },
  addKeyboardShortcuts() {
    return {
      'Alt-F10': () => {
        const button = this.storage.host.querySelector('button')
        button?.focus()
        return button !== null
      },
      'Mod-Shift-k': () => {
        if (this.editor.state.selection.empty) return false
        this.storage.linking += 1
        this.storage.toolbar?.updateProps({ linking: this.storage.linking })
        return true
      },
    }
  },
  addProseMirrorPlugins() {
    const { host } = this.storage
    host.className = 'toolbar-host'
    return [
      BubbleMenuPlugin({
        pluginKey: 'selectionToolbar',
        editor: this.editor,
        element: host,
        updateDelay: 150,
        options: { placement: 'top', offset: 8 },
        shouldShow: ({ editor, state, view }) =>
          !editor.isDestroyed &&
          // Text that one only reads never has the focus.
          (!editor.isEditable || view.hasFocus() || host.contains(document.activeElement)) &&
          state.selection instanceof TextSelection &&
          state.doc.textBetween(state.selection.from, state.selection.to).trim() !== '',
      }),
    ]
  },
})

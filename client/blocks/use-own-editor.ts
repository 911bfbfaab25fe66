import { Editor, type EditorOptions } from '@tiptap/core'
import { type DependencyList, useLayoutEffect, useState } from 'react'

/**
 * An editor for as long as its component is on the page, and another one when `deps` change; undefined in the very
 * first render. `mount` may put it into the page's hands before anything is drawn. Instead of Tiptap's own hook, which
 * destroys an editor whose effects come a millisecond late and makes a new one: on a busy machine a text that stood on
 * the screen went, and what had just asked for it broke.
 */
export function useOwnEditor(
  options: () => Partial<EditorOptions>,
  deps: DependencyList,
  mount?: (editor: Editor) => void,
): Editor | undefined {
  const [editor, setEditor] = useState<Editor>()
  const open = () => {
    const made = new Editor(options())
    mount?.(made)
    setEditor(made)
    return () => {
      setEditor(undefined)
      // What was drawn with it comes down first.
      setTimeout(() => made.destroy())
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what makes another editor
  useLayoutEffect(open, deps)
  return editor
}

import type { EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { childElements, itemKey } from '../../shared/case-log/document.ts'

/** The document behind an editor, as y-tiptap binds it. */
export type Bound = {
  readonly doc: Y.Doc
  readonly type: Y.XmlFragment
  readonly binding: ProsemirrorBinding
  /** The latest change came from the document, not from this editor. */
  readonly isChangeOrigin: boolean
}

export function boundOf(state: EditorState): Bound | undefined {
  const bound: Partial<Bound> | undefined = ySyncPluginKey.getState(state)
  const { doc, type, binding, isChangeOrigin = false } = bound ?? {}
  return doc && type && binding ? { doc, type, binding, isChangeOrigin } : undefined
}

/**
 * Yjs elements of the top-level blocks, side by side with the document's children. Empty while a change of
 * this browser stands in the editor and not yet in Yjs.
 */
export function topElements(state: EditorState): Y.XmlElement[] {
  const bound = boundOf(state)
  const elements = bound ? childElements(bound.type) : []
  return elements.length === state.doc.childCount ? elements : []
}

/** Key of the top-level block at a place in the text, `client:clock`. */
export function keyAt(state: EditorState, position: number): string | undefined {
  const element = topElements(state)[state.doc.resolve(position).index(0)]
  return element && itemKey(element)
}

/** What a key's top-level block is drawn as. */
export function elementOfKey(view: EditorView, key: string): HTMLElement | undefined {
  const index = topElements(view.state).findIndex((element) => itemKey(element) === key)
  const drawn = index < 0 ? undefined : view.dom.children[index]
  if (index < 0) return undefined
  let position = 0
  for (let i = 0; i < index; i++) position += view.state.doc.child(i).nodeSize
  const dom = view.nodeDOM(position) ?? drawn
  return dom instanceof HTMLElement ? dom : undefined
}

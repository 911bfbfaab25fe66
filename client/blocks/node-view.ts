import type { NodeViewRenderer, NodeViewRendererProps } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { Decoration, NodeView } from '@tiptap/pm/view'
import { type ReactNodeViewProps, ReactNodeViewRenderer } from '@tiptap/react'
import type { ComponentType } from 'react'

type Change = {
  before: Node
  after: Node
  decorationsBefore: readonly Decoration[]
  decorations: readonly Decoration[]
}

/** Attributes, or whether there is text at all. The text itself is ProseMirror's to draw. */
export const looksDifferent = ({ before, after }: Change): boolean =>
  !before.sameMarkup(after) || (before.content.size === 0) !== (after.content.size === 0)

/**
 * A React view of a block that draws again only when `changed` says so: typing inside a block and other
 * people's edits elsewhere leave it alone.
 */
export const blockView = (
  component: ComponentType<ReactNodeViewProps>,
  changed: (change: Change) => boolean = looksDifferent,
): NodeViewRenderer => {
  const drawn = ReactNodeViewRenderer(component, {
    update: ({ oldNode, newNode, oldDecorations, newDecorations, updateProps }) => {
      const change = {
        before: oldNode,
        after: newNode,
        decorationsBefore: oldDecorations,
        decorations: newDecorations,
      }
      if (changed(change)) updateProps()
      return true
    },
    // Controls belong to the view; ProseMirror takes what is dropped on them and the text around them.
    stopEvent: ({ event }) => {
      const { target } = event
      if (!(target instanceof Element) || event.type === 'drop' || event.type.startsWith('drag')) return false
      return target.closest('[data-controls]') !== null
    },
  })
  return (props) => (isShown(props) ? drawn(props) : bare(props.node))
}

function isShown({ editor, view, getPos }: NodeViewRendererProps): boolean {
  const { shownIn } = editor.storage.blocks
  const pos = shownIn === undefined ? undefined : getPos()
  if (pos === undefined) return true
  const place = view.state.doc.resolve(pos)
  for (let depth = place.depth; depth > 0; depth -= 1)
    if (place.node(depth).type.name === shownIn) return true
  return false
}

/** A block that is not on the screen: its text, and nothing around it. */
function bare({ type }: Node): NodeView {
  const dom = document.createElement('div')
  return { dom, contentDOM: dom, update: (next) => next.type === type }
}

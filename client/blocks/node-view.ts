import type { Node } from '@tiptap/pm/model'
import type { Decoration } from '@tiptap/pm/view'
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
) =>
  ReactNodeViewRenderer(component, {
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

import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, Selection, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { findBlock } from '../../shared/blocks/edit.ts'
import type { BlockId } from '../../shared/ids.ts'

type Span = { readonly from: number; readonly to: number }

/** The inside of the minutes of this meeting; undefined until the block is there. */
export function minutesSpan(doc: Node, block: BlockId | undefined): Span | undefined {
  const found = block && findBlock(doc, block)
  return found ? { from: found.pos + 1, to: found.pos + found.node.nodeSize - 1 } : undefined
}

/** A selection drawn into the minutes; where all of it lies elsewhere, it goes to where it was, or to the end. */
function drawnInto(doc: Node, selection: Selection, before: number, { from, to }: Span): Selection {
  const clamp = (position: number) => Math.min(to, Math.max(from, position))
  const touches = selection.to >= from && selection.from <= to
  if (touches && !selection.empty)
    return TextSelection.between(doc.resolve(clamp(selection.anchor)), doc.resolve(clamp(selection.head)))
  const stays = before >= from && before <= to
  return stays
    ? Selection.near(doc.resolve(before))
    : (Selection.findFrom(doc.resolve(to), -1, true) ?? Selection.near(doc.resolve(to), -1))
}

/**
 * Keeps an editor of the whole log inside the minutes of one meeting: the style sheet shows that block alone, and
 * the selection never leaves it, whatever the wall changes elsewhere in the log.
 */
export const minutesOnly = (block: () => BlockId | undefined): Extension =>
  Extension.create({
    name: 'minutesOnly',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations({ doc }) {
            const span = minutesSpan(doc, block())
            if (!span) return DecorationSet.empty
            const shown = Decoration.node(span.from - 1, span.to + 1, { class: 'is-open-minutes' })
            return DecorationSet.create(doc, [shown])
          },
        },
        appendTransaction(transactions, before, { doc, selection, tr }) {
          const span = minutesSpan(doc, block())
          if (!span || (selection.from >= span.from && selection.to <= span.to)) return null
          let was = before.selection.head
          for (const { mapping } of transactions) was = mapping.map(was)
          const drawn = drawnInto(doc, selection, was, span)
          // An empty block has no place for a caret; it gets one with its first line.
          return drawn.from < span.from || drawn.to > span.to ? null : tr.setSelection(drawn)
        },
      }),
    ],
  })

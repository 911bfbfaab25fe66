import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import type { BlockId } from '../../shared/ids.ts'
import type { Anchors } from './anchors.ts'

/** Where a thread's text is, px from the top of the paper: its first line, and its last. */
export type Spot = { readonly top: number; readonly last: number }
export type Wanted = { readonly id: string; readonly block: BlockId | undefined }

/** Boxes of what is drawn; of what is folded away, the box that it is folded into. */
function boxesOf(element: Element): readonly DOMRect[] {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const boxes = one.getClientRects()
    if (boxes.length > 0) return [...boxes]
    if (one.classList.contains('log-text')) return []
  }
  return []
}

/** Where threads stand. Reads the layout once, for all of them; call it when there is one. */
export function measure(
  editor: Editor,
  anchors: Anchors,
  wanted: readonly Wanted[],
  origin: Element,
): Map<string, Spot> {
  const spots = new Map<string, Spot>()
  const zero = origin.getBoundingClientRect().top
  const blocks = blockElements(editor, new Set(wanted.flatMap(({ block }) => block ?? [])))
  for (const { id, block } of wanted) {
    const box = block && blocks.get(block)
    const elements = block ? (box ? [box] : []) : elementsOf(editor, anchors, id)
    let top = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const element of elements)
      for (const at of boxesOf(element)) {
        top = Math.min(top, at.top)
        last = Math.max(last, block ? at.top : at.bottom - LINE)
      }
    if (elements.length > 0 && Number.isFinite(top)) spots.set(id, { top: top - zero, last: last - zero })
  }
  return spots
}
const LINE = 24

/** A thread's marks; before the server has written them, what is underlined in their stead. */
export function elementsOf(editor: Editor, anchors: Anchors, id: string): readonly Element[] {
  const marks = anchors.of(id)
  if (marks.length > 0) return marks
  return [...editor.view.dom.querySelectorAll(`.commented[data-thread="${CSS.escape(id)}"]`)]
}

/** What blocks are drawn as, found in one walk. */
export function blockElements(editor: Editor, ids: ReadonlySet<BlockId>): Map<BlockId, HTMLElement> {
  const found = new Map<BlockId, HTMLElement>()
  if (ids.size === 0) return found
  editor.state.doc.descendants((node, pos) => {
    const id = node.attrs['id']
    if (ids.has(id)) {
      const dom = editor.view.nodeDOM(pos)
      if (dom instanceof HTMLElement) found.set(id, dom)
    }
    return !node.isTextblock && found.size < ids.size
  })
  return found
}

const REST = 250

/**
 * Calls when places in the text may have moved: at once after its height or its marks changed, and when somebody who
 * types rests; never at a key press alone. Returns how to stop.
 */
export function whenMoved(editor: Editor, anchors: Anchors, moved: () => void): () => void {
  let frame = 0
  let rest: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      if (!editor.isDestroyed) moved()
    })
  }
  const height = new ResizeObserver(soon)
  height.observe(editor.view.dom)
  const changed = ({ transaction }: { transaction: Transaction }): void => {
    if (!transaction.docChanged) return
    clearTimeout(rest)
    rest = setTimeout(soon, REST)
  }
  editor.on('transaction', changed)
  const stop = anchors.onChange(soon)
  soon()
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(rest)
    height.disconnect()
    stop()
    editor.off('transaction', changed)
  }
}

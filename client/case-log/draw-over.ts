import type { Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** Adds to a transaction what is to be drawn over the text, as meta of its plugin; false when nothing has changed. */
export type Draw = (tr: Transaction) => boolean

const waiting = new WeakMap<EditorView, Set<Draw>>()

/**
 * Draws over the text before the next frame is painted: carets, names and marks in one transaction, since each makes
 * ProseMirror look through the whole text. Asking again before then is free.
 */
export function drawOver(view: EditorView, draw: Draw): void {
  const known = waiting.get(view)
  if (known) {
    known.add(draw)
    return
  }
  const draws = new Set([draw])
  waiting.set(view, draws)
  requestAnimationFrame(() => {
    waiting.delete(view)
    if (view.isDestroyed) return
    const tr = view.state.tr.setMeta('addToHistory', false)
    let drew = false
    for (const one of draws) drew = one(tr) || drew
    if (drew) view.dispatch(tr)
  })
}

/** Draws no more; a drawing that was asked for is forgotten. */
export const drawNoMore = (view: EditorView, draw: Draw): void => {
  waiting.get(view)?.delete(draw)
}

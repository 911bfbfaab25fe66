import type { Editor } from '@tiptap/core'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { NewAnchor } from '../../shared/comments.ts'
import type { ThreadId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { eachRange, placesIn } from '../news/places.ts'
import { type Begun, begunKey } from './comment-marks.ts'

/** A thread that the server does not have yet. */
export type BegunThread = { readonly id: ThreadId; readonly anchor: NewAnchor; readonly active: boolean }

type Given = { readonly threads: readonly BegunThread[]; readonly service: Service | undefined }

/**
 * Underlines what somebody has begun to comment on, until the server has written its mark. Found by the characters' own
 * ids, so that it stays with the text whatever others do meanwhile. Returns how to stop.
 */
export function drawBegun(editor: Editor, given: () => Given) {
  let frame = 0
  const soon = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      if (!editor.isDestroyed) draw()
    })
  }
  function draw(): void {
    const { threads, service } = given()
    const before = begunKey.getState(editor.state)
    if (threads.length === 0 && before?.set === DecorationSet.empty) return
    const places = placesIn(editor.state)
    if (!places) {
      soon()
      return
    }
    const colour = service?.colour
    const style = colour ? `--solid:${colour.solid};--tint:${colour.tint};--text:${colour.text}` : ''
    const decorations: Decoration[] = []
    for (const { id, anchor, active } of threads) {
      if (anchor.kind !== 'text') continue
      const wanted = anchor.ranges.map(({ client, clock, length }) => [client, clock, length] as const)
      const attributes = {
        class: 'commented',
        'data-thread': id,
        'data-shown': '',
        'data-service': service?.id ?? '',
        style,
        ...(active ? { 'data-active': '' } : {}),
      }
      for (const place of new Set(places.values()))
        eachRange(place, wanted, (from, to) => decorations.push(Decoration.inline(from, to, attributes)))
    }
    const begun: Begun = { set: DecorationSet.create(editor.state.doc, decorations), stale: false }
    editor.view.dispatch(editor.state.tr.setMeta(begunKey, begun).setMeta('addToHistory', false))
  }
  const changed = (): void => {
    if (begunKey.getState(editor.state)?.stale) soon()
  }
  editor.on('transaction', changed)
  return {
    refresh: soon,
    stop(): void {
      cancelAnimationFrame(frame)
      editor.off('transaction', changed)
    },
  }
}

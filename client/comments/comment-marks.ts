import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Mark } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { DecorationSet } from '@tiptap/pm/view'
import type { Anchors } from './anchors.ts'

/** What is commented and not sent yet, and whether others have written there since it was drawn. */
export type Begun = { readonly set: DecorationSet; readonly stale: boolean }

export const begunKey = new PluginKey<Begun>('begunComments')
const nothing: Begun = { set: DecorationSet.empty, stale: false }

/** Ids of the threads that a piece of text belongs to, the innermost first. */
function threadsAt(target: EventTarget | null): string[] {
  const threads: string[] = []
  let element = target instanceof Element ? target.closest<HTMLElement>('.commented[data-shown]') : null
  while (element) {
    const { thread } = element.dataset
    if (thread) threads.push(thread)
    element = element.parentElement?.closest<HTMLElement>('.commented[data-shown]') ?? null
  }
  return threads
}

/** Draws the marks of threads, and hears when they are pressed. */
export const commentMarks = (anchors: Anchors): Extension =>
  Extension.create({
    name: 'commentMarks',
    addProseMirrorPlugins: () => [
      new Plugin<Begun>({
        key: begunKey,
        state: {
          init: () => nothing,
          apply(tr, begun) {
            const drawn: Begun | undefined = tr.getMeta(begunKey)
            if (drawn) return drawn
            if (!tr.docChanged || begun.set === DecorationSet.empty) return begun
            return { set: begun.set.map(tr.mapping, tr.doc), stale: begun.stale || isChangeOrigin(tr) }
          },
        },
        props: {
          decorations: (state) => begunKey.getState(state)?.set,
          markViews: { comment: (mark) => drawMark(mark, anchors) },
          handleDOMEvents: {
            click: (view, event) => {
              // A block's own buttons are not its text.
              const inControls = event.target instanceof Element && event.target.closest('[data-controls]')
              // Whoever has just selected text wants to do something with that.
              if (!inControls && view.state.selection.empty) anchors.onPress(threadsAt(event.target))
              return false
            },
          },
        },
      }),
    ],
  })

function drawMark({ attrs }: Mark, anchors: Anchors) {
  const thread = String(attrs['thread'])
  const dom = document.createElement('span')
  dom.className = 'commented'
  dom.dataset['thread'] = thread
  anchors.add(thread, dom)
  return {
    dom,
    // How it looks is ours; ProseMirror need not read the text again for it.
    ignoreMutation: ({ type }: { type: string }) => type === 'attributes',
    destroy: () => anchors.remove(thread, dom),
  }
}

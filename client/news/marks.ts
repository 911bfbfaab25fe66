import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { DecorationSet } from '@tiptap/pm/view'
import { stayInPlace } from '../case-log/scroll-anchor.ts'
import { whenIdle } from '../ui/idle.ts'
import { drawNews, type NewsWords } from './draw.ts'
import type { LogNews } from './log-news.ts'

/** The marks, and whether what they stood on was replaced since. */
type Marked = { readonly set: DecorationSet; readonly stale: boolean }

const newsKey = new PluginKey<Marked>('news')
const none: Marked = { set: DecorationSet.empty, stale: false }

/** Whether a piece of news is drawn: its element in the text. */
export const newsElement = (editor: Editor, key: string): HTMLElement | undefined => {
  const found = editor.view.dom.querySelector(`[data-news-key="${CSS.escape(key)}"]`)
  return found instanceof HTMLElement ? found : undefined
}

/** The elements of all that are drawn, by key; the first where there are several. */
export function newsElements(editor: Editor): Map<string, Element> {
  const found = new Map<string, Element>()
  for (const element of editor.view.dom.querySelectorAll('[data-news-key]')) {
    const key = element.getAttribute('data-news-key') ?? ''
    if (!found.has(key)) found.set(key, element)
  }
  return found
}

/** An answer of the server may wait this long (ms) for a moment in which nobody types. */
const WAIT = 100

/**
 * Marks of what is new, as decorations: nothing of it stands in the text. Drawn when the news change, or when a block
 * that bears them was replaced as a whole; what anybody types only moves them along.
 */
export const newsMarks = (): Extension =>
  Extension.create({
    name: 'newsMarks',
    addProseMirrorPlugins: () => [
      new Plugin<Marked>({
        key: newsKey,
        state: {
          init: () => none,
          apply(tr, marked) {
            const drawn: Marked | undefined = tr.getMeta(newsKey)
            if (drawn) return drawn
            if (!tr.docChanged || marked.set === DecorationSet.empty) return marked
            let { stale } = marked
            const onRemove = (): void => {
              stale = true
            }
            return { set: marked.set.map(tr.mapping, tr.doc, { onRemove }), stale }
          },
        },
        props: { decorations: (state) => newsKey.getState(state)?.set },
      }),
    ],
  })

/** Draws the news of a log in its editor for as long as both are open. `onDrawn` hears of every drawing. */
export function markNews(
  editor: Editor,
  news: LogNews,
  words: NewsWords,
  covered: () => number,
  onDrawn: () => void,
): () => void {
  let frame = 0
  let callOff: (() => void) | undefined
  const soon = (): void => {
    frame ||= requestAnimationFrame(draw)
  }
  const later = (): void => {
    if (frame === 0) callOff ??= whenIdle(draw, WAIT)
  }
  function draw(): void {
    cancelAnimationFrame(frame)
    callOff?.()
    frame = 0
    callOff = undefined
    if (editor.isDestroyed) return
    const set = drawNews(editor.state, news.state.get(), words)
    if (!set) {
      soon()
      return
    }
    const before = newsKey.getState(editor.state)?.set
    if (set !== DecorationSet.empty || before !== DecorationSet.empty)
      stayInPlace(editor, covered, () => {
        const marked: Marked = { set, stale: false }
        editor.view.dispatch(editor.state.tr.setMeta(newsKey, marked).setMeta('addToHistory', false))
      })
    onDrawn()
  }
  const changed = (): void => {
    if (newsKey.getState(editor.state)?.stale) soon()
  }
  editor.on('transaction', changed)
  const stop = news.state.subscribe(later)
  soon()
  return () => {
    cancelAnimationFrame(frame)
    callOff?.()
    editor.off('transaction', changed)
    stop()
  }
}

import { type Editor, Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { EditorState, Transaction } from '@tiptap/pm/state'

type Anchor = { top: number; scrolled: number; now: () => number | undefined }

/** The first block that reaches below the headers that cover the top of the window. */
function firstInView(editor: Editor, covered: number): Anchor | undefined {
  const blocks = editor.view.dom.children
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.getBoundingClientRect().bottom ?? 0) > covered) high = middle
    else low = middle + 1
  }
  const block = blocks[low]
  if (!block) return undefined
  const now = (): number | undefined => (block.isConnected ? block.getBoundingClientRect().top : undefined)
  return { top: now() ?? 0, scrolled: scrollY, now }
}

/** The line of the own caret, when it is in view. */
function caretInView(editor: Editor, covered: number): Anchor | undefined {
  const { view } = editor
  if (!view.hasFocus()) return undefined
  const now = (): number => view.coordsAtPos(view.state.selection.head).top
  const top = now()
  return top >= covered && top < innerHeight ? { top, scrolled: scrollY, now } : undefined
}

/** Whether everything that changes lies below the block of the own caret, and so cannot move its line. */
function isBelowCaret({ mapping }: Transaction, { selection }: EditorState): boolean {
  let first = Number.POSITIVE_INFINITY
  mapping.maps[0]?.forEach((from) => {
    first = Math.min(first, from)
  })
  return first > selection.$head.end(Math.min(1, selection.$head.depth))
}

/** Draws something over the text that takes room, without moving what is looked at. */
export function stayInPlace(editor: Editor, covered: () => number, draw: () => void): void {
  const top = scrollY > 0 ? covered() : 0
  const anchor = scrollY > 0 ? (caretInView(editor, top) ?? firstInView(editor, top)) : undefined
  draw()
  const now = anchor?.now()
  if (!anchor || now === undefined) return
  const moved = Math.round(now - anchor.top + scrollY - anchor.scrolled)
  if (moved !== 0) scrollBy({ top: moved, behavior: 'instant' })
}

/**
 * Another's typing never moves what you look at: the line of your caret, or else the topmost block in view,
 * stays where it is on the screen. Measured at most twice a frame, however many changes come in.
 */
export const scrollAnchor = (covered: () => number): Extension =>
  Extension.create({
    name: 'scrollAnchor',
    onCreate() {
      const { editor } = this
      let anchor: Anchor | undefined
      let frame = 0
      let rest = 0
      let top = covered()
      /** The own caret was in view when last looked at, and nobody has scrolled or put it elsewhere since. */
      let caretSeen = false
      const scrolled = (): void => {
        caretSeen = false
      }
      const resized = (): void => {
        caretSeen = false
        top = covered()
      }
      addEventListener('resize', resized)
      addEventListener('scroll', scrolled, { passive: true })
      const settle = (): void => {
        cancelAnimationFrame(frame)
        frame = 0
        const now = editor.isDestroyed ? undefined : anchor?.now()
        if (anchor && now !== undefined) {
          // What the person scrolled meanwhile is theirs; parts of a pixel wait for the next time.
          rest += now - anchor.top + scrollY - anchor.scrolled
          const whole = Math.round(rest)
          rest -= whole
          if (whole !== 0) scrollBy({ top: whole, behavior: 'instant' })
        }
        anchor = undefined
      }
      editor.on('beforeTransaction', ({ transaction }) => {
        if (!transaction.docChanged) {
          if (transaction.selectionSet) caretSeen = false
          return
        }
        if (!isChangeOrigin(transaction)) {
          caretSeen = transaction.scrolledIntoView
          if (anchor) settle()
          return
        }
        if (anchor) return
        if (caretSeen && editor.view.hasFocus() && isBelowCaret(transaction, editor.state)) return
        const caret = caretInView(editor, top)
        caretSeen = caret !== undefined
        anchor = caret ?? firstInView(editor, top)
        frame = requestAnimationFrame(settle)
      })
      editor.on('destroy', () => {
        cancelAnimationFrame(frame)
        removeEventListener('resize', resized)
        removeEventListener('scroll', scrolled)
      })
    },
  })

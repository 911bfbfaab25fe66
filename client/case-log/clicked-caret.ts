import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, type Selection, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

const isInText = (node: globalThis.Node, view: EditorView): boolean => {
  const element = node instanceof HTMLElement ? node : node.parentElement
  return element !== null && view.dom.contains(element) && element.isContentEditable
}

/** The caret as the browser shows it, of which ProseMirror may not have heard yet. */
function shownCaret(view: EditorView, doc: Node): Selection | undefined {
  // Asking the browser where its selection is has it lay out the page first.
  if (!view.hasFocus() || view.composing) return undefined
  const shown = view.dom.ownerDocument.getSelection()
  if (!shown?.anchorNode || !shown.focusNode) return undefined
  if (!isInText(shown.anchorNode, view) || !isInText(shown.focusNode, view)) return undefined
  const anchor = view.posAtDOM(shown.anchorNode, shown.anchorOffset, 1)
  const head = view.posAtDOM(shown.focusNode, shown.focusOffset, 1)
  return TextSelection.between(doc.resolve(anchor), doc.resolve(head))
}

function takeCaret(view: EditorView): void {
  if (view.isDestroyed || !(view.state.selection instanceof TextSelection)) return
  const shown = shownCaret(view, view.state.doc)
  if (shown && !shown.eq(view.state.selection))
    view.dispatch(view.state.tr.setSelection(shown).setMeta('pointer', true))
}

/**
 * A click is never lost. The browser tells of a new caret in a task of its own; until then ProseMirror holds the old one,
 * and puts that back when it is drawn anew (a colleague's key press, a mark) and 20 ms after it got the focus.
 */
export const clickedCaret = Extension.create({
  name: 'clickedCaret',
  addProseMirrorPlugins: () => {
    let view: EditorView | undefined
    return [
      new Plugin({
        view: (drawn) => {
          view = drawn
          return {
            destroy: () => {
              view = undefined
            },
          }
        },
        props: {
          handleDOMEvents: {
            // The caret moves after this event, and before any timer.
            mousedown: (pressed) => {
              setTimeout(() => takeCaret(pressed))
              return false
            },
            click: (pressed) => {
              takeCaret(pressed)
              return false
            },
          },
        },
        appendTransaction: (transactions, before, now) => {
          if (view?.state !== before || !(before.selection instanceof TextSelection)) return null
          const fromOutside = transactions.every((tr) =>
            tr.docChanged ? isChangeOrigin(tr) : !tr.selectionSet,
          )
          const shown = fromOutside ? shownCaret(view, before.doc) : undefined
          if (!shown || shown.eq(before.selection)) return null
          const [anchor, head] = [shown.$anchor, shown.$head].map(({ pos }) =>
            transactions.reduce((at, { mapping }) => mapping.map(at), pos),
          )
          if (anchor === undefined || head === undefined) return null
          return now.tr.setSelection(TextSelection.between(now.doc.resolve(anchor), now.doc.resolve(head)))
        },
      }),
    ]
  },
})

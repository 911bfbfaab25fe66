import { ChatAddIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Transaction } from '@tiptap/pm/state'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linePlace } from './anchor-of.ts'
import { useComments } from './use-comments.ts'

type Place = { readonly at: number; readonly top: number }
type Given = { editor: Editor; host: RefObject<HTMLElement | null> }

/** Beside the line that is pointed at, touched, or has the caret: comment on it. Gone while one writes. */
export function LineButton({ editor, host }: Given) {
  const { t } = useTranslation()
  const { begin } = useComments()
  const place = useLine(editor, host)
  if (!place) return null
  return (
    <button
      type="button"
      className="line-comment"
      aria-label={t('comments.comment')}
      aria-keyshortcuts="Control+Alt+M"
      title={`${t('comments.comment')} (Ctrl Alt M)`}
      style={{ transform: `translateY(${Math.round(place.top)}px)` }}
      // The caret and what is selected stay where they are.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => begin({ at: place.at })}
    >
      <ChatAddIcon aria-hidden />
    </button>
  )
}

/** The line that somebody is at, and where it begins. Measured when it is another one, not at key presses. */
function useLine(editor: Editor, host: RefObject<HTMLElement | null>): Place | undefined {
  const [place, setPlace] = useState<Place>()
  useEffect(() => {
    let at: number | undefined
    let frame = 0
    const draw = (): void => {
      frame = 0
      const origin = host.current
      if (!origin || editor.isDestroyed) return
      const dom = at === undefined ? null : editor.view.nodeDOM(at)
      const top = dom instanceof HTMLElement ? dom.getBoundingClientRect().top : undefined
      setPlace(
        at === undefined || top === undefined
          ? undefined
          : { at, top: top - origin.getBoundingClientRect().top },
      )
    }
    const go = (to: number | undefined): void => {
      if (to === at) return
      at = to
      frame ||= requestAnimationFrame(draw)
    }
    const lineOf = (position: number): number | undefined => linePlace(editor.state, position)?.pos
    const onPointer = ({ target, pointerType, type }: PointerEvent): void => {
      if (type === 'pointerover' && pointerType === 'touch') return
      const { view } = editor
      if (!(target instanceof Element) || target === view.dom || !view.dom.contains(target)) return
      const position = view.posAtDOM(target, 0)
      if (position >= 0) go(lineOf(position))
    }
    const onTransaction = ({ transaction }: { transaction: Transaction }): void => {
      if (transaction.docChanged && !isChangeOrigin(transaction)) {
        go(undefined)
      } else if (transaction.docChanged && at !== undefined) {
        at = transaction.mapping.map(at)
        frame ||= requestAnimationFrame(draw)
      } else if (
        !transaction.docChanged &&
        transaction.selectionSet &&
        editor.isEditable &&
        editor.view.hasFocus()
      ) {
        go(lineOf(editor.state.selection.head))
      }
    }
    const { dom } = editor.view
    dom.addEventListener('pointerover', onPointer)
    dom.addEventListener('pointerup', onPointer)
    editor.on('transaction', onTransaction)
    return () => {
      cancelAnimationFrame(frame)
      dom.removeEventListener('pointerover', onPointer)
      dom.removeEventListener('pointerup', onPointer)
      editor.off('transaction', onTransaction)
    }
  }, [editor, host])
  return place
}

import { ArrowLeftIcon, XMarkIcon } from '@navikt/aksel-icons'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyboardInset } from '../case-log/keyboard-inset.ts'
import { Button } from '../ui/Button.tsx'
import { showThread } from './show.ts'
import { ThreadCard } from './ThreadCard.tsx'
import { ThreadList } from './ThreadList.tsx'
import { useComments } from './use-comments.ts'

/** Where there is no room beside the text: the open thread, or the list of all, from the bottom of the window. */
export function ThreadSheet() {
  const { t } = useTranslation()
  const { cards, active, listOpen, openList, close, editor, anchors } = useComments()
  const dialog = useRef<HTMLDialogElement>(null)
  useKeyboardInset(dialog)
  const card = cards.find(({ id }) => id === active)
  const isOpen = card !== undefined || listOpen

  useLayoutEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal()
    if (!isOpen && dialog.current?.open) dialog.current.close()
  }, [isOpen])

  // What it is about stays in view above it.
  const shown = useRef(card)
  shown.current = card
  useEffect(() => {
    if (active && shown.current && editor) showThread(editor, anchors, shown.current, 'nearest')
  }, [active, editor, anchors])

  // A tap beside the sheet; by keyboard it is Escape, which the dialog has itself.
  useEffect(() => {
    const { current } = dialog
    const onTap = ({ target }: MouseEvent): void => {
      if (target === current) current?.close()
    }
    current?.addEventListener('click', onTap)
    return () => current?.removeEventListener('click', onTap)
  }, [])

  const shut = () => {
    close()
    openList(false)
  }
  return (
    <dialog ref={dialog} className="sheet" aria-label={t('comments.title')} onClose={shut}>
      {isOpen && (
        <div className="sheet-inside">
          {card && (
            <header className="sheet-head">
              {listOpen ? (
                <Button
                  size="sm"
                  variant="tertiary"
                  icon={<ArrowLeftIcon aria-hidden />}
                  onClick={() => close()}
                >
                  {t('comments.back')}
                </Button>
              ) : (
                <h2>{t('comments.title')}</h2>
              )}
              <Button
                size="sm"
                variant="tertiary"
                aria-label={t('comments.closeThread')}
                icon={<XMarkIcon aria-hidden />}
                onClick={shut}
              />
            </header>
          )}
          {card ? <ThreadCard card={card} active quoted /> : <ThreadList onClose={shut} />}
        </div>
      )}
    </dialog>
  )
}

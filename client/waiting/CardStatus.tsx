import { CheckmarkIcon, CloudSlashIcon } from '@navikt/aksel-icons'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../ui/announce.ts'
import { type Response, takeBack } from './responses.ts'

/** What became of an answer: under way, kept until the line is back, or shared; with a way back where there is one. */
export function CardStatus({ response }: { response: Response }) {
  const { t } = useTranslation()
  const { state, outcome, canUndo, error } = response
  const place = useRef<HTMLParagraphElement>(null)

  // The button that was pressed is gone: the keyboard goes on from here.
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus()
  }, [])

  const undo = async () => {
    if (await takeBack(response.item.key)) announce(t('waiting.undone'))
  }
  const settled = state !== 'sending' && state !== 'kept'
  return (
    <p ref={place} className="waiting-status" tabIndex={-1}>
      {state === 'kept' && (
        <>
          <CloudSlashIcon aria-hidden /> {t('waiting.kept')}
        </>
      )}
      {state === 'sending' && t('waiting.sending')}
      {settled && (
        <>
          <CheckmarkIcon aria-hidden /> {t(`waiting.done.${outcome}`)}{' '}
          {canUndo && state !== 'folding' && (
            <button
              type="button"
              className="waiting-undo"
              aria-disabled={state === 'undoing'}
              onClick={() => void undo()}
            >
              {t('waiting.undo')}
            </button>
          )}
        </>
      )}
      {error && settled && <span role="alert"> {t('waiting.notUndone')}</span>}
    </p>
  )
}

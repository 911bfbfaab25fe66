import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attainment } from '../../shared/cases.ts'
import { stepSign } from './goal-model.ts'
import type { Undo } from './rating.ts'

const SHOWN_FOR = 10_000

type Props = {
  step: Attainment
  /** Missing where the server wrote the rating. */
  undo: Undo | undefined
  onUndo: (undo: Undo) => void
  onEnd: () => void
}

/** What I just said, and ten seconds to take it back, where it was given. Stays while somebody is on the button. */
export function Rated({ step, undo, onUndo, onEnd }: Props) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    const look = (): void => {
      if (button.current && button.current === document.activeElement) timer = setTimeout(look, 1000)
      else end.current()
    }
    let timer = setTimeout(look, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p className="goal-undo">
      {t('blocks.rated', { step: stepSign(step) })}
      {undo && (
        <button type="button" className="block-control" ref={button} onClick={() => onUndo(undo)}>
          {t('blocks.undo')}
        </button>
      )}
    </p>
  )
}

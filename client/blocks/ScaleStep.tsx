import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attainment } from '../../shared/cases.ts'
import { stepSign } from './goal-model.ts'

type Given = {
  /** In the text of a log, or large on the wall. */
  look: 'goal' | 'wall'
  step: Attainment
  word: string
  /** For whom a press rates. */
  service: string
  /** Who sees the goal here. */
  names: readonly string[]
  tiles: ReactNode
  mine: boolean
  onRate: ((step: Attainment) => void) | undefined
}

/** One of the five steps: who stands there, its sign and its words; a press rates, for whom that is allowed. */
export function ScaleStep({ look, step, word, service, names, tiles, mine, onRate }: Given) {
  const { t } = useTranslation()
  const sees = names.length > 0 ? `. ${t('blocks.standing', { services: names.join(', ') })}` : ''
  const words = { step: stepSign(step), word, service }
  const shown = (
    <>
      <span className={`${look}-step-tiles`}>{tiles}</span>
      <span className={`${look}-step-sign`}>{stepSign(step)}</span>
      <span className={`${look}-step-word`}>{word}</span>
    </>
  )
  return (
    <li data-standing={names.length > 0 || undefined} data-mine={mine || undefined}>
      {onRate ? (
        <button
          type="button"
          className={`${look}-step`}
          aria-pressed={mine}
          aria-label={t('blocks.rateAs', words) + sees}
          onClick={() => onRate(step)}
        >
          {shown}
        </button>
      ) : (
        <span className={`${look}-step`}>
          <span className="unseen">{t('blocks.rateRead', words) + sees}</span>
          <span aria-hidden="true" className={`${look}-step-shown`}>
            {shown}
          </span>
        </span>
      )}
    </li>
  )
}

import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attainment } from '../../shared/cases.ts'
import { drafts } from './drafts.ts'

const steps: readonly Attainment[] = [-2, -1, 0, 1, 2]
const sign = (step: number) => (step > 0 ? `+${step}` : `${step}`.replace('-', '−'))

/** Where one's own service sees the goal: one tap shares it, with the line if there is one. */
export function StepAnswer({
  draft,
  wording,
  onRate,
}: {
  draft: string
  /** The goal's own words for its steps; an empty one has the common word. */
  wording: readonly string[]
  onRate: (score: Attainment, line: string) => void
}) {
  const { t } = useTranslation()
  const [line, setLine] = useState(() => drafts.get(draft) ?? '')
  const scale = useRef<HTMLFieldSetElement>(null)
  const write = (text: string) => {
    setLine(text)
    if (text === '') drafts.delete(draft)
    else drafts.set(draft, text)
  }
  const toScale = (event: FormEvent) => {
    event.preventDefault()
    scale.current?.querySelector<HTMLElement>('[data-middle]')?.focus()
  }
  return (
    <>
      <form onSubmit={toScale}>
        <input
          className="ds-input waiting-see"
          aria-label={t('waiting.see')}
          placeholder={t('waiting.see')}
          maxLength={2000}
          autoComplete="off"
          value={line}
          onChange={({ target }) => write(target.value)}
        />
      </form>
      <fieldset ref={scale} className="waiting-steps">
        <legend className="unseen">{t('waiting.step')}</legend>
        {steps.map((step, at) => {
          const word = wording[at]?.trim() || t(`gas.${step}`)
          return (
            <button
              key={step}
              type="button"
              data-middle={step === 0 || undefined}
              aria-label={t('waiting.rateAs', { step: sign(step), word })}
              onClick={() => onRate(step, line.trim())}
            >
              <span className="waiting-step">{sign(step)}</span>
              <span className="waiting-step-word">{word}</span>
            </button>
          )
        })}
      </fieldset>
    </>
  )
}

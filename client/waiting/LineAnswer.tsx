import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { drafts } from './drafts.ts'

const words = ['yes', 'sometimes', 'notYet'] as const

/** One line, Enter, shared; or a word that needs no typing. */
export function LineAnswer({
  draft,
  quick = false,
  onShare,
}: {
  /** What the half-written line is kept under. */
  draft: string
  quick?: boolean
  onShare: (line: string) => void
}) {
  const { t } = useTranslation()
  const [line, setLine] = useState(() => drafts.get(draft) ?? '')
  const write = (text: string) => {
    setLine(text)
    if (text === '') drafts.delete(draft)
    else drafts.set(draft, text)
  }
  const share = (event: FormEvent) => {
    event.preventDefault()
    const text = line.trim()
    if (text !== '') onShare(text)
  }
  return (
    <>
      {quick && (
        <fieldset className="waiting-choices">
          <legend className="unseen">{t('waiting.quick')}</legend>
          {words.map((word) => (
            <Button key={word} variant="secondary" size="sm" onClick={() => onShare(t(`waiting.${word}`))}>
              {t(`waiting.${word}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <form className="waiting-line" onSubmit={share}>
        <input
          className="ds-input"
          aria-label={t('waiting.line')}
          placeholder={t('waiting.line')}
          maxLength={2000}
          autoComplete="off"
          enterKeyHint="send"
          value={line}
          onChange={({ target }) => write(target.value)}
        />
        <Button type="submit">{t('waiting.share')}</Button>
      </form>
    </>
  )
}

import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attainment } from '../../shared/cases.ts'
import type { BlockId } from '../../shared/ids.ts'
import { Button } from '../ui/Button.tsx'
import { FieldError } from '../ui/Field.tsx'

type Props = {
  goal: BlockId | null
  /** Half-written lines by goal: they outlive the view, which goes when a colleague moves the goal. */
  drafts: Map<BlockId, string>
  /** Where my service stands; the line belongs to that step. */
  step: Attainment | undefined
  onShare: (step: Attainment, line: string) => Promise<void>
}

/** One line from whoever looks at the goal now: type, Enter, shared. */
export function RateLine({ goal, drafts, step, onShare }: Props) {
  const { t } = useTranslation()
  const [line, setLine] = useState(() => (goal && drafts.get(goal)) ?? '')
  const [wrong, setWrong] = useState<string>()
  const about = useId()

  const write = (text: string) => {
    setLine(text)
    setWrong(undefined)
    if (goal && text !== '') drafts.set(goal, text)
    else if (goal) drafts.delete(goal)
  }
  const share = async (event: FormEvent) => {
    event.preventDefault()
    const text = line.trim()
    if (text === '') return
    if (step === undefined) {
      setWrong(t('blocks.pickStep'))
      return
    }
    try {
      await onShare(step, text)
      write('')
    } catch {
      setWrong(t('blocks.notShared'))
    }
  }

  return (
    <form className="goal-line-form" onSubmit={(event) => void share(event)}>
      <input
        className="ds-input"
        aria-label={t('blocks.whatDoYouSee')}
        aria-describedby={wrong ? about : undefined}
        aria-invalid={wrong ? true : undefined}
        placeholder={t('blocks.whatDoYouSee')}
        maxLength={2000}
        autoComplete="off"
        value={line}
        onChange={({ target }) => write(target.value)}
      />
      <Button type="submit" variant="secondary">
        {t('blocks.share')}
      </Button>
      <span role="alert">{wrong && <FieldError id={about}>{wrong}</FieldError>}</span>
    </form>
  )
}

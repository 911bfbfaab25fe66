import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'

type Given = {
  label: string
  text: string
  onShare: (text: string) => Promise<void>
  onLeave: () => void
}

/** One's own view in a few lines. What did not come through stays in the field. */
export function ViewLine({ label, text: before, onShare, onLeave }: Given) {
  const { t } = useTranslation()
  const [text, setText] = useState(before)
  const [wrong, setWrong] = useState<string>()
  const share = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return onLeave()
    try {
      await onShare(text.trim())
    } catch {
      setWrong(t('blocks.notShared'))
    }
  }
  return (
    <form className="disagreement-form" onSubmit={(event) => void share(event)}>
      <TextField
        label={label}
        ref={focusAtOnce}
        rows={2}
        maxLength={2000}
        error={wrong}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <p className="disagreement-actions">
        <Button type="submit" size="sm">
          {t('blocks.share')}
        </Button>
        <Button size="sm" variant="tertiary" onClick={onLeave}>
          {t('disagreement.cancel')}
        </Button>
      </p>
    </form>
  )
}

/** It opens on the press of its own button. */
const focusAtOnce = (field: HTMLTextAreaElement | null): void => field?.focus()

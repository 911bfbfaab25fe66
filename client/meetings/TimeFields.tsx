import { PlusIcon, XMarkIcon } from '@navikt/aksel-icons'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { FieldError } from '../ui/Field.tsx'
import { MOST_TIMES } from './plan.ts'
import { fromField, toField } from './when.ts'

const DAY = 86_400_000

type Given = { times: readonly string[]; wrong: boolean; onChange: (times: readonly string[]) => void }

/** One time calls the meeting; several are proposals that people answer. */
export function TimeFields({ times, wrong, onChange }: Given) {
  const { t } = useTranslation()
  const about = useId()
  const more = () => {
    const last = fromField(times.at(-1) ?? '') ?? Date.now()
    onChange([...times, toField(last + DAY)])
  }
  return (
    <fieldset className="field call-times">
      <legend>{t('meetings.when')}</legend>
      {times.map((time, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the fields are their places, and two may hold the same time
        <span key={at} className="call-time">
          <input
            type="datetime-local"
            className="ds-input"
            aria-label={t('meetings.timeNumber', { number: at + 1 })}
            aria-invalid={wrong && isWrong(time) ? true : undefined}
            aria-describedby={wrong ? about : undefined}
            value={time}
            onChange={({ target }) => onChange(times.with(at, target.value))}
          />
          {times.length > 1 && (
            <Button
              variant="tertiary"
              aria-label={t('meetings.timeLess', { number: at + 1 })}
              icon={<XMarkIcon aria-hidden />}
              onClick={() => onChange(times.toSpliced(at, 1))}
            />
          )}
        </span>
      ))}
      {times.length < MOST_TIMES && (
        <Button variant="tertiary" size="sm" icon={<PlusIcon aria-hidden />} onClick={more}>
          {t('meetings.timeMore')}
        </Button>
      )}
      {wrong && <FieldError id={about}>{t('meetings.timeWrong')}</FieldError>}
    </fieldset>
  )
}

const isWrong = (time: string): boolean => {
  const at = fromField(time)
  return at === undefined || at < Date.now() - DAY / 2
}

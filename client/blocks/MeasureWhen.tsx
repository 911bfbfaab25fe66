import { CalendarIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { MeasureFields } from '../../shared/blocks/measure.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { shortDay } from './when.ts'

type Props = {
  fields: MeasureFields
  canChange: boolean
  onChange: (changed: Partial<MeasureFields>) => void
}

/** How often, and from when until when; a small calendar while nothing is said. */
export function MeasureWhen({ fields, canChange, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(false)
  const date = (isoDate: string) => shortDay(isoDate, i18n.language)
  const until = fields.due && t('blocks.until', { date: date(fields.due) })
  // A start that has passed says no more than the status does.
  const ahead = fields.start !== null && fields.start > new Date().toISOString().slice(0, 10)
  const from = ahead && fields.start && t('blocks.from', { date: date(fields.start) })
  const said = [fields.frequency, from, until].filter(Boolean).join(' · ')
  if (!canChange) return said ? <span className="measure-when">{said}</span> : null

  const setDate = (name: 'start' | 'due') => ({
    type: 'date' as const,
    defaultValue: fields[name] ?? '',
    onChange: ({ target }: { target: HTMLInputElement }) =>
      target.validity.valid && onChange({ [name]: target.value || null }),
  })
  return (
    <>
      <button
        type="button"
        className={said ? 'block-control measure-when' : 'block-control measure-when is-unsaid'}
        aria-haspopup="dialog"
        aria-label={said ? `${t('blocks.when')}: ${said}` : t('blocks.when')}
        onClick={() => setOpen(true)}
      >
        {said || <CalendarIcon aria-hidden />}
      </button>
      {open &&
        createPortal(
          <Dialog title={t('blocks.when')} open onClose={() => setOpen(false)}>
            <div className="block-settings">
              <Field
                label={t('blocks.frequency')}
                placeholder={t('blocks.frequencyPlaceholder')}
                maxLength={120}
                defaultValue={fields.frequency}
                onBlur={({ target }) => onChange({ frequency: target.value.trim() })}
              />
              <Field label={t('blocks.start')} {...setDate('start')} />
              <Field label={t('blocks.due')} {...setDate('due')} />
              <Button onClick={() => setOpen(false)}>{t('blocks.done')}</Button>
            </div>
          </Dialog>,
          document.body,
        )}
    </>
  )
}

import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { drawId } from '../../shared/draw-id.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, queryClient } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { Field, FieldError } from '../ui/Field.tsx'

/** One optional line to a service. What is written stays until the server has it. */
export function AskForm({
  caseId,
  service,
  onAsked,
}: {
  caseId: CaseId
  service: Service
  onAsked: () => void
}) {
  const { t } = useTranslation()
  // The same at every attempt, so that a lost answer never asks twice.
  const [id] = useState(drawId)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  const name = service.shortName

  const ask = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFailed(undefined)
    try {
      await call(endpoints.ask, { params: { id: caseId }, body: { id, service: service.id, text } })
      announce(t('questions.asked', { service: name }))
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.cases }),
        queryClient.invalidateQueries({ queryKey: keys.questions(caseId) }),
      ])
      onAsked()
    } catch (error) {
      setFailed(error)
      setBusy(false)
    }
  }
  const reason = (error: unknown): string => {
    if (error instanceof AppError && error.code === 'tooMany')
      return t('questions.tooSoon', { service: name })
    if (error instanceof AppError && error.field === 'body.service')
      return t('questions.nobodyThere', { service: name })
    return `${t('questions.notAsked')} ${t(errorKey(error))}`
  }
  return (
    <form className="ask-form" onSubmit={(event) => void ask(event)}>
      <Field
        label={t('questions.line')}
        hint={t('questions.optional')}
        maxLength={500}
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <p className="quiet">{t('questions.calm')}</p>
      <div role="alert">{failed !== undefined && <FieldError>{reason(failed)}</FieldError>}</div>
      <Button type="submit" aria-disabled={busy}>
        {t('questions.askService', { service: name })}
      </Button>
    </form>
  )
}

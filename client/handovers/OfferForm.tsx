import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { drawId } from '../../shared/draw-id.ts'
import type { Receiver } from '../../shared/handovers.ts'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServices } from '../api/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Face } from '../ui/Face.tsx'
import { Field, FieldError } from '../ui/Field.tsx'
import { firstName } from '../ui/names.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useHandoverSteps } from './queries.ts'

/** To whom the baton is offered, with how many each holds already, and a few words along the way. */
export function OfferForm({
  caseId,
  receivers,
  onOffered,
}: {
  caseId: CaseId
  receivers: readonly Receiver[] | undefined
  onOffered: () => void
}) {
  const { t } = useTranslation()
  const services = useServices()
  const name = useId()
  // The same at every attempt, so that a lost answer never offers twice.
  const [id] = useState(drawId)
  const [to, setTo] = useState<PersonId>()
  const [message, setMessage] = useState('')
  const [missing, setMissing] = useState(false)
  const { run, failed, busy } = useHandoverSteps(caseId)

  if (!receivers) return <Skeleton width="100%" height="8rem" />
  if (receivers.length === 0) return <p>{t('handovers.nobody')}</p>
  const offer = async (event: FormEvent) => {
    event.preventDefault()
    const receiver = receivers.find(({ person }) => person === to)
    setMissing(receiver === undefined)
    if (!receiver) return
    const done = t('handovers.offeredNow', { name: firstName(receiver.name) })
    const body = { id, to: receiver.person, message }
    if (await run(() => call(endpoints.proposeHandover, { params: { id: caseId }, body }), done)) onOffered()
  }
  return (
    <form className="offer" onSubmit={(event) => void offer(event)}>
      <p>{t('handovers.lead')}</p>
      <fieldset className="field offer-people">
        <legend className="legend">{t('handovers.who')}</legend>
        {receivers.map(({ person, name: who, title, service, load }) => (
          <label key={person} className="offer-person">
            <input
              type="radio"
              name={name}
              checked={to === person}
              onChange={() => {
                setTo(person)
                setMissing(false)
              }}
            />
            <Face name={who} service={service} size={32} />
            <span>
              <strong>{who}</strong>
              <span className="offer-about">
                {services.find((known) => known.id === service)?.shortName} · {title} ·{' '}
                {t('handovers.load', { count: load })}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field
        label={t('handovers.message')}
        hint={t('handovers.optional')}
        maxLength={500}
        autoComplete="off"
        value={message}
        onChange={({ target }) => setMessage(target.value)}
      />
      <div role="alert">
        {missing && <FieldError>{t('handovers.choose')}</FieldError>}
        {failed !== undefined && (
          <FieldError>
            {t('handovers.failed')} {t(errorKey(failed))}
          </FieldError>
        )}
      </div>
      <Button type="submit" aria-disabled={busy}>
        {t('handovers.offer')}
      </Button>
    </form>
  )
}

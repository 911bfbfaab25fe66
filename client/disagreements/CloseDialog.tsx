import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { Member } from '../../shared/cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Disagreement } from '../../shared/meetings.ts'
import { can } from '../../shared/roles.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { FieldError, TextField } from '../ui/Field.tsx'
import { keepDisagreement } from './queries.ts'

type Given = { one: Disagreement; members: readonly Member[]; onClose: () => void }

/** Ends a disagreement with what was decided, and keeps the names of those who still see it differently. */
export function CloseDialog({ one, members, onClose }: Given) {
  const { t } = useTranslation()
  const [block] = useState(newBlockId)
  const [decision, setDecision] = useState('')
  const [dissented, setDissented] = useState<ReadonlySet<PersonId>>(new Set())
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>()
  const people = members.filter(({ role }) => can(role, 'disagreement.view'))

  const toggle = (person: PersonId) => {
    const next = new Set(dissented)
    if (!next.delete(person)) next.add(person)
    setDissented(next)
  }
  const close = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (decision.trim() === '') return
    try {
      const body = { block, decision, dissented: [...dissented] }
      const params = { id: one.case, disagreement: one.id }
      keepDisagreement(await call(endpoints.closeDisagreement, { params, body }))
      onClose()
    } catch (failed) {
      setError(failed)
    }
  }
  return (
    <Dialog title={t('disagreement.closeTitle')} open onClose={onClose}>
      <form className="disagreement-form" onSubmit={(event) => void close(event)}>
        <TextField
          label={t('disagreement.decision')}
          hint={t('disagreement.decisionHint')}
          rows={3}
          maxLength={2000}
          error={asked && decision.trim() === '' ? t('disagreement.decisionMissing') : undefined}
          value={decision}
          onChange={({ target }) => setDecision(target.value)}
        />
        <fieldset className="disagreement-people">
          <legend className="legend">{t('disagreement.who')}</legend>
          {people.map(({ person, name }) => (
            <label key={person}>
              <input type="checkbox" checked={dissented.has(person)} onChange={() => toggle(person)} />
              {name}
            </label>
          ))}
        </fieldset>
        <span role="alert">{error !== undefined && <FieldError>{t(errorKey(error))}</FieldError>}</span>
        <p className="disagreement-actions">
          <Button type="submit">{t('disagreement.closeButton')}</Button>
          <Button variant="secondary" onClick={onClose}>
            {t('disagreement.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}

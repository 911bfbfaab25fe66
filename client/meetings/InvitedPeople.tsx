import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { Member } from '../../shared/cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import { Face } from '../ui/Face.tsx'
import { Field } from '../ui/Field.tsx'
import type { Fault } from './plan.ts'

type Given = {
  members: readonly Member[]
  me: PersonId
  leftOut: ReadonlyMap<PersonId, string>
  wrong: readonly Fault[]
  onChange: (leftOut: ReadonlyMap<PersonId, string>) => void
}

/** Everybody in the log is invited, the family first; leaving somebody out needs a reason, which is kept. */
export function InvitedPeople({ members, me, leftOut, wrong, onChange }: Given) {
  const { t } = useTranslation()
  const isFamily = ({ role }: Member) => can(role, 'log.addLine') && !can(role, 'log.write')
  const sorted = [...members].sort((a, b) => Number(isFamily(b)) - Number(isFamily(a)))
  const set = (person: PersonId, reason: string | undefined) => {
    const next = new Map(leftOut)
    if (reason === undefined) next.delete(person)
    else next.set(person, reason)
    onChange(next)
  }
  return (
    <fieldset className="field call-people">
      <legend>{t('meetings.invited')}</legend>
      <span className="field-hint">{t('meetings.invitedHint')}</span>
      {sorted.map((member) => {
        const reason = leftOut.get(member.person)
        return (
          <div key={member.person} className="call-person">
            <label>
              <input
                type="checkbox"
                checked={reason === undefined}
                disabled={member.person === me}
                onChange={({ target }) => set(member.person, target.checked ? undefined : '')}
              />
              <Face name={member.name} service={member.service} size={28} />
              <span>
                {member.name} <span className="quiet">{member.title}</span>
              </span>
            </label>
            {reason !== undefined && (
              <Field
                label={t('meetings.whyNot', { name: member.name })}
                maxLength={300}
                autoComplete="off"
                error={wrong.includes(`reason:${member.person}`) ? t('meetings.whyMissing') : undefined}
                value={reason}
                onChange={({ target }) => set(member.person, target.value)}
              />
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

import { useTranslation } from 'react-i18next'
import type { CaseSummary } from '../../shared/cases.ts'
import type { Person } from '../../shared/people.ts'
import { useServiceOf } from '../api/queries.ts'
import { Baton } from '../ui/Baton.tsx'
import { Face } from '../ui/Face.tsx'

/** Who holds the baton; «Du», with the baton itself, when it is yours. */
export function Coordinator({ one, me }: { one: CaseSummary; me: Person }) {
  const { t } = useTranslation()
  const { person, name, service } = one.coordinator
  const known = useServiceOf(service)
  const mine = person === me.id
  return (
    <div className="coordinator">
      <Face name={name} service={service} size={30} />
      <div>
        <span className="coordinator-name" data-mine={mine || undefined}>
          {mine ? t('shell.you') : name}
          {mine && <Baton size={17} />}
        </span>
        <span className="coordinator-service">{known?.shortName}</span>
      </div>
    </div>
  )
}

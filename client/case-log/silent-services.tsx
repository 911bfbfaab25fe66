import type { ReactNode } from 'react'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import { useMe, useMunicipality } from '../api/queries.ts'
import { daysSince } from '../cases/pulse.ts'
import { AskButton } from '../questions/AskButton.tsx'
import { useQuestions } from '../questions/queries.ts'
import { useNow } from '../ui/clock.ts'

/** A service that has been silent for long, or has never written; `ask` where one may ask it. */
export type Silent = { days: number | undefined; ask: ReactNode }

/** The silent services of a log, each by the one of its people who last wrote. */
export function useSilent(detail: CaseDetail): ReadonlyMap<PersonId, Silent> {
  const me = useMe()
  const now = useNow()
  const municipality = useMunicipality()
  const asked = useQuestions(detail.id).data?.askedToday ?? []
  const silent = new Map<PersonId, Silent>()
  const taking = detail.members.filter(({ role }) => can(role, 'log.addLine'))
  for (const [service, people] of Map.groupBy(taking, (member) => member.service)) {
    const [last] = people.toSorted((a, b) => (b.lastLineAt ?? '').localeCompare(a.lastLineAt ?? ''))
    const known = municipality?.services.find(({ id }) => id === service)
    if (!last || !known || !municipality) continue
    const days = last.lastLineAt === null ? undefined : daysSince(last.lastLineAt, now)
    if (days !== undefined && days <= municipality.settings.silentAfterDays) continue
    const mayAsk = can(detail.role, 'question.ask') && service !== me.service
    silent.set(last.person, {
      days,
      ask: mayAsk && (
        <AskButton
          caseId={detail.id}
          name={detail.subject.name}
          service={known}
          silentFor={days}
          asked={asked.some((one) => one.service === service)}
          className="ds-button member-ask"
        />
      ),
    })
  }
  return silent
}

import './pulse.css'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ServicePulse } from '../../shared/cases.ts'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { useColleagues } from '../api/queries.ts'
import { useWriting } from '../api/writing.ts'
import { AskButton } from '../questions/AskButton.tsx'
import { firstName } from '../ui/names.ts'
import { inServiceColours } from '../ui/service.ts'
import { daysSince, isSilent } from './pulse.ts'

type PulseProps = {
  caseId: CaseId
  beat: z.infer<typeof ServicePulse>
  service: Service
  silentAfterDays: number
  now: Date
  /** On a card there is no column head to say whose it is. */
  withTile?: boolean
  /** Whom the log is for, where a silent service may be asked. */
  ask?: string | undefined
}

/** When a service last wrote: solid while it writes, dashed yellow when it has been silent for long. */
export function Pulse({ caseId, beat, service, silentAfterDays, now, withTile = false, ask }: PulseProps) {
  const { t } = useTranslation()
  const writer = useWriting(caseId).find((one) => one.service === service.id)
  const writing = useWriterWords(writer?.person)
  const age = useAge(beat.lastLineAt, now)
  const silent = isSilent(beat, silentAfterDays, now)
  const state = writer ? 'writing' : silent ? 'silent' : beat.lastLineAt === null ? 'none' : 'fresh'
  const unread = beat.unread
    ? t('news.forService', { count: beat.unread, service: service.shortName })
    : undefined
  const words = {
    writing: `${service.name}: ${writing}`,
    silent: t('cases.pulse.silentFor', {
      count: beat.lastLineAt === null ? 0 : daysSince(beat.lastLineAt, now),
    }),
    none: t('cases.pulse.neverWrote', { service: service.name }),
    fresh: t('cases.pulse.lastLine', { service: service.name, age }),
  }[state]
  return (
    <span
      className="pulse"
      data-state={state}
      title={unread ? `${words}. ${unread}` : words}
      {...inServiceColours(service)}
    >
      {withTile && (
        <span className="pulse-tile" aria-hidden="true">
          {service.tile}
        </span>
      )}
      <span className="pulse-age" aria-hidden="true">
        {writer ? writing : age}
      </span>
      {unread && (
        <span className="pulse-unread" aria-hidden="true">
          {beat.unread}
        </span>
      )}
      <span className="unseen">{withTile ? `${service.name}: ${words}` : words}</span>
      {unread && <span className="unseen">. {unread}</span>}
      {ask !== undefined && (state === 'silent' || state === 'none') && (
        <AskButton
          caseId={caseId}
          name={ask}
          service={service}
          silentFor={beat.lastLineAt === null ? undefined : daysSince(beat.lastLineAt, now)}
          asked={beat.askAgainAt !== null}
        />
      )}
    </span>
  )
}

/** «Liv skriver», or only «skriver» as long as the name is not known here. */
function useWriterWords(person: PersonId | undefined): string {
  const { t } = useTranslation()
  const people = useColleagues(person !== undefined).data
  const name = people?.find(({ id }) => id === person)?.name
  return name ? t('cases.pulse.namedWriting', { name: firstName(name) }) : t('cases.pulse.writing')
}

function useAge(lastLineAt: string | null, now: Date): string {
  const { t } = useTranslation()
  if (lastLineAt === null) return t('cases.pulse.none')
  const days = daysSince(lastLineAt, now)
  if (days === 0) return t('cases.pulse.today')
  return days === 1 ? t('cases.pulse.yesterday') : t('cases.pulse.days', { count: days })
}

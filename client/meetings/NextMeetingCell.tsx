import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { can } from '../../shared/capabilities.ts'
import type { CaseSummary } from '../../shared/cases.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import { PutOnAgenda } from './PutOnAgenda.tsx'
import { useMeetings } from './queries.ts'
import { meetingWhen } from './when.ts'

/** A row's next meeting, and one click to put the log on its agenda. */
export function NextMeetingCell({ one, now }: { one: CaseSummary; now: Date }) {
  const { t, i18n } = useTranslation()
  const nameOf = useCaseName()
  const next = useMeetings()
    .data?.meetings.filter(
      ({ cases, status, startsAt, minutes, running }) =>
        cases.some(({ id }) => id === one.id) &&
        (running ||
          status === 'proposed' ||
          (status === 'called' && (startsAt ?? 0) + minutes * 60_000 > now.getTime())),
    )
    .sort((a, b) => Number(b.running) - Number(a.running) || (a.startsAt ?? 0) - (b.startsAt ?? 0))[0]
  return (
    <div className="next-cell">
      <p>
        {next ? (
          <>
            <Link to={`/mote/${next.id}`}>
              {next.running
                ? t('meetings.join')
                : next.startsAt === null
                  ? t('meetings.timesAsked')
                  : meetingWhen(next.startsAt, i18n.language, now)}
            </Link>
            <span className="quiet">{next.title}</span>
          </>
        ) : (
          <span className="quiet">{t('meetings.none')}</span>
        )}
      </p>
      {can(one.role, 'agenda.change') && (
        <PutOnAgenda caseId={one.id} name={nameOf(one.id, one.subject.name)} />
      )}
    </div>
  )
}

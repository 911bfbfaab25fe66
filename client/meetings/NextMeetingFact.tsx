import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { PutOnAgenda } from './PutOnAgenda.tsx'
import { useCaseAgenda } from './queries.ts'
import { meetingWhen } from './when.ts'

/** In the log's header: when people meet next, who arranges it, and one click to put the log on the agenda. */
export function NextMeetingFact({ detail }: { detail: CaseDetail }) {
  const { t, i18n } = useTranslation()
  const agenda = useCaseAgenda(detail.id).data
  const meeting = agenda?.running ?? agenda?.next
  return (
    <div className="case-next">
      <dt>{t('meetings.next')}</dt>
      <dd>
        {meeting ? (
          <Link to={`/mote/${meeting.id}`}>
            {meeting.startsAt === null
              ? t('meetings.timesAsked')
              : meetingWhen(meeting.startsAt, i18n.language)}
          </Link>
        ) : (
          agenda && t('meetings.none')
        )}{' '}
        {meeting && (
          <span className="case-service case-arranges">
            {t('meetings.arranges', { name: meeting.organiser.name })}
          </span>
        )}{' '}
        {can(detail.role, 'agenda.change') && <PutOnAgenda caseId={detail.id} name={detail.subject.name} />}
      </dd>
    </div>
  )
}

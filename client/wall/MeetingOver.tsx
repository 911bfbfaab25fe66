import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { meetingTime } from './next-time.ts'

/** The meeting has been held, or will not be: where to go from here. */
export function MeetingOver({ meeting, unshared }: { meeting: Meeting; unshared: readonly string[] }) {
  const { t, i18n } = useTranslation()
  const [only] = meeting.kind === 'case' ? meeting.cases : []
  const cancelled = meeting.status === 'cancelled'
  return (
    <div className="page message">
      <h1>{t(cancelled ? 'meeting.over.cancelled' : 'meeting.over.title')}</h1>
      <p role="status">
        {cancelled
          ? meeting.title
          : t('meeting.over.text', {
              title: meeting.title,
              when: meetingTime(meeting.endedAt ?? meeting.startsAt ?? Date.now(), i18n.language),
            })}
      </p>
      {unshared.length > 0 && (
        <div className="notice" role="alert">
          <div>
            <p>{t('meeting.over.unshared')}</p>
            {unshared.map((line) => (
              <blockquote key={line}>{line}</blockquote>
            ))}
          </div>
        </div>
      )}
      <div className="notice-actions">
        {!cancelled && (
          <ButtonLink to={`/mote/${meeting.id}/referat`}>{t('meeting.over.minutes')}</ButtonLink>
        )}
        <ButtonLink variant="secondary" to={only ? `/logg/${only.id}` : '/'}>
          {t(only ? 'meeting.toLog' : 'shell.toOverview')}
        </ButtonLink>
      </div>
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseId } from '../../shared/ids.ts'
import { useCaseAgenda } from './queries.ts'

/** A meeting about this log is held right now: the way in. */
export function RunningLink({ caseId }: { caseId: CaseId }) {
  const { t } = useTranslation()
  const running = useCaseAgenda(caseId).data?.running
  if (!running) return null
  return (
    <p className="case-running" role="status">
      {t('meeting.running')} <Link to={`/mote/${running.id}`}>{t('meeting.join')}</Link>
    </p>
  )
}

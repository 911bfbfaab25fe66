// First, so that it stands before any schema is built.
import '../api/zod.ts'
import './case-log.css'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import { errorKey } from '../api/call.ts'
import { isCaseId } from '../api/ids.ts'
import { useCaseDetail } from '../api/queries.ts'
import { AfreshNotice } from '../set-aside/SetAsideNotice.tsx'
import { Button } from '../ui/Button.tsx'
import { Missing } from './Ended.tsx'
import { LogSkeleton } from './LogSkeleton.tsx'
import { OpenLog } from './OpenLog.tsx'
import { useLog } from './use-log.ts'

/** One case log: its facts, its text, everybody who writes in it. */
// biome-ignore lint/style/noDefaultExport: a lazy route
export default function CaseLogPage() {
  const { id } = useParams()
  return isCaseId(id) ? <CaseLog key={id} id={id} /> : <Missing />
}

function CaseLog({ id }: { id: CaseId }) {
  const detail = useCaseDetail(id)
  const { log, afresh, seen } = useLog(id, !isGone(detail.error))
  if (detail.data && log)
    return (
      <OpenLog
        detail={detail.data}
        log={log}
        gone={isGone(detail.error)}
        afresh={afresh ? <AfreshNotice onSeen={seen} /> : null}
      />
    )
  if (isGone(detail.error)) return <Missing />
  if (detail.error) return <Failed error={detail.error} retry={() => void detail.refetch()} />
  return <LogSkeleton />
}

const isGone = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'notFound' || error.code === 'notAllowed')

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="page message">
      <title>{`${t('caseLog.failed.title')} · Stafett`}</title>
      <h1>{t('caseLog.failed.title')}</h1>
      <p>{t('caseLog.failed.text')}</p>
      <p className="quiet">{t(errorKey(error))}</p>
      <Button onClick={retry}>{t('shell.retry')}</Button>
    </div>
  )
}

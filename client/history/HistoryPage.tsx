// First, so that it stands before any schema is built.
import '../api/zod.ts'
import '../case-log/case-log.css'
import '../blocks/blocks.css'
import './history.css'
import { ArrowLeftIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { CaseDetail } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import { errorKey } from '../api/call.ts'
import { isCaseId } from '../api/ids.ts'
import { useCaseDetail } from '../api/queries.ts'
import { Missing } from '../case-log/Ended.tsx'
import { LogSkeleton } from '../case-log/LogSkeleton.tsx'
import { useCaseName } from '../cases/hidden-names.ts'
import { Button } from '../ui/Button.tsx'
import { useMedia } from '../ui/media.ts'
import { HistoryPanel } from './HistoryPanel.tsx'
import { MomentView } from './MomentView.tsx'
import { type Selection, useSessions } from './queries.ts'
import { WIDE } from './wide.ts'

/** A log's history by itself: where a panel has no room beside the log, and for whoever was sent a link. */
// biome-ignore lint/style/noDefaultExport: a lazy route
export default function HistoryPage() {
  const { id } = useParams()
  return isCaseId(id) ? <OfCase key={id} id={id} /> : <Missing />
}

function OfCase({ id }: { id: CaseId }) {
  const { t } = useTranslation()
  const detail = useCaseDetail(id)
  const { error } = detail
  if (error instanceof AppError && error.status < 500) return <Missing />
  if (detail.data) return <History detail={detail.data} />
  if (!error) return <LogSkeleton />
  return (
    <div className="page message">
      <p>{t('history.failed')}</p>
      <p className="quiet">{t(errorKey(error))}</p>
      <Button onClick={() => void detail.refetch()}>{t('shell.retry')}</Button>
    </div>
  )
}

const number = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined)

function History({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const nameOf = useCaseName()
  const navigate = useNavigate()
  const wide = useMedia(WIDE)
  const [search, setSearch] = useSearchParams()
  const newest = useSessions(detail.id).data?.pages[0]?.sessions[0]
  const since = number(search.get('since'))
  // «Since then» without an end goes on to now.
  const seq = number(search.get('seq')) ?? (since === undefined ? undefined : newest?.to)
  const chosen: Selection | undefined = seq === undefined ? undefined : { seq, since }
  // With room for both, the newest session stands beside the list from the start.
  const selection = chosen ?? (wide && newest ? { seq: newest.to, since: newest.from - 1 } : undefined)
  const select = (next: Selection) => {
    const { since } = next
    setSearch(
      since === undefined ? { seq: String(next.seq) } : { seq: String(next.seq), since: String(since) },
    )
    window.scrollTo({ top: 0 })
  }
  const toLog = { label: t('history.toLog'), act: () => void navigate(`/logg/${detail.id}`) }
  const toList = { label: t('history.toList'), act: () => setSearch({}) }
  return (
    <div className="case-log history-page">
      <title>{`${t('history.pageTitle', { name: nameOf(detail.id, detail.subject.name) })} · Stafett`}</title>
      <header className="case-header">
        <div className="case-title">
          <Link className="case-back" to={`/logg/${detail.id}`} aria-label={t('history.toLog')}>
            <ArrowLeftIcon aria-hidden />
          </Link>
          <h1>{nameOf(detail.id, detail.subject.name)}</h1>
          <p className="case-about">{detail.subject.about}</p>
        </div>
      </header>
      <div className="history-columns">
        {selection && (
          <MomentView detail={detail} selection={selection} onSelect={select} close={wide ? toLog : toList} />
        )}
        {(wide || !selection) && <HistoryPanel detail={detail} selection={selection} onSelect={select} />}
      </div>
    </div>
  )
}

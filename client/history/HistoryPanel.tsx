import './history.css'
import { XMarkIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { DayStrip } from './DayStrip.tsx'
import { type HistoryPage, type Selection, type Session, useSessions, type Version } from './queries.ts'
import { SessionRow } from './SessionRow.tsx'
import { VersionRow } from './VersionRow.tsx'
import { dayHeading } from './when.ts'

type Given = {
  detail: CaseDetail
  selection: Selection | undefined
  onSelect: (selection: Selection) => void
  /** Closes the panel; a page of its own has nothing to close. */
  onClose?: () => void
}

/** When somebody worked, and what they did: a strip of days, and sessions newest first with the names of moments. */
export function HistoryPanel(given: Given) {
  const { t } = useTranslation()
  const query = useSessions(given.detail.id)
  const pages = query.data?.pages ?? []
  return (
    <aside
      className="history-panel"
      aria-labelledby="history-title"
      data-page={given.onClose ? undefined : true}
    >
      <header className="history-head">
        <h2 id="history-title">{t('history.title')}</h2>
        {given.onClose && (
          <Button
            variant="tertiary"
            size="sm"
            aria-label={t('history.close')}
            icon={<XMarkIcon aria-hidden />}
            onClick={given.onClose}
          />
        )}
      </header>
      {query.isPending && <ListSkeleton />}
      {query.isError && pages.length === 0 && (
        <div className="history-message" role="alert">
          <p>{t('history.failed')}</p>
          <Button variant="secondary" size="sm" onClick={() => void query.refetch()}>
            {t('shell.retry')}
          </Button>
        </div>
      )}
      {pages[0]?.sessions.length === 0 && <p className="history-message">{t('history.empty')}</p>}
      {pages[0] && pages[0].sessions.length > 0 && (
        <>
          <DayStrip days={pages[0].days} selection={given.selection} onSelect={given.onSelect} />
          <Days {...given} pages={pages} />
          {query.hasNextPage && (
            <Button
              variant="tertiary"
              size="sm"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('history.more')}
            </Button>
          )}
        </>
      )}
    </aside>
  )
}

type Row = { page: HistoryPage; session: Session; versions: Version[] }

/** Sessions under the day they ended on, each after the names of moments that came after it. */
function Days({ detail, selection, onSelect, pages }: Given & { pages: HistoryPage[] }) {
  const { i18n } = useTranslation()
  const versions = pages[0]?.versions ?? []
  const all = pages.flatMap((page) => page.sessions.map((session) => ({ page, session })))
  const rows = all.map((row, at): Row => {
    const above = all[at - 1]?.session.to ?? Number.POSITIVE_INFINITY
    const mine = versions.filter(({ seq }) => seq >= row.session.to && seq < above)
    return { ...row, versions: mine }
  })
  const days = Map.groupBy(rows, ({ session }) => dayHeading(session.endedAt, i18n.language))
  const canName = can(detail.role, 'log.write')
  return [...days].map(([day, ofDay]) => (
    <section key={day} className="history-day" aria-label={day}>
      <h3>{day}</h3>
      <ol className="plain">
        {ofDay.map(({ page, session, versions: named }) => [
          ...named.map((version) => (
            <VersionRow
              key={version.id}
              caseId={detail.id}
              version={version}
              canName={canName}
              current={selection?.seq === version.seq && selection.since === undefined}
              onSelect={() => onSelect({ seq: version.seq, since: undefined })}
            />
          )),
          <SessionRow
            key={session.to}
            detail={detail}
            session={session}
            writers={page.writers}
            current={selection?.seq === session.to && selection.since === session.from - 1}
            onSelect={() => onSelect({ seq: session.to, since: session.from - 1 })}
          />,
        ])}
      </ol>
    </section>
  ))
}

function ListSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="history-skeleton" role="status" aria-label={t('history.loading')}>
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} width="100%" height={row === 0 ? 72 : 56} />
      ))}
    </div>
  )
}

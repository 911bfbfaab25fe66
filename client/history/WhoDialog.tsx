import './who.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseDetail } from '../../shared/cases.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { firstName } from '../ui/names.ts'
import { Tile } from '../ui/Tile.tsx'
import { writerOf } from './queries.ts'
import { fullMoment } from './when.ts'

export type Asked = { ranges: CharacterRange[]; text: string }

/** Who wrote the selected text, piece by piece, and when. */
export function WhoDialog({
  detail,
  asked,
  onClose,
}: {
  detail: CaseDetail
  asked: Asked
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('history.who.title')} open onClose={onClose}>
      <Answer detail={detail} asked={asked} />
    </Dialog>
  )
}

function Answer({ detail, asked: { ranges, text } }: { detail: CaseDetail; asked: Asked }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['history', detail.id, 'who', ranges],
    queryFn: ({ signal }) =>
      call(endpoints.whoWrote, { params: { id: detail.id }, body: { ranges }, signal }),
    enabled: ranges.length > 0,
    gcTime: 0,
  })
  if (query.isError)
    return (
      <div role="alert" className="history-message">
        <p>{t('history.who.failed')}</p>
        <Button size="sm" onClick={() => void query.refetch()}>
          {t('shell.retry')}
        </Button>
      </div>
    )
  if (ranges.length > 0 && !query.data) return <p role="status">{t('history.loading')}</p>
  const { runs = [], writers = [] } = query.data ?? {}
  if (runs.length === 0) return <p>{t('history.who.none')}</p>
  let end = 0
  return (
    <ul className="plain who-list">
      {runs.map((run) => {
        const start = end
        end += run.length
        const writer = writerOf(writers, run.writer)
        const mover = run.movedBy === run.writer ? undefined : writerOf(writers, run.movedBy)
        return (
          <li key={start} className="who-run">
            {writer && <Tile service={writer.service} size={28} named />}
            <div>
              <p className="who-name">
                <b>{writer?.name}</b> <span className="quiet">{fullMoment(run.at, i18n.language, t)}</span>
              </p>
              <p className="who-text">«{text.slice(start, end)}»</p>
              <p className="quiet">
                {mover && (
                  <>
                    {t('history.who.moved', {
                      name: firstName(mover.name),
                      when: fullMoment(run.movedAt ?? run.at, i18n.language, t),
                    })}
                    {' · '}
                  </>
                )}
                <Link to={`/logg/${detail.id}/historikk?seq=${run.seq}`}>{t('history.who.moment')}</Link>
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

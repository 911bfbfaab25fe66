import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { HistoryWriter } from '../../shared/history.ts'
import { bylineWhen } from '../case-log/when.ts'
import { type Session, useSessions, writerOf } from '../history/queries.ts'
import { Sentence } from '../history/Sentence.tsx'
import { useSaying } from '../history/saying.ts'
import { sentences } from '../history/sentences.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tile } from '../ui/Tile.tsx'
import { useCaseAgenda } from './queries.ts'
import { useLogOnWall, useOnWall, type WallCase } from './wall-context.ts'

/** So many sentences of one session, so that the wall can be read. */
const SHOWN = 4

/** What happened in the log since the last meeting, in sentences, by whom and when. */
export function SinceItem() {
  const { t, i18n } = useTranslation()
  const { meeting } = useOnWall()
  const { detail } = useLogOnWall()
  const last = useCaseAgenda(detail.id).data?.last
  const history = useSessions(detail.id)
  if (history.isPending) return <Skeleton width="80%" height="8rem" />
  if (history.isError) return <p className="wall-words">{t('meeting.since.failed')}</p>
  const from = last?.endedAt ?? 0
  const until = meeting.live?.startedAt ?? Date.now()
  const pages = history.data.pages.map((page) => ({
    ...page,
    sessions: page.sessions.filter(({ endedAt, startedAt }) => endedAt > from && startedAt < until),
  }))
  const count = pages.reduce((sum, { sessions }) => sum + sessions.length, 0)
  const more = history.hasNextPage && (pages.at(-1)?.sessions.length ?? 0) > 0
  return (
    <div className="wall-since">
      <p className="wall-words quiet">
        {last?.endedAt
          ? t('meeting.since.last', { when: bylineWhen(last.endedAt, i18n.language, t) })
          : t('meeting.since.first')}
        {' · '}
        <Link to={`/logg/${detail.id}/historikk`}>{t('meeting.since.history')}</Link>
      </p>
      {count === 0 && <p className="wall-words">{t('meeting.since.nothing')}</p>}
      <ul className="plain">
        {pages.flatMap(({ sessions, writers }) =>
          sessions.map((session) => (
            <Row key={session.from} session={session} writers={writers} detail={detail} />
          )),
        )}
      </ul>
      {more && (
        <button type="button" className="link-button" onClick={() => void history.fetchNextPage()}>
          {t('meeting.since.more')}
        </button>
      )}
    </div>
  )
}

type Given = { session: Session; writers: readonly HistoryWriter[]; detail: WallCase }

function Row({ session, writers, detail }: Given) {
  const { t, i18n } = useTranslation()
  const { say } = useOnWall()
  const saying = useSaying(detail, writers)
  const writer = writerOf(writers, session.writer)
  const said = sentences(session.blocks, saying)
  if (!writer || said.length === 0) return null
  const shown = said.length > SHOWN ? said.slice(0, SHOWN - 1) : said
  return (
    <li className="wall-since-row">
      <Tile service={writer.service} size={44} named />
      <div>
        <p className="quiet">
          <b>{writer.name}</b> · {bylineWhen(session.endedAt, i18n.language, t)}
        </p>
        {shown.map((text) => (
          <p key={text}>
            <Sentence text={say(text)} />
          </p>
        ))}
        {said.length > shown.length && (
          <p className="quiet">{t('history.moreFacts', { count: said.length - shown.length })}</p>
        )}
      </div>
    </li>
  )
}

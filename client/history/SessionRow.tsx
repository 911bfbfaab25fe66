import { ArrowUndoIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import type { HistoryWriter } from '../../shared/history.ts'
import { useServiceOf } from '../api/queries.ts'
import { Tile } from '../ui/Tile.tsx'
import { type Session, writerOf } from './queries.ts'
import { Sentence } from './Sentence.tsx'
import { useSaying } from './saying.ts'
import { sentences, speakOf } from './sentences.ts'
import { fullMoment, sessionTime } from './when.ts'

type Given = {
  detail: CaseDetail
  session: Session
  writers: readonly HistoryWriter[]
  current: boolean
  onSelect: () => void
}

/** So many sentences are shown of a session; the log itself shows the rest. */
const SHOWN = 4

/** One session: who, for which service, when, and what in a few sentences. */
export function SessionRow({ detail, session, writers, current, onSelect }: Given) {
  const { t, i18n } = useTranslation()
  const writer = writerOf(writers, session.writer)
  const saying = useSaying(detail, writers)
  const service = useServiceOf(writer?.service ?? detail.coordinator.service)
  const said = session.restore ? [restored(session)] : sentences(session.blocks, saying)
  const shown = said.length > SHOWN ? said.slice(0, SHOWN - 1) : said

  function restored({ restore, blocks }: Session): string {
    if (!restore) return ''
    if (restore.undo) return t('history.did.restoreUndone')
    const block =
      restore.block === null
        ? undefined
        : blocks.find(({ block: { id, key } }) => restore.block === (id ?? key))?.block
    if (block) return t('history.did.restoredBlock', { block: speakOf(block, saying) })
    return t('history.did.restoreAll', { when: fullMoment(restore.momentAt, i18n.language, t) })
  }

  return (
    <li className="session">
      <button
        type="button"
        className="session-button"
        aria-current={current ? 'true' : undefined}
        onClick={onSelect}
      >
        {writer && <Tile service={writer.service} size={28} />}
        <span className="session-said">
          <span className="session-who">
            <b>{writer?.name}</b> <span className="quiet">{service?.shortName}</span>
          </span>
          {shown.map((text) => (
            <span key={text} className="session-did">
              {session.restore && <ArrowUndoIcon aria-hidden />}
              <Sentence text={text} />
            </span>
          ))}
          {said.length === 0 && <span className="session-did quiet">{t('history.nothing')}</span>}
          {said.length > shown.length && (
            <span className="session-did quiet">
              {t('history.moreFacts', { count: said.length - shown.length })}
            </span>
          )}
        </span>
        <span className="session-time">
          {sessionTime(session.startedAt, session.endedAt, i18n.language, t)}
        </span>
      </button>
    </li>
  )
}

import { ArrowLeftIcon, ArrowRightIcon, ArrowUndoIcon, BookmarkIcon, XMarkIcon } from '@navikt/aksel-icons'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseId } from '../../shared/ids.ts'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { type Moment, type Selection, useSessions, writerOf } from './queries.ts'
import { fullMoment } from './when.ts'

type Given = {
  caseId: CaseId
  moment: Moment
  selection: Selection
  onSelect: (selection: Selection) => void
  close: { label: string; act: () => void }
  onName?: () => void
  onRestore?: () => void
}

const NOTHING = 'none'

/** Which moment this is, what it is compared with, the moments beside it, and what one may do with it. */
export function MomentBar({ caseId, moment, selection, onSelect, close, onName, onRestore }: Given) {
  const { t, i18n } = useTranslation()
  const select = useId()
  const pages = useSessions(caseId).data?.pages ?? []
  const sessions = pages.flatMap((page) => page.sessions.map((session) => ({ page, session })))
  const versions = pages[0]?.versions ?? []
  const days = pages[0]?.days ?? []
  const { seq } = selection
  const at = sessions.findIndex(({ session }) => session.to <= seq)
  const later = sessions[(at < 0 ? sessions.length : at) - 1]?.session
  const earlier = sessions.slice(at).find(({ session }) => session.to < seq)?.session
  const own = sessions.find(({ session }) => session.to === seq)?.session
  const day = days.findIndex(({ to }) => to >= seq)

  // The oldest of alike choices says what it is best.
  const choices = new Map<number, string>([[0, t('history.moment.sinceStart')]])
  if (own) choices.set(own.from - 1, t('history.moment.sinceBefore'))
  if (day > 0) {
    const before = days[day - 1]
    if (before && !choices.has(before.to)) choices.set(before.to, t('history.moment.sinceDay'))
  }
  for (const version of versions)
    if (version.seq < seq) choices.set(version.seq, t('history.moment.sinceVersion', { name: version.name }))
  for (const { page, session } of sessions) {
    if (session.to >= seq || choices.has(session.to)) continue
    const name = firstName(writerOf(page.writers, session.writer)?.name ?? '')
    const when = `${fullMoment(session.endedAt, i18n.language, t)} (${name})`
    choices.set(session.to, t('history.moment.sinceMoment', { when }))
  }
  const { since } = selection
  if (since !== undefined && !choices.has(since)) choices.set(since, t('history.moment.sinceBefore'))

  return (
    <header className="moment-bar">
      <div className="moment-heading">
        <h2 id="moment-title">
          {t('history.moment.title', {
            when: moment.at === null ? '' : fullMoment(moment.at, i18n.language, t),
          })}
        </h2>
        <Button variant="secondary" size="sm" icon={<XMarkIcon aria-hidden />} onClick={close.act}>
          {close.label}
        </Button>
      </div>
      <div className="moment-tools">
        <Button
          variant="tertiary"
          size="sm"
          aria-label={t('history.moment.earlier')}
          title={t('history.moment.earlier')}
          icon={<ArrowLeftIcon aria-hidden />}
          disabled={!earlier}
          onClick={() => earlier && onSelect({ seq: earlier.to, since: earlier.from - 1 })}
        />
        <Button
          variant="tertiary"
          size="sm"
          aria-label={t('history.moment.later')}
          title={t('history.moment.later')}
          icon={<ArrowRightIcon aria-hidden />}
          disabled={!later}
          onClick={() => later && onSelect({ seq: later.to, since: later.from - 1 })}
        />
        <label className="moment-since" htmlFor={select}>
          <span>{t('history.moment.since')}</span>
          <select
            id={select}
            className="ds-input"
            value={since === undefined ? NOTHING : String(since)}
            onChange={({ target }) =>
              onSelect({ seq, since: target.value === NOTHING ? undefined : Number(target.value) })
            }
          >
            <option value={NOTHING}>{t('history.moment.sinceNone')}</option>
            {[...choices]
              .sort(([a], [b]) => b - a)
              .map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
          </select>
        </label>
        {onName && (
          <Button variant="tertiary" size="sm" icon={<BookmarkIcon aria-hidden />} onClick={onName}>
            {t('history.version.give')}
          </Button>
        )}
        {onRestore && (
          <Button variant="tertiary" size="sm" icon={<ArrowUndoIcon aria-hidden />} onClick={onRestore}>
            {t('history.restore.all')}
          </Button>
        )}
      </div>
    </header>
  )
}

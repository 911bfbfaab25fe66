import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseSummary } from '../../shared/cases.ts'
import { expectCaseLogPage } from '../case-log/load-page.ts'
import { useCaseName, useNamesHidden } from './hidden-names.ts'

/** Who a log is for; the link opens it, and its whole row answers to a click. */
export function SubjectName({ one, heading = false }: { one: CaseSummary; heading?: boolean }) {
  const { t } = useTranslation()
  const [hidden] = useNamesHidden()
  const nameOf = useCaseName()
  const Name = heading ? 'h3' : 'span'
  const about = hidden || !one.subject.about ? t(`cases.kind.${one.subject.kind}`) : one.subject.about
  return (
    <div className="subject">
      <Name className="subject-name">
        <Link to={`/logg/${one.id}`} onPointerEnter={expectCaseLogPage} onFocus={expectCaseLogPage}>
          {nameOf(one.id, one.subject.name)}
        </Link>
        {one.unread !== null && one.unread > 0 && (
          <span className="unread" title={t('news.forYou', { count: one.unread })}>
            {t('news.short', { count: one.unread })}
          </span>
        )}
      </Name>
      <span className="subject-about">
        {about}
        {one.status !== 'active' && ` · ${t(`cases.status.${one.status}`)}`}
      </span>
    </div>
  )
}

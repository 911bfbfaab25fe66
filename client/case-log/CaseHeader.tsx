import { ArrowLeftIcon } from '@navikt/aksel-icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseDetail } from '../../shared/cases.ts'
import { useServiceOf } from '../api/queries.ts'
import { PassOn } from '../handovers/PassOn.tsx'
import { NextMeetingFact } from '../meetings/NextMeetingFact.tsx'
import type { Follow } from '../presence/follow.ts'
import { HereFaces } from '../presence/HereFaces.tsx'
import type { PersonHere } from '../presence/here.ts'
import { Baton } from '../ui/Baton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { RunningLink } from '../wall/RunningLink.tsx'
import { MemberList } from './Members.tsx'

/** Who the log is for, who holds the baton, who shares it, and who is here now. */
export function CaseHeader({
  detail,
  here,
  follow,
  children,
}: {
  detail: CaseDetail
  here: readonly PersonHere[]
  follow: Follow
  /** What one may open beside the log. */
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const { subject, coordinator, members, level } = detail
  const [sharing, setSharing] = useState(false)
  const service = useServiceOf(coordinator.service)
  return (
    <header className="case-header">
      <div className="case-title">
        <Link className="case-back" to="/" aria-label={t('caseLog.back')}>
          <ArrowLeftIcon aria-hidden />
        </Link>
        <h1>{subject.name}</h1>
        <p className="case-about">{subject.about}</p>
        <RunningLink caseId={detail.id} />
        <HereFaces here={here} follow={follow} />
        {children}
      </div>
      <dl className="case-facts" aria-label={t('caseLog.facts')}>
        <div>
          <dt>{t('caseLog.coordinator')}</dt>
          <dd>
            <Baton size={18} /> <strong>{coordinator.name}</strong>{' '}
            <span className="case-service">{service?.shortName}</span>
            <PassOn detail={detail} />
          </dd>
        </div>
        <NextMeetingFact detail={detail} />
        <div className="case-level">
          <dt>{t('caseLog.level')}</dt>
          <dd>{level}</dd>
        </div>
        <div>
          <dt>{t('caseLog.sharedWith')}</dt>
          <dd>
            <span className="case-shared-wide">{t('caseLog.sharedCount', { count: members.length })}</span>
            <button type="button" className="case-shared link-button" onClick={() => setSharing(true)}>
              {t('caseLog.sharedCount', { count: members.length })}
            </button>
          </dd>
        </div>
      </dl>
      <Dialog title={t('caseLog.members.title')} open={sharing} onClose={() => setSharing(false)}>
        <MemberList detail={detail} here={here} />
      </Dialog>
    </header>
  )
}

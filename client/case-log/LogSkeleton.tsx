import { useTranslation } from 'react-i18next'
import { Skeleton } from '../ui/Skeleton.tsx'

const lines = ['92%', '78%', '64%', '88%', '40%']

/** The layout before its content: on the whole page, or in the paper alone. */
export function LogSkeleton({ inPaper = false }: { inPaper?: boolean }) {
  const { t } = useTranslation()
  const text = (
    <div className="log-skeleton" role="status" aria-busy="true" aria-label={t('caseLog.loading')}>
      <Skeleton width="14rem" height="1.6rem" />
      {lines.map((width) => (
        <Skeleton key={width} width={width} height="1.1rem" />
      ))}
      <Skeleton width="100%" height="11rem" />
    </div>
  )
  if (inPaper) return text
  return (
    <div className="case-log">
      <header className="case-header">
        <div className="case-title">
          <Skeleton width="11rem" height="1.9rem" />
        </div>
        <div className="case-facts">
          <Skeleton width="12rem" height="1.4rem" />
        </div>
      </header>
      <div className="case-columns">
        <div className="case-main">
          <div className="paper">{text}</div>
        </div>
        <aside className="members">
          <Skeleton width="60%" height="1.4rem" />
          <Skeleton width="90%" height="2.4rem" />
          <Skeleton width="90%" height="2.4rem" />
        </aside>
      </div>
    </div>
  )
}

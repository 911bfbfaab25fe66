import { useTranslation } from 'react-i18next'
import { Skeleton } from '../ui/Skeleton.tsx'

/** The overview's own layout, before its rows are here: nothing jumps when they come. */
export function OverviewSkeleton() {
  const { t } = useTranslation()
  return (
    <section className="sheet case-list" aria-busy="true" aria-label={t('shell.loading')}>
      <div className="case-list-head">
        <Skeleton width="10rem" height="1.75rem" />
      </div>
      {[0, 1, 2].map((row) => (
        <div className="skeleton-row" key={row}>
          <Skeleton width="8rem" height="2.4rem" />
          <Skeleton width="2rem" height="2rem" circle />
          <Skeleton width="7rem" height="1.5rem" />
          <Skeleton width="40%" height="1.9rem" />
        </div>
      ))}
    </section>
  )
}

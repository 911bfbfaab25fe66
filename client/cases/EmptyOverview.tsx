import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorKey } from '../api/call.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'

/** No log is shared with you yet. */
export function EmptyOverview({ mayStart }: { mayStart: boolean }) {
  const { t } = useTranslation()
  return (
    <section className="sheet overview-message">
      <h2>{t('cases.emptyTitle')}</h2>
      <p>{t('cases.emptyText')}</p>
      {mayStart && <ButtonLink to="/ny">{t('cases.startLog')}</ButtonLink>}
    </section>
  )
}

const PATIENCE = 10

/** The rows did not come. It tries again by itself and says when; `brief` when older rows are still on the screen. */
export function FailedOverview({
  error,
  retry,
  brief = false,
}: {
  error: unknown
  retry: () => Promise<unknown>
  brief?: boolean
}) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(PATIENCE)
  useEffect(() => {
    const tick = setTimeout(() => {
      if (left > 1) return setLeft(left - 1)
      setLeft(PATIENCE)
      void retry()
    }, 1000)
    return () => clearTimeout(tick)
  }, [left, retry])
  return (
    <section className={brief ? 'overview-failed' : 'sheet overview-message'}>
      {!brief && <h2>{t('cases.failedTitle')}</h2>}
      <div className="notice" data-tone="error">
        <ExclamationmarkTriangleIcon aria-hidden />
        <p>
          <strong role="alert">{t(errorKey(error))}</strong> {t('cases.failedText')}{' '}
          <span>{t('cases.retryIn', { count: left })}</span>
        </p>
        <Button variant="secondary" size="sm" onClick={() => void retry()}>
          {t('shell.retry')}
        </Button>
      </div>
    </section>
  )
}

import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { errorKey } from '../api/call.ts'
import { Button } from '../ui/Button.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'

/** What stands in place of a view that broke. Nothing that was saved is touched. */
export function Crash() {
  const { t } = useTranslation()
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />
  return (
    <div className="page message" role="alert">
      <h1>{t('shell.crashTitle')}</h1>
      <p>{t('shell.crashText')}</p>
      <p className="quiet">{t(errorKey(error))}</p>
      <Button onClick={() => location.reload()}>{t('shell.reload')}</Button>
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../ui/Button.tsx'

/** An address that leads nowhere, or to a log that is none of yours: the same words for both. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <div className="page message">
      <title>{`${t('shell.notFoundTitle')} · Stafett`}</title>
      <h1>{t('shell.notFoundTitle')}</h1>
      <p>{t('shell.notFoundText')}</p>
      <ButtonLink to="/">{t('shell.toOverview')}</ButtonLink>
    </div>
  )
}

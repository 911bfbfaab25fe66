import { PadlockLockedIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { moment } from './when.ts'

/** An address without a log behind it, or one that is not shared with you: the same words for both. */
export function Missing() {
  const { t } = useTranslation()
  return (
    <div className="page message">
      <title>{`${t('caseLog.missing.title')} · Stafett`}</title>
      <h1>{t('caseLog.missing.title')}</h1>
      <p>{t('caseLog.missing.text')}</p>
      <ButtonLink to="/">{t('shell.toOverview')}</ButtonLink>
    </div>
  )
}

/** Access went away. When, never because of whom. */
export function Lost({ at, wasOpen }: { at: number | undefined; wasOpen: boolean }) {
  const { t, i18n } = useTranslation()
  if (!wasOpen) return <Missing />
  return (
    <div className="page message" role="alert">
      <title>{`${t('caseLog.lost.title')} · Stafett`}</title>
      <div className="notice">
        <PadlockLockedIcon aria-hidden />
        <div>
          <h1 className="notice-title">{t('caseLog.lost.title')}</h1>
          <p>{t('caseLog.lost.text', { when: moment(at ?? Date.now(), i18n.language) })}</p>
          <p>{t('caseLog.lost.who')}</p>
        </div>
      </div>
      <ButtonLink to="/" variant="secondary">
        {t('shell.toOverview')}
      </ButtonLink>
    </div>
  )
}

/** A newer Stafett is at the server: this one must not write in its documents. */
export function Outdated() {
  const { t } = useTranslation()
  return (
    <div className="notice" role="alert">
      <div>
        <strong>{t('caseLog.outdated.title')}</strong>
        <p>{t('caseLog.outdated.text')}</p>
        <Button size="sm" variant="secondary" onClick={() => location.reload()}>
          {t('caseLog.trouble.reload')}
        </Button>
      </div>
    </div>
  )
}

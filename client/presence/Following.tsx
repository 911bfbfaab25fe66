import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import type { Follow } from './follow.ts'

/** «Du følger Mari · Slutt», for as long as it is so. */
export function Following({ follow }: { follow: Follow }) {
  const { t } = useTranslation()
  if (!follow.person) return null
  return (
    <div className="following" role="status" data-follow>
      <span>{t('caseLog.here.following', { name: firstName(follow.person.name) })}</span>
      <Button size="sm" variant="secondary" onClick={follow.stop}>
        {t('caseLog.here.stop')}
      </Button>
    </div>
  )
}

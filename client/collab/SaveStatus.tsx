import {
  ArrowsCirclepathIcon,
  CheckmarkIcon,
  CloudSlashIcon,
  ExclamationmarkTriangleIcon,
  EyeIcon,
  PadlockLockedIcon,
} from '@navikt/aksel-icons'
import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../ui/announce.ts'
import { type SaveStatus as Status, useSaveStatus } from './save-status.ts'

/** What is saved, in one fixed place: words first, a sign beside them, never colour alone. */
export function SaveStatus() {
  const { t } = useTranslation()
  const status = useSaveStatus()
  const { long, short }: Words = status.kind === 'none' ? { long: '' } : words(status, t)
  useEffect(() => {
    if (toSay.includes(status.kind)) announce(long)
  }, [status.kind, long])
  if (status.kind === 'none') return null
  return (
    <p className="save-status" data-kind={status.kind} title={long}>
      {signs[status.kind]}
      <span className="save-words">{long}</span>
      <span className="save-words-short" aria-hidden="true">
        {short ?? long}
      </span>
    </p>
  )
}

/** Saving and saved come and go with every word; screen readers hear of what breaks that. */
const toSay: readonly Status['kind'][] = ['offline', 'back', 'readOnly', 'noAccess', 'failed']

const signs = {
  connecting: <ArrowsCirclepathIcon aria-hidden />,
  saving: <ArrowsCirclepathIcon aria-hidden />,
  saved: <CheckmarkIcon aria-hidden />,
  back: <CheckmarkIcon aria-hidden />,
  offline: <CloudSlashIcon aria-hidden />,
  readOnly: <EyeIcon aria-hidden />,
  noAccess: <PadlockLockedIcon aria-hidden />,
  failed: <ExclamationmarkTriangleIcon aria-hidden />,
}

type Words = { long: string; short?: string }

function words(status: Exclude<Status, { kind: 'none' }>, t: TFunction): Words {
  switch (status.kind) {
    case 'offline':
      return status.lines === 0
        ? { long: t('caseLog.save.offline'), short: t('caseLog.save.offlineShort') }
        : {
            long: t('caseLog.save.offline', { count: status.lines }),
            short: t('caseLog.save.offlineShort', { count: status.lines }),
          }
    case 'back':
      return { long: t('caseLog.save.back', { count: status.lines }), short: t('caseLog.save.saved') }
    case 'failed':
      return { long: t(status.lines > 0 ? 'caseLog.save.failed' : 'caseLog.save.failedCalm') }
    default:
      return { long: t(`caseLog.save.${status.kind}`) }
  }
}

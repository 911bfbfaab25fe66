import { CloudSlashIcon, ExclamationmarkTriangleIcon, EyeIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import { can } from '../../shared/roles.ts'
import type { LogConnection } from '../collab/connection.ts'
import { useSaveStatus } from '../collab/save-status.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { tellTrouble } from '../ui/trouble.ts'
import { elementOfKey } from './line-keys.ts'

/** The server does not take what is written here: why, what happens next, and the way to keep the text. */
export function TroubleNotice({ log, editor }: { log: LogConnection; editor: Editor | undefined }) {
  const { t } = useTranslation()
  const status = useSaveStatus()
  if (status.kind !== 'failed' || status.trouble === 'clientOutdated') return null
  const { lines, retryAt, trouble } = status
  const copy = (): void => {
    const copied = navigator.clipboard?.writeText(editor?.getText({ blockSeparator: '\n\n' }) ?? '')
    Promise.resolve(copied ?? Promise.reject(new Error('no clipboard')))
      .then(() => announce(t('caseLog.trouble.copied')))
      .catch(() => tellTrouble(t('caseLog.trouble.copyFailed')))
  }
  return (
    <div className="notice" data-tone={lines > 0 ? 'error' : undefined} role="alert">
      {lines > 0 ? <ExclamationmarkTriangleIcon aria-hidden /> : <CloudSlashIcon aria-hidden />}
      <div>
        <p>
          {lines > 0 && <strong>{t('caseLog.trouble.title', { count: lines })} </strong>}
          {t(`error.${trouble}`)} <Countdown until={retryAt} />
        </p>
        <div className="notice-actions">
          <Button size="sm" variant="secondary" onClick={log.tryNow}>
            {t('caseLog.trouble.tryNow')}
          </Button>
          {lines > 0 && (
            <Button size="sm" variant="secondary" onClick={copy}>
              {t('caseLog.trouble.copy')}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}

function Countdown({ until }: { until: number | undefined }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(tick)
  }, [])
  if (until === undefined) return null
  const count = Math.ceil((until - now) / 1000)
  return (
    <span aria-hidden="true">
      {count > 0 ? t('caseLog.trouble.retryIn', { count }) : t('caseLog.trouble.retrying')}
    </span>
  )
}

/** Somebody who may not write hears what they may do, and who can change that. */
export function RightsNotice({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  if (can(detail.role, 'log.write')) return null
  return (
    <div className="notice">
      <EyeIcon aria-hidden />
      {can(detail.role, 'log.addLine') ? (
        <p>{t('caseLog.familyText')}</p>
      ) : (
        <p>
          {t('caseLog.readOnlyText')}{' '}
          <Trans
            i18nKey="caseLog.readOnlyWho"
            values={{ name: detail.coordinator.name }}
            components={{ b: <strong /> }}
          />
        </p>
      )}
    </div>
  )
}

/** What the projection found: two blocks that carry one id [BL4]. */
export function WarningNotice({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const count = detail.warnings.filter(({ kind }) => kind === 'duplicateBlockId').length
  if (count === 0 || !can(detail.role, 'log.write')) return null
  return (
    <div className="notice">
      <ExclamationmarkTriangleIcon aria-hidden />
      <p>{t('caseLog.clash', { count })}</p>
    </div>
  )
}

/** After a while away: how many places others changed, and the way to the first of them. */
export function MeanwhileNotice({ log, editor }: { log: LogConnection; editor: Editor | undefined }) {
  const { t } = useTranslation()
  const { subscribe, get, set } = log.changedMeanwhile
  const changed = useSyncExternalStore(subscribe, get)
  if (changed.size === 0) return null
  const show = (): void => {
    const drawn = [...changed].map((key) => editor && elementOfKey(editor.view, key))
    drawn.find((element) => element !== undefined)?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }
  return (
    <div className="notice meanwhile" role="status">
      <p>{t('caseLog.meanwhile', { count: changed.size })}</p>
      <div className="notice-actions">
        <Button size="sm" variant="secondary" onClick={show}>
          {t('caseLog.meanwhileShow')}
        </Button>
        <Button size="sm" variant="tertiary" onClick={() => set(new Set())}>
          {t('caseLog.meanwhileDone')}
        </Button>
      </div>
    </div>
  )
}

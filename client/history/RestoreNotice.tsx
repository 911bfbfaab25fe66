import { useTranslation } from 'react-i18next'
import type { Seq } from '../../shared/history.ts'
import { Button } from '../ui/Button.tsx'
import type { Restoring } from './restoring.ts'

type Given = {
  restoring: Restoring
  onUndo: (seq: Seq) => void
  close: { label: string; act: () => void }
}

/** How bringing back goes, in one fixed place, with a way to undo it. */
export function RestoreNotice({ restoring, onUndo, close }: Given) {
  const { t } = useTranslation()
  const { state } = restoring
  return (
    <div role="status" className="restore-status">
      {state === 'working' && <p className="notice">{t('history.restore.working')}</p>}
      {state === 'same' && <p className="notice">{t('history.restore.same')}</p>}
      {(state === 'done' || state === 'undone') && (
        <div className="notice">
          <span>{state === 'done' ? t('history.restore.done') : t('history.restore.undone')}</span>
          {state === 'done' && (
            <Button size="sm" onClick={() => onUndo(restoring.seq)}>
              {t('history.restore.undo')}
            </Button>
          )}
          <Button size="sm" variant="secondary" onClick={close.act}>
            {close.label}
          </Button>
        </div>
      )}
      {state === 'failed' && (
        <div className="notice" data-tone="error">
          <span>{t('history.restore.failed')}</span>
          <Button size="sm" onClick={restoring.again}>
            {t('shell.retry')}
          </Button>
        </div>
      )}
    </div>
  )
}

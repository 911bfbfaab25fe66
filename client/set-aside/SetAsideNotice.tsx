import { ArrowUndoIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SetAsideList } from './SetAsideList.tsx'

/** Tells the coordinator that something the log had lost waits for a decision, and shows it. */
export function SetAsideNotice({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const count = detail.setAside
  if (count === 0 && !open) return null
  return (
    <>
      {count > 0 && (
        <div className="notice" role="status">
          <ArrowUndoIcon aria-hidden />
          <div>
            <p>{t('setAside.notice', { count })}</p>
            <div className="notice-actions">
              <Button size="sm" variant="secondary" onClick={() => setOpen(true)}>
                {t('setAside.look')}
              </Button>
            </div>
          </div>
        </div>
      )}
      <Dialog title={t('setAside.title')} open={open} onClose={() => setOpen(false)}>
        <p>{t('setAside.intro')}</p>
        <SetAsideList detail={detail} />
      </Dialog>
    </>
  )
}

/** For whoever brought what the log had lost: what became of it. */
export function AfreshNotice({ onSeen }: { onSeen: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="notice" role="status">
      <ArrowUndoIcon aria-hidden />
      <div>
        <p>{t('setAside.afresh')}</p>
        <div className="notice-actions">
          <Button size="sm" variant="secondary" onClick={onSeen}>
            {t('setAside.seen')}
          </Button>
        </div>
      </div>
    </div>
  )
}

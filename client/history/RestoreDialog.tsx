import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

type Given = {
  /** The block as it is spoken of; undefined for the whole log. */
  block: string | undefined
  when: string
  open: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is brought back, and says that nothing is lost by it. */
export function RestoreDialog({ block, when, open, onConfirm, onClose }: Given) {
  const { t } = useTranslation()
  const title = block === undefined ? t('history.restore.title') : t('history.restore.blockTitle', { block })
  const confirm = () => {
    onConfirm()
    onClose()
  }
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <p>
        {block === undefined ? t('history.restore.text', { when }) : t('history.restore.blockText', { when })}
      </p>
      <div className="notice-actions">
        <Button variant="secondary" onClick={onClose}>
          {t('history.restore.cancel')}
        </Button>
        <Button onClick={confirm}>{t('history.restore.confirm')}</Button>
      </div>
    </Dialog>
  )
}

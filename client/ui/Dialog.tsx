import { XMarkIcon } from '@navikt/aksel-icons'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'

/** A modal dialog on the platform's own `<dialog>`: focus stays inside, Escape closes, focus returns. */
export function Dialog(props: { title: string; open: boolean; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const dialog = ref.current
    if (props.open && dialog && !dialog.open) dialog.showModal()
    if (!props.open && dialog?.open) dialog.close()
  }, [props.open])
  return (
    <dialog ref={ref} className="ds-dialog" data-modal="true" aria-labelledby={title} onClose={props.onClose}>
      <Button
        variant="tertiary"
        className="dialog-close"
        aria-label={t('shell.close')}
        icon={<XMarkIcon aria-hidden />}
        onClick={props.onClose}
      />
      <h2 id={title}>{props.title}</h2>
      {props.open && props.children}
    </dialog>
  )
}

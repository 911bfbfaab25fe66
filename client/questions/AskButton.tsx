import './questions.css'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { CaseId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { AskForm } from './AskForm.tsx'

type Props = {
  caseId: CaseId
  /** Whom the log is for. */
  name: string
  service: Service
  /** Days since the service last wrote; undefined when it never has. */
  silentFor: number | undefined
  /** Somebody has asked it today already. */
  asked: boolean
  className?: string
}

/** «Spør» beside a silent service; «Spurt i dag» once somebody has. */
export function AskButton({ caseId, name, service, silentFor, asked, className = 'ask' }: Props) {
  const { t } = useTranslation()
  const nameOf = useCaseName()
  const [open, setOpen] = useState(false)
  const words = { service: service.shortName, name: nameOf(caseId, name) }
  return (
    <>
      {asked ? (
        <span className="asked">{t('questions.askedToday')}</span>
      ) : (
        <button
          type="button"
          className={className}
          aria-haspopup="dialog"
          aria-label={t('questions.title', words)}
          onClick={() => setOpen(true)}
        >
          {t('questions.ask')}
        </button>
      )}
      {open &&
        createPortal(
          <Dialog title={t('questions.title', words)} open onClose={() => setOpen(false)}>
            <p>
              {silentFor === undefined
                ? t('questions.never', words)
                : t('questions.silent', { count: silentFor })}
            </p>
            <AskForm caseId={caseId} service={service} onAsked={() => setOpen(false)} />
          </Dialog>,
          document.body,
        )}
    </>
  )
}

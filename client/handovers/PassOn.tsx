import './handovers.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { firstName } from '../ui/names.ts'
import { OfferForm } from './OfferForm.tsx'
import { useHandover, useHandoverSteps } from './queries.ts'

/** Beside the coordinator's name: «Gi videre», or to whom the baton is offered, with a way to take that back. */
export function PassOn({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data } = useHandover(detail.id)
  const { run, failed, busy } = useHandoverSteps(detail.id)
  const handover = data?.handover
  const offered = handover?.status === 'proposed' ? handover : undefined
  const holds = can(detail.role, 'handover.propose')
  const declined = holds && handover?.status === 'declined' ? firstName(handover.to.name) : undefined

  if (offered)
    return (
      <div className="pass-on">
        <span className="pass-on-state">{t('handovers.offered', { name: firstName(offered.to.name) })}</span>{' '}
        {holds && (
          <button
            type="button"
            className="link-button"
            aria-disabled={busy}
            onClick={() =>
              void run(
                () =>
                  call(endpoints.decideHandover, {
                    params: { id: detail.id, handover: offered.id },
                    body: { status: 'withdrawn' },
                  }),
                t('handovers.withdrawn'),
              )
            }
          >
            {t('handovers.withdraw')}
          </button>
        )}
        {failed !== undefined && (
          <span className="pass-on-failed" role="alert">
            {t('handovers.failed')} {t(errorKey(failed))}
          </span>
        )}
      </div>
    )
  if (!holds) return null
  return (
    <div className="pass-on">
      <button type="button" className="link-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('handovers.passOn')}
      </button>
      {declined && <span className="pass-on-note">{t('handovers.declined', { name: declined })}</span>}
      <Dialog title={t('handovers.title')} open={open} onClose={() => setOpen(false)}>
        <OfferForm caseId={detail.id} receivers={data?.receivers} onOffered={() => setOpen(false)} />
      </Dialog>
    </div>
  )
}

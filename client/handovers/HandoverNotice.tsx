import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { Baton } from '../ui/Baton.tsx'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { useHandover, useHandoverSteps } from './queries.ts'

/** In the log, for whom the baton is offered to. */
export function HandoverNotice({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const me = useMe()
  const handover = useHandover(detail.id).data?.handover
  const { run, failed, busy } = useHandoverSteps(detail.id)
  if (handover?.status !== 'proposed' || handover.to.person !== me.id) return null
  const decide = (status: 'accepted' | 'declined', done: string) =>
    void run(
      () =>
        call(endpoints.decideHandover, {
          params: { id: detail.id, handover: handover.id },
          body: { status },
        }),
      done,
    )
  return (
    <div className="notice handover-notice">
      <Baton size={24} />
      <div>
        <p>
          <strong>{t('handovers.notice', { name: firstName(handover.from.name) })}</strong> {handover.message}
        </p>
        <p>{t('cases.become')}</p>
        <div className="notice-actions">
          <Button size="sm" aria-disabled={busy} onClick={() => decide('accepted', t('handovers.accepted'))}>
            {t('waiting.accept')}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            aria-disabled={busy}
            onClick={() => decide('declined', t('handovers.saidNo'))}
          >
            {t('waiting.decline')}
          </Button>
        </div>
        {failed !== undefined && (
          <p role="alert">
            {t('handovers.failed')} {t(errorKey(failed))}
          </p>
        )}
      </div>
    </div>
  )
}

import { CalendarIcon, CheckmarkIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import type { AgendaItemId, CaseId } from '../../shared/ids.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { newId } from '../api/ids.ts'
import { Button } from '../ui/Button.tsx'
import { noteAgenda, useMeetings } from './queries.ts'
import { useRun } from './run.ts'

/** One click puts a log on the agenda of its next meeting; another takes back what one put there oneself. */
export function PutOnAgenda({ caseId, name }: { caseId: CaseId; name: string }) {
  const { t } = useTranslation()
  const there = useMeetings().data?.onAgenda.find((one) => one.case === caseId)
  const { run, busy, failed } = useRun()

  const put = () =>
    run(
      async () => {
        const body = { id: newId<AgendaItemId>(), title: t('meetings.wholeCase') }
        await call(endpoints.putOnAgenda, { params: { id: caseId }, body })
        noteAgenda(caseId)
      },
      t('meetings.isOnAgenda', { name }),
    )
  const takeBack = (item: AgendaItemId) =>
    run(
      async () => {
        await call(endpoints.takeOffAgenda, { params: { id: caseId, item } })
        noteAgenda(caseId)
      },
      t('meetings.isOffAgenda', { name }),
    )

  const mine = there?.item
  return (
    <span className="put-on-agenda">
      {there ? (
        <Button
          variant="secondary"
          size="sm"
          aria-pressed="true"
          aria-disabled={busy || !mine}
          aria-label={mine ? t('meetings.takeOffNamed', { name }) : t('meetings.onAgendaNamed', { name })}
          icon={<CheckmarkIcon aria-hidden />}
          onClick={() => mine && void takeBack(mine)}
        >
          {t('meetings.onAgenda')}
        </Button>
      ) : (
        <Button
          variant="secondary"
          size="sm"
          aria-pressed="false"
          aria-disabled={busy}
          aria-label={t('meetings.putNamed', { name })}
          icon={<CalendarIcon aria-hidden />}
          onClick={() => void put()}
        >
          {t('meetings.put')}
        </Button>
      )}
      {failed !== undefined && (
        <span className="field-error" role="alert">
          {t(errorKey(failed))}
        </span>
      )}
    </span>
  )
}

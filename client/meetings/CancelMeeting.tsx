import './call-meeting.css'
import { useTranslation } from 'react-i18next'
import type { MeetingSummary } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Failed } from './Failed.tsx'
import { noteMeetings } from './queries.ts'
import { useRun } from './run.ts'

/** Cancelling a meeting: everybody invited is told, and its agenda waits for the next one. */
export function CancelMeeting({ meeting, onClose }: { meeting: MeetingSummary; onClose: () => void }) {
  const { t } = useTranslation()
  const { run, busy, failed } = useRun()
  const cancel = async () => {
    const done = await run(
      () => call(endpoints.cancelMeeting, { params: { id: meeting.id } }),
      t('meetings.isCancelled'),
    )
    if (!done) return
    noteMeetings(meeting.id)
    onClose()
  }
  return (
    <Dialog title={t('meetings.cancelTitle', { title: meeting.title })} open onClose={onClose}>
      <p>{t('meetings.cancelText')}</p>
      <Failed error={failed} what={t('meetings.notCancelled')} />
      <div className="meeting-actions">
        <Button aria-disabled={busy} onClick={() => void cancel()}>
          {t('meetings.cancel')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('meetings.keep')}
        </Button>
      </div>
    </Dialog>
  )
}

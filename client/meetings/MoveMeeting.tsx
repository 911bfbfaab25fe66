import './call-meeting.css'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Failed } from './Failed.tsx'
import { noteMeetings } from './queries.ts'
import { useRun } from './run.ts'
import { TimeFields } from './TimeFields.tsx'
import { fromField, suggestedTime, toField } from './when.ts'

/** Another time or place; everybody invited is told, and asked anew whether they come. */
export function MoveMeeting({ id, onClose }: { id: MeetingId; onClose: () => void }) {
  const { t } = useTranslation()
  const meeting = useQuery({
    queryKey: ['meetings', id],
    queryFn: ({ signal }) => call(endpoints.meeting, { params: { id }, signal }),
  }).data?.meeting
  return (
    <Dialog title={t('meetings.moveTitle')} open onClose={onClose}>
      {meeting ? <Form meeting={meeting} onClose={onClose} /> : <Skeleton width="100%" height="8rem" />}
    </Dialog>
  )
}

function Form({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t } = useTranslation()
  const [times, setTimes] = useState<readonly string[]>(() => [
    toField(meeting.startsAt ?? suggestedTime(Date.now())),
  ])
  const [place, setPlace] = useState(meeting.place)
  const [wrong, setWrong] = useState(false)
  const { run, busy, failed } = useRun()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = times.flatMap((time) => fromField(time) ?? [])
    setWrong(wanted.length < times.length)
    if (wanted.length < times.length) return
    const body = { times: wanted, place: place.trim() }
    const moved = await run(
      () => call(endpoints.changeMeeting, { params: { id: meeting.id }, body }),
      t('meetings.moved'),
    )
    if (!moved) return
    noteMeetings(meeting.id)
    onClose()
  }
  return (
    <form className="call-meeting" noValidate onSubmit={(event) => void send(event)}>
      <p>{t('meetings.moveText')}</p>
      <TimeFields times={times} wrong={wrong} onChange={setTimes} />
      <Field
        label={t('meetings.place')}
        maxLength={120}
        autoComplete="off"
        value={place}
        onChange={({ target }) => setPlace(target.value)}
      />
      <Failed error={failed} what={t('meetings.notMoved')} />
      <div className="meeting-actions">
        <Button type="submit" aria-disabled={busy}>
          {t('meetings.move')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('meetings.notNow')}
        </Button>
      </div>
    </form>
  )
}

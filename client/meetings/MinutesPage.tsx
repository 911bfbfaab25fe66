import './call-meeting.css'
import './minutes.css'
import { ArrowLeftIcon, PrinterSmallIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { AppError } from '../../shared/errors.ts'
import type { MeetingId } from '../../shared/ids.ts'
import type { Minutes } from '../../shared/meetings.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { isMeetingId } from '../api/ids.ts'
import { useMe } from '../api/queries.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Failed } from './Failed.tsx'
import { MinutesPart } from './MinutesPart.tsx'
import { noteMeetings, useMinutes } from './queries.ts'
import { useRun } from './run.ts'
import { clockTime, longDay, meetingWhen } from './when.ts'

/** What came of a meeting: made from what happened, signed by who led it, and fit for paper. */
// biome-ignore lint/style/noDefaultExport: a lazy route
export default function MinutesPage() {
  const { t } = useTranslation()
  const { id } = useParams()
  return isMeetingId(id) ? (
    <LoadedMinutes id={id} />
  ) : (
    <div className="page message">
      <h1>{t('meetings.minutesMissing')}</h1>
    </div>
  )
}

function LoadedMinutes({ id }: { id: MeetingId }) {
  const { t } = useTranslation()
  const minutes = useMinutes(id)
  if (minutes.data) return <Sheet minutes={minutes.data} />
  if (minutes.isError) {
    const gone = minutes.error instanceof AppError && minutes.error.status < 500
    return (
      <div className="page message">
        <title>{`${t('meetings.minutesHeading')} · Stafett`}</title>
        <h1>{t(gone ? 'meetings.minutesMissing' : 'meetings.failed')}</h1>
        <p role="alert">{t(errorKey(minutes.error))}</p>
        {gone ? (
          <Link to="/moter">{t('meetings.toMeetings')}</Link>
        ) : (
          <Button onClick={() => void minutes.refetch()}>{t('shell.retry')}</Button>
        )}
      </div>
    )
  }
  return (
    <div className="page minutes" aria-busy="true">
      <Skeleton width="60%" height="2.5rem" />
      <Skeleton width="100%" height="20rem" />
    </div>
  )
}

function Sheet({ minutes }: { minutes: Minutes }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const nameOf = useCaseName()
  const [signing, setSigning] = useState(false)
  const { meeting, records, next } = minutes
  const startedAt = meeting.startsAt ?? meeting.endedAt ?? 0
  const names = records.map((record) => nameOf(record.case, record.name)).join(', ')
  const mine = meeting.leader.person === me.id
  const there = meeting.people.filter(({ attended }) => attended)
  const away = meeting.people.filter(({ attended, leftOut }) => !attended && leftOut === null)
  const leftOut = meeting.people.filter((person) => person.leftOut !== null)
  return (
    <article className="page minutes">
      <title>{`${t('meetings.minutesHeading')} · ${names} · Stafett`}</title>
      <nav className="minutes-nav">
        <Link to={records.length === 1 && records[0] ? `/logg/${records[0].case}` : '/moter'}>
          <ArrowLeftIcon aria-hidden />{' '}
          {records.length === 1 ? t('meetings.toLog') : t('meetings.toMeetings')}
        </Link>
        <Button variant="secondary" size="sm" icon={<PrinterSmallIcon aria-hidden />} onClick={() => print()}>
          {t('meetings.print')}
        </Button>
      </nav>
      <header>
        <p className="minutes-kind">{t('meetings.minutesHeading')}</p>
        <h1>{names}</h1>
        <p className="minutes-lead">
          {meeting.title} · {longDay(startedAt, i18n.language)}
          {meeting.startsAt !== null && `, ${clockTime(meeting.startsAt, i18n.language)}`}
          {meeting.place && ` · ${meeting.place}`}
        </p>
        <p className="minutes-lead">{t('meetings.ledBy', { name: meeting.leader.name })}</p>
      </header>
      <section aria-labelledby="minutes-there">
        <h2 id="minutes-there">{t('meetings.attendance')}</h2>
        <p>
          {[
            ...there.map(({ name, title }) => `${name} (${title})`),
            ...meeting.guests.map(({ name, about }) => (about ? `${name} (${about})` : name)),
          ].join(', ') || t('meetings.nobody')}
        </p>
        {away.length > 0 && (
          <p className="quiet">
            {t('meetings.notThere')} {away.map(({ name }) => name).join(', ')}
          </p>
        )}
        {leftOut.map(({ person, name, leftOut: reason }) => (
          <p key={person} className="quiet">
            {t('meetings.leftOutBecause', { name, reason })}
          </p>
        ))}
      </section>
      {records.map((record) => (
        <MinutesPart
          key={record.case}
          record={record}
          meeting={meeting}
          heading={records.length > 1 ? nameOf(record.case, record.name) : undefined}
          editable={mine && meeting.signed === null}
        />
      ))}
      {next && (
        <section aria-labelledby="minutes-next">
          <h2 id="minutes-next">{t('meetings.next')}</h2>
          <p>
            <Link to={`/mote/${next.meeting}`}>
              {next.startsAt === null ? t('meetings.timesAsked') : meetingWhen(next.startsAt, i18n.language)}
            </Link>
          </p>
        </section>
      )}
      <footer className="minutes-foot">
        {meeting.signed ? (
          <>
            <p>
              {t('meetings.signedBy', {
                name: meeting.signed.by.name,
                when: `${longDay(meeting.signed.at, i18n.language)}, ${clockTime(meeting.signed.at, i18n.language)}`,
              })}
            </p>
            <p className="minutes-checksum">
              {t('meetings.checksum')} <code>{meeting.signed.checksum}</code>
            </p>
          </>
        ) : mine ? (
          <Button onClick={() => setSigning(true)}>{t('meetings.sign')}</Button>
        ) : (
          <p className="quiet">{t('meetings.unsigned', { name: meeting.leader.name })}</p>
        )}
      </footer>
      {signing && <SignDialog id={meeting.id} onClose={() => setSigning(false)} />}
    </article>
  )
}

function SignDialog({ id, onClose }: { id: MeetingId; onClose: () => void }) {
  const { t } = useTranslation()
  const { run, busy, failed } = useRun()
  const sign = async () => {
    if (!(await run(() => call(endpoints.signMinutes, { params: { id } }), t('meetings.isSigned')))) return
    noteMeetings(id)
    onClose()
  }
  return (
    <Dialog title={t('meetings.signTitle')} open onClose={onClose}>
      <p>{t('meetings.signText')}</p>
      <Failed error={failed} what={t('meetings.notSigned')} />
      <div className="meeting-actions">
        <Button aria-disabled={busy} onClick={() => void sign()}>
          {t('meetings.sign')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('meetings.notNow')}
        </Button>
      </div>
    </Dialog>
  )
}

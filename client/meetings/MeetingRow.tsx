import { ArrowRightIcon, MenuElipsisHorizontalIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { can } from '../../shared/capabilities.ts'
import type { MeetingAnswer, MeetingSummary } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useCases } from '../api/queries.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { Segments } from '../ui/Segments.tsx'
import { AnswerTimes } from './AnswerTimes.tsx'
import { CancelMeeting } from './CancelMeeting.tsx'
import { Failed } from './Failed.tsx'
import { MoveMeeting } from './MoveMeeting.tsx'
import { noteMeetings } from './queries.ts'
import { useRun } from './run.ts'
import { clockTime, meetingWhen } from './when.ts'

/** One meeting: when, what about, who arranges it; answering, moving and cancelling it. */
export function MeetingRow({ meeting }: { meeting: MeetingSummary }) {
  const { t, i18n } = useTranslation()
  const nameOf = useCaseName()
  const cases = useCases().data ?? []
  const [open, setOpen] = useState<'move' | 'cancel'>()
  const { run, failed } = useRun()
  const over = meeting.status === 'cancelled' || meeting.status === 'held' || meeting.endedAt !== null
  const mayChange =
    !over &&
    !meeting.running &&
    meeting.cases.some(({ id }) => {
      const role = cases.find((one) => one.id === id)?.role
      return role !== undefined && can(role, 'agenda.change')
    })
  const answer = (chosen: MeetingAnswer) =>
    run(async () => {
      await call(endpoints.answerMeeting, { params: { id: meeting.id }, body: { answer: chosen } })
      noteMeetings(meeting.id)
    }, t('meetings.answered'))

  return (
    <li className="meeting-row" data-cancelled={meeting.status === 'cancelled' || undefined}>
      <div className="meeting-when">
        <p>
          {meeting.startsAt === null
            ? t('meetings.timesAsked')
            : meetingWhen(meeting.startsAt, i18n.language)}
        </p>
        {meeting.startsAt !== null && (
          <p className="quiet">
            {t('meetings.until', {
              time: clockTime(meeting.startsAt + meeting.minutes * 60_000, i18n.language),
            })}
          </p>
        )}
      </div>
      <div className="meeting-what">
        <p className="meeting-title">
          <Link to={over ? `/mote/${meeting.id}/referat` : `/mote/${meeting.id}`}>{meeting.title}</Link>
          {meeting.status === 'cancelled' && <span className="quiet"> · {t('meetings.cancelled')}</span>}
        </p>
        <p className="meeting-about">
          {meeting.cases.map(({ id, name }) => nameOf(id, name)).join(', ')}
          {' · '}
          {t('meetings.items', { count: meeting.items })}
        </p>
        <p className="meeting-about">
          {[meeting.place, t('meetings.arranges', { name: meeting.organiser.name })]
            .filter(Boolean)
            .join(' · ')}
          {meeting.link && (
            <>
              {' · '}
              <a href={meeting.link} target="_blank" rel="noopener noreferrer">
                {t('meetings.byLink')}
              </a>
            </>
          )}
        </p>
        {meeting.invited && meeting.status === 'proposed' && <AnswerTimes id={meeting.id} />}
        <Failed error={failed} what={t('meetings.notAnswered')} />
      </div>
      <div className="meeting-do">
        {meeting.running ? (
          <Link className="ds-button" data-variant="primary" to={`/mote/${meeting.id}`}>
            {t('meetings.join')} <ArrowRightIcon aria-hidden />
          </Link>
        ) : over && meeting.endedAt !== null ? (
          <Link to={`/mote/${meeting.id}/referat`}>
            {t(meeting.signedAt === null ? 'meetings.minutesOpen' : 'meetings.minutesSigned')}
          </Link>
        ) : (
          meeting.invited &&
          meeting.status === 'called' && (
            <Segments
              legend={t('meetings.doYouCome', { title: meeting.title })}
              value={meeting.myAnswer ?? 'none'}
              onChange={(chosen) => chosen !== 'none' && void answer(chosen)}
              options={answers.map((value) => ({ value, label: t(`meetings.answer.${value}`) }))}
            />
          )
        )}
        {mayChange && (
          <Menu
            label={t('meetings.more', { title: meeting.title })}
            className="ds-button meeting-menu"
            button={<MenuElipsisHorizontalIcon aria-hidden />}
          >
            <MenuItem onSelect={() => setOpen('move')}>{t('meetings.move')}</MenuItem>
            <MenuItem onSelect={() => setOpen('cancel')}>{t('meetings.cancel')}</MenuItem>
          </Menu>
        )}
      </div>
      {open === 'move' && <MoveMeeting id={meeting.id} onClose={() => setOpen(undefined)} />}
      {open === 'cancel' && <CancelMeeting meeting={meeting} onClose={() => setOpen(undefined)} />}
    </li>
  )
}

const answers: readonly (MeetingAnswer | 'none')[] = ['yes', 'maybe', 'no']

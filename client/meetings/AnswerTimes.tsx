import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BlockId, MeetingId } from '../../shared/ids.ts'
import type { MeetingAnswer, ProposedTime } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient, useMe } from '../api/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Failed } from './Failed.tsx'
import { noteMeetings } from './queries.ts'
import { useRun } from './run.ts'
import { meetingWhen } from './when.ts'

/** Which of the proposed times suit you, and how many they suit; who arranges it picks one. */
export function AnswerTimes({ id }: { id: MeetingId }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const key = ['meetings', id]
  const meeting = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(endpoints.meeting, { params: { id }, signal }),
    select: (answer) => answer.meeting,
  }).data
  const { run, failed } = useRun()
  if (!meeting) return null
  const tell = async (command: () => Promise<unknown>, done: string) => {
    await run(command, done)
    void queryClient.invalidateQueries({ queryKey: key })
    noteMeetings(id)
  }
  const answer = (time: BlockId, chosen: MeetingAnswer) =>
    tell(
      () => call(endpoints.answerMeeting, { params: { id }, body: { times: [{ time, answer: chosen }] } }),
      t('meetings.answered'),
    )
  const choose = (startsAt: number) =>
    tell(
      () => call(endpoints.changeMeeting, { params: { id }, body: { times: [startsAt] } }),
      t('meetings.called'),
    )
  return (
    <ul className="plain answer-times">
      {meeting.times.map((time) => (
        <li key={time.id}>
          <span className="answer-time">
            {meetingWhen(time.startsAt, i18n.language)}{' '}
            <span className="quiet">{t('meetings.suits', { count: suits(time) })}</span>
          </span>
          <Segments
            legend={t('meetings.suitsYou', { when: meetingWhen(time.startsAt, i18n.language) })}
            value={time.answers.find(({ person }) => person === me.id)?.answer ?? 'none'}
            onChange={(chosen) => chosen !== 'none' && void answer(time.id, chosen)}
            options={choices.map((value) => ({ value, label: t(`meetings.answer.${value}`) }))}
          />
          {meeting.mayChange && (
            <Button variant="secondary" size="sm" onClick={() => void choose(time.startsAt)}>
              {t('meetings.chooseTime')}
            </Button>
          )}
        </li>
      ))}
      <Failed error={failed} what={t('meetings.notAnswered')} />
    </ul>
  )
}

const choices: readonly (MeetingAnswer | 'none')[] = ['yes', 'maybe', 'no']
const suits = ({ answers }: ProposedTime): number => answers.filter(({ answer }) => answer === 'yes').length

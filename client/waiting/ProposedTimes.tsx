import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockId, MeetingId } from '../../shared/ids.ts'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useProposedTimes } from './queries.ts'
import { dayAndTime } from './when.ts'

type Answers = { time: BlockId; answer: 'yes' | 'no' }[]

/** The times that somebody proposes: ticked are those that suit. */
export function ProposedTimes({
  meeting,
  onAnswer,
}: {
  meeting: MeetingId
  onAnswer: (answers: Answers) => void
}) {
  const { t, i18n } = useTranslation()
  const times = useProposedTimes(meeting, true)
  const [suits, setSuits] = useState<ReadonlySet<BlockId>>(new Set())
  if (times.isError)
    return (
      <p className="waiting-note" role="alert">
        {t('waiting.timesFailed')}{' '}
        <Button variant="secondary" size="sm" onClick={() => void times.refetch()}>
          {t('shell.retry')}
        </Button>
      </p>
    )
  if (!times.data) return <Skeleton width="100%" height="5rem" />
  const answer = (event: FormEvent) => {
    event.preventDefault()
    onAnswer(times.data.map(({ id }) => ({ time: id, answer: suits.has(id) ? 'yes' : 'no' })))
  }
  return (
    <form onSubmit={answer}>
      <fieldset className="waiting-times">
        <legend className="unseen">{t('waiting.times')}</legend>
        {times.data.map(({ id, startsAt }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={suits.has(id)}
              onChange={() => setSuits((now) => new Set([id]).symmetricDifference(now))}
            />
            {dayAndTime(startsAt, i18n.language)}
          </label>
        ))}
      </fieldset>
      <Button type="submit" size="sm">
        {t('waiting.share')}
      </Button>
    </form>
  )
}

import { useTranslation } from 'react-i18next'
import { Field } from '../ui/Field.tsx'
import { fromField, meetingTime, toField, weeksOn } from './next-time.ts'
import { useOnWall } from './wall-context.ts'

const choices = [2, 4, 6]

/** When to meet next: the same weekday some weeks on, or any other time. */
export function NextDate({ onChoose }: { onChoose?: (at: number | undefined) => void }) {
  const { t, i18n } = useTranslation()
  const { meeting, next, chooseNext } = useOnWall()
  const start = meeting.startsAt ?? meeting.live?.startedAt ?? Date.now()
  const choose = (at: number | undefined) => {
    chooseNext(at)
    onChoose?.(at)
  }
  return (
    <div className="wall-next-date">
      <ul className="plain wall-next-choices">
        {choices.map((weeks) => {
          const at = weeksOn(start, weeks)
          return (
            <li key={weeks}>
              <button
                type="button"
                className="wall-choice"
                aria-pressed={at === next}
                onClick={() => choose(at === next ? undefined : at)}
              >
                <b>{t('meeting.next.weeks', { count: weeks })}</b>
                <span>{meetingTime(at, i18n.language)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <Field
        label={t('meeting.next.other')}
        type="datetime-local"
        value={next === undefined ? '' : toField(next)}
        onChange={({ target }) => choose(fromField(target.value))}
      />
    </div>
  )
}

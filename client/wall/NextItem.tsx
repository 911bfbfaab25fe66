import { useTranslation } from 'react-i18next'
import type { MeasureOutline } from '../../shared/case-log/outline.ts'
import type { AgendaItem } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Measures } from './Measures.tsx'
import { NextDate } from './NextDate.tsx'
import { meetingTime } from './next-time.ts'
import { useOutlineOnWall } from './use-outline.ts'
import { useOnWall } from './wall-context.ts'

/** What is still to be done, the nearest date first; without a date comes last. */
export const toDo = (measures: readonly MeasureOutline[]): MeasureOutline[] =>
  measures
    .filter(({ status }) => status !== 'done' && status !== 'stopped')
    .sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'))

/** Who does what by when, and when everybody meets again. */
export function NextItem({ item }: { item: AgendaItem }) {
  const { t, i18n } = useTranslation()
  const { meeting, leads, commands } = useOnWall()
  const outline = useOutlineOnWall()
  const measures = toDo([...outline.goals.flatMap((goal) => goal.measures), ...outline.looseMeasures])
  // The others read the date on their screens as what came of the item.
  const tell = (at: number | undefined) => {
    const outcome = at === undefined ? '' : meetingTime(at, i18n.language)
    void commands.run(() =>
      call(endpoints.changeAgendaItem, { params: { id: meeting.id, item: item.id }, body: { outcome } }),
    )
  }
  return (
    <>
      <div className="wall-measure-list">
        {measures.length === 0 ? (
          <p className="wall-words quiet">{t('meeting.next.nothing')}</p>
        ) : (
          <Measures measures={measures} />
        )}
      </div>
      {leads && (
        <section className="wall-next">
          <h3>{t('meeting.next.title')}</h3>
          <NextDate onChoose={tell} />
        </section>
      )}
    </>
  )
}

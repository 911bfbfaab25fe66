import { useTranslation } from 'react-i18next'
import type { AgendaItem } from '../../shared/meetings.ts'
import { StatusShape } from '../blocks/StatusShape.tsx'
import { goalShapes } from '../blocks/shapes.ts'
import { day } from '../blocks/when.ts'
import { Disagreements } from '../disagreements/Disagreements.tsx'
import { Measures } from './Measures.tsx'
import { NewMeasure } from './NewMeasure.tsx'
import { useOutlineOnWall } from './use-outline.ts'
import { WhereNow } from './WhereNow.tsx'
import { useLogOnWall, useOnWall } from './wall-context.ts'

/** A goal as everybody in the room reads it: title, measures, where each service sees it, and where they differ. */
export function GoalItem({ item }: { item: AgendaItem }) {
  const { t, i18n } = useTranslation()
  const { say } = useOnWall()
  const { writes, detail } = useLogOnWall()
  const goal = useOutlineOnWall().goals.find(({ id }) => id === item.block)
  const differs = item.kind === 'disagreement'
  if (!goal)
    return (
      <header>
        <h2 className="wall-title">{say(item.title)}</h2>
        <p className="wall-words">{t('meeting.goal.gone')}</p>
      </header>
    )
  const disagreements = (
    <Disagreements caseId={detail.id} role={detail.role} goal={goal.id} members={detail.members} say={say} />
  )
  return (
    <>
      <header>
        <p className="wall-kind">
          {t('blocks.goalNumber', { number: goal.number })}
          <span className="wall-goal-facts">
            <StatusShape shape={goalShapes[goal.status]} /> {t(`blocks.goalStatus.${goal.status}`)}
            {goal.reviewDate && (
              <span>{t('blocks.reviewed', { date: day(goal.reviewDate, i18n.language) })}</span>
            )}
          </span>
        </p>
        <h2 className="wall-title">{say(goal.title) || say(item.title)}</h2>
      </header>
      {differs && disagreements}
      <div className="wall-measure-list">
        <Measures measures={goal.measures} />
        {writes && <NewMeasure goal={goal.id} number={goal.number} />}
      </div>
      <WhereNow goal={goal} />
      {!differs && disagreements}
    </>
  )
}

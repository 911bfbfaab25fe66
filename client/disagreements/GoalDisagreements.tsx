import { useContext } from 'react'
import type { BlockId } from '../../shared/ids.ts'
import { DisagreementsContext } from './context.ts'
import { Disagreements } from './Disagreements.tsx'

/** The same strip inside a goal of the log's text. */
export function GoalDisagreements({ goal }: { goal: BlockId | null }) {
  const detail = useContext(DisagreementsContext)
  if (!detail || !goal) return null
  return (
    <div className="goal-disagreements" contentEditable={false} data-controls="">
      <Disagreements caseId={detail.id} role={detail.role} goal={goal} members={detail.members} />
    </div>
  )
}

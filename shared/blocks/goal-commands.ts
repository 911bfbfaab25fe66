import type { Command } from '@tiptap/pm/state'
import type { Attainment } from '../cases.ts'
import type { BlockId, PersonId, ServiceId } from '../ids.ts'
import { caretIn, findBlock, insertBlock } from './edit.ts'
import type { EvaluationOutcome } from './evaluation.ts'
import type { GoalFields } from './goal.ts'
import { evaluation, goal, measure } from './json.ts'
import type { MeasureFields } from './measure.ts'

/** A new goal at the caret; the caret goes to its title. */
export const insertGoal = (fields: Partial<GoalFields> = {}, title = ''): Command =>
  insertBlock(goal(fields, title))

/** A new measure after the goal's last one; the caret goes there. */
export const addMeasure =
  (goalId: BlockId, fields: Partial<MeasureFields> = {}, text = ''): Command =>
  (state, dispatch) => {
    const found = findBlock(state.doc, goalId)
    if (!found) return false
    const node = state.schema.nodeFromJSON(measure(fields, text))
    let last: number | undefined
    let evaluations: number | undefined
    found.node.forEach((child, offset) => {
      if (child.type === node.type) last = offset + child.nodeSize
      else if (child.type.name === 'evaluation') evaluations ??= offset
    })
    const pos = found.pos + 1 + (last ?? evaluations ?? found.node.content.size)
    if (dispatch) dispatch(caretIn(state.tr.insert(pos, node), pos))
    return true
  }

export type Rating = {
  id?: BlockId
  service: ServiceId
  score: Attainment
  by: PersonId
  /** ISO date-time. */
  at: string
  line?: string
  outcome?: EvaluationOutcome
}

/** Adds what one service sees to a goal, after everything else in it. Earlier ratings stay as they are. */
export const rateGoal =
  (goalId: BlockId, { line = '', ...fields }: Rating): Command =>
  (state, dispatch) => {
    const found = findBlock(state.doc, goalId)
    if (!found) return false
    const node = state.schema.nodeFromJSON(evaluation(fields, line))
    dispatch?.(state.tr.insert(found.pos + found.node.nodeSize - 1, node))
    return true
  }

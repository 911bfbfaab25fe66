import type { Node } from '@tiptap/pm/model'
import { EvaluationFields } from '../../shared/blocks/evaluation.ts'
import { type GoalFields, stepFields } from '../../shared/blocks/goal.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'

export const steps: readonly Attainment[] = [-2, -1, 0, 1, 2]

/** «−1», with a real minus; «+1» above the goal. */
export const stepSign = (step: Attainment): string => (step > 0 ? `+${step}` : `${step}`.replace('-', '−'))

/** The goal's own wording of a step, or nothing. */
export const ownWording = (goal: GoalFields, step: Attainment): string => {
  const name = stepFields[step + 2]
  return name ? goal[name].trim() : ''
}

export type Standing = { readonly service: ServiceId; readonly score: Attainment }

type Seen = Standing & { readonly offset: number; readonly at: string }

/** The latest evaluation of each service, by when it was given, whatever the order in the document. */
function latest(goal: Node): Map<ServiceId, Seen> {
  const found = new Map<ServiceId, Seen>()
  goal.forEach((child, offset) => {
    if (child.type.name !== 'evaluation') return
    const { service, score, at } = EvaluationFields.parse(child.attrs)
    if (service === null || score === null) return
    const known = found.get(service)
    if (!known || (at ?? '') >= known.at) found.set(service, { service, score, offset, at: at ?? '' })
  })
  return found
}

/** Where each service's latest evaluation stands: side by side, never averaged. */
export const standings = (goal: Node): Standing[] =>
  [...latest(goal).values()].map(({ service, score }) => ({ service, score }))

/** As many evaluations stand open; of more, the older ones of each service wait behind a button. */
const SHOWN = 4

/** Offsets in a goal of the evaluations that later ones of the same service have overtaken. */
export function overtaken(goal: Node): number[] {
  const current = new Set([...latest(goal).values()].map(({ offset }) => offset))
  const all: number[] = []
  goal.forEach((child, offset) => {
    if (child.type.name === 'evaluation') all.push(offset)
  })
  return all.length > SHOWN ? all.filter((offset) => !current.has(offset)) : []
}

/** Whether a goal looks different: its own fields, or the fields of what it holds. Text draws itself. */
export function goalLooksDifferent(before: Node, after: Node): boolean {
  if (!before.sameMarkup(after) || before.childCount !== after.childCount) return true
  for (let index = 0; index < after.childCount; index += 1) {
    if (!before.child(index).sameMarkup(after.child(index))) return true
  }
  return false
}

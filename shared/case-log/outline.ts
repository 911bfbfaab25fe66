import * as Y from 'yjs'
import { type ConcernFields, ConcernFields as Concerns } from '../blocks/concern.ts'
import { type DecisionFields, DecisionFields as Decisions } from '../blocks/decision.ts'
import { type EvaluationFields, EvaluationFields as Evaluations } from '../blocks/evaluation.ts'
import { type GoalFields, GoalFields as Goals } from '../blocks/goal.ts'
import { type MeasureFields, MeasureFields as Measures } from '../blocks/measure.ts'
import type { Attainment } from '../cases.ts'
import { BlockId, type ServiceId } from '../ids.ts'
import { childElements, itemKey, logFragment, plainText } from './document.ts'

type Identified<T> = Omit<T, 'id'> & { id: BlockId }

export type MeasureOutline = Identified<MeasureFields> & { text: string }
export type EvaluationOutline = Identified<EvaluationFields> & { text: string }
export type GoalOutline = Identified<GoalFields> & {
  /** Computed from the order in the text, from 1. */
  number: number
  title: string
  /** Everything else written in the goal, measures and evaluations left out. */
  text: string
  measures: MeasureOutline[]
  evaluations: EvaluationOutline[]
  /** The newest step per service, side by side and never averaged. */
  latestRatings: { service: ServiceId; score: Attainment; at: string | null }[]
}
export type ConcernOutline = Identified<ConcernFields> & { text: string }
export type DecisionOutline = Identified<DecisionFields> & { text: string }

/** The blocks of a log as plain values. */
export type BlockOutline = {
  goals: GoalOutline[]
  /** Measures and evaluations that stand outside any goal. */
  looseMeasures: MeasureOutline[]
  looseEvaluations: EvaluationOutline[]
  concerns: ConcernOutline[]
  decisions: DecisionOutline[]
  /** Ids that more than one block carries [BL4]. */
  duplicates: BlockId[]
}

/** A log as plain values: what the rows, the overview and search are made of. */
export type CaseLog = BlockOutline & {
  /** All the text of the log, one line a paragraph. */
  text: string
}

const textBlocks = new Set(['paragraph', 'heading', 'goalTitle', 'measure', 'evaluation'])

/** The text of a block: its lines joined by line breaks. */
export function blockText(block: Y.XmlElement): string {
  return lines(block).join('\n')
}

function lines(block: Y.XmlElement): string[] {
  const found: string[] = []
  let line = ''
  for (const child of block.toArray()) {
    if (child instanceof Y.XmlText) line += plainText(child)
    else if (!(child instanceof Y.XmlElement)) continue
    else if (child.nodeName === 'mention') line += `@${child.getAttribute('label') ?? ''}`
    else if (child.nodeName === 'hardBreak') line += '\n'
    else found.push(...lines(child))
  }
  if (line !== '' || textBlocks.has(block.nodeName)) found.unshift(line)
  return found
}

/** Reads the log as typed values. Never throws: an attribute that holds anything odd counts as its fallback. */
export const outline = (doc: Y.Doc): CaseLog => ({
  ...blockOutline(doc),
  text: childElements(logFragment(doc)).flatMap(lines).join('\n'),
})

/** The blocks alone, without the text around them. Never throws, either. */
export function blockOutline(doc: Y.Doc): BlockOutline {
  const log: BlockOutline = {
    goals: [],
    looseMeasures: [],
    looseEvaluations: [],
    concerns: [],
    decisions: [],
    duplicates: [],
  }
  const seen = new Set<BlockId>()
  const identify = <T extends { id: BlockId | null }>(
    block: Y.XmlElement,
    fields: T,
  ): T & { id: BlockId } => {
    // A block without an id of its own is known by its Yjs item, which every copy of the log agrees on.
    const id = fields.id ?? BlockId.parse(`y-${itemKey(block).replace(':', '-')}`)
    if (seen.has(id) && !log.duplicates.includes(id)) log.duplicates.push(id)
    seen.add(id)
    return { ...fields, id }
  }

  const visit = (parent: Y.XmlFragment | Y.XmlElement, goal: GoalOutline | undefined): void => {
    for (const block of parent.toArray()) {
      if (!(block instanceof Y.XmlElement)) continue
      const attributes = block.getAttributes()
      switch (block.nodeName) {
        case 'goal': {
          const inner: GoalOutline = {
            ...identify(block, Goals.parse(attributes)),
            number: log.goals.length + 1,
            title: '',
            text: '',
            measures: [],
            evaluations: [],
            latestRatings: [],
          }
          log.goals.push(inner)
          visit(block, inner)
          inner.latestRatings = latestRatings(inner.evaluations)
          break
        }
        case 'goalTitle': {
          const title = blockText(block)
          if (goal) goal.title = goal.title === '' ? title : `${goal.title} ${title}`.trim()
          break
        }
        case 'measure': {
          const measure = { ...identify(block, Measures.parse(attributes)), text: blockText(block) }
          ;(goal?.measures ?? log.looseMeasures).push(measure)
          break
        }
        case 'evaluation': {
          const evaluation = { ...identify(block, Evaluations.parse(attributes)), text: blockText(block) }
          ;(goal?.evaluations ?? log.looseEvaluations).push(evaluation)
          break
        }
        case 'concern':
          log.concerns.push({ ...identify(block, Concerns.parse(attributes)), text: blockText(block) })
          visit(block, goal)
          break
        case 'decision':
          log.decisions.push({ ...identify(block, Decisions.parse(attributes)), text: blockText(block) })
          visit(block, goal)
          break
        default:
          if (goal && textBlocks.has(block.nodeName))
            goal.text += (goal.text === '' ? '' : '\n') + blockText(block)
          visit(block, goal)
      }
    }
  }

  visit(logFragment(doc), undefined)
  return log
}

/** The newest evaluation of each service; of two at the same time, the later one in the text. */
function latestRatings(evaluations: readonly EvaluationOutline[]): GoalOutline['latestRatings'] {
  const latest = new Map<ServiceId, GoalOutline['latestRatings'][number]>()
  for (const { service, score, at } of evaluations) {
    if (service === null || score === null) continue
    const known = latest.get(service)
    if (!known || (at ?? '') >= (known.at ?? '')) latest.set(service, { service, score, at })
  }
  return [...latest.values()]
}

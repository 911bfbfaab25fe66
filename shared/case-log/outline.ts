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
type OwnOfGoal = Identified<GoalFields>

export type MeasureOutline = Identified<MeasureFields> & { text: string }
export type EvaluationOutline = Identified<EvaluationFields> & { text: string }
export type GoalOutline = OwnOfGoal & {
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

/**
 * What was read of single blocks, for whoever reads a log again and again: a block that did not change is read once,
 * and is the same object then.
 */
export class ReadBlocks {
  readonly goals = new WeakMap<Y.XmlElement, OwnOfGoal>()
  readonly measures = new WeakMap<Y.XmlElement, MeasureOutline>()
  readonly evaluations = new WeakMap<Y.XmlElement, EvaluationOutline>()
  readonly concerns = new WeakMap<Y.XmlElement, ConcernOutline>()
  readonly decisions = new WeakMap<Y.XmlElement, DecisionOutline>()

  /** Has the blocks that a transaction changed, or changed anything in, read anew. */
  forget({ changedParentTypes }: Y.Transaction): void {
    for (const type of changedParentTypes.keys()) {
      if (!(type instanceof Y.XmlElement)) continue
      for (const known of [this.goals, this.measures, this.evaluations, this.concerns, this.decisions])
        known.delete(type)
    }
  }
}

/** A block's fields; one without an id of its own is known by its Yjs item, which every copy of the log agrees on. */
const identified = <T extends { id: BlockId | null }>(block: Y.XmlElement, fields: T): Identified<T> => ({
  ...fields,
  id: fields.id ?? BlockId.parse(`y-${itemKey(block).replace(':', '-')}`),
})

function once<T>(known: WeakMap<Y.XmlElement, T>, block: Y.XmlElement, read: () => T): T {
  const before = known.get(block)
  if (before !== undefined) return before
  const now = read()
  known.set(block, now)
  return now
}

/**
 * The blocks alone, without the text around them. Never throws, either. With what was read before, only the blocks
 * that have changed since are read.
 */
export function blockOutline(doc: Y.Doc, read = new ReadBlocks()): BlockOutline {
  const log: BlockOutline = {
    goals: [],
    looseMeasures: [],
    looseEvaluations: [],
    concerns: [],
    decisions: [],
    duplicates: [],
  }
  const seen = new Set<BlockId>()
  const noted = <T extends { id: BlockId }>(block: T): T => {
    if (seen.has(block.id) && !log.duplicates.includes(block.id)) log.duplicates.push(block.id)
    seen.add(block.id)
    return block
  }
  /** A block that is nothing but its fields and its text. */
  const plain = <T extends { id: BlockId | null }>(
    known: WeakMap<Y.XmlElement, Identified<T> & { text: string }>,
    block: Y.XmlElement,
    fields: { parse: (attributes: object) => T },
  ) =>
    noted(
      once(known, block, () => ({
        ...identified(block, fields.parse(block.getAttributes())),
        text: blockText(block),
      })),
    )

  const visit = (parent: Y.XmlFragment | Y.XmlElement, goal: GoalOutline | undefined): void => {
    for (const block of parent.toArray()) {
      if (!(block instanceof Y.XmlElement)) continue
      switch (block.nodeName) {
        case 'goal': {
          const own = once(read.goals, block, () => identified(block, Goals.parse(block.getAttributes())))
          const inner: GoalOutline = {
            ...noted(own),
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
        case 'measure':
          ;(goal?.measures ?? log.looseMeasures).push(plain(read.measures, block, Measures))
          break
        case 'evaluation':
          ;(goal?.evaluations ?? log.looseEvaluations).push(plain(read.evaluations, block, Evaluations))
          break
        case 'concern':
          log.concerns.push(plain(read.concerns, block, Concerns))
          visit(block, goal)
          break
        case 'decision':
          log.decisions.push(plain(read.decisions, block, Decisions))
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

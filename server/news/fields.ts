import * as Y from 'yjs'
import { ConcernFields } from '../../shared/blocks/concern.ts'
import { DecisionFields } from '../../shared/blocks/decision.ts'
import { EvaluationFields } from '../../shared/blocks/evaluation.ts'
import type { Fields } from '../../shared/blocks/fields.ts'
import { GoalFields } from '../../shared/blocks/goal.ts'
import { MeasureFields } from '../../shared/blocks/measure.ts'
import { type NewsBlock, NewsField, type NewsItem } from '../../shared/news.ts'
import { eachSeen } from './known.ts'
import type { Doer } from './lines.ts'
import type { Past } from './past.ts'
import type { Reader } from './reader.ts'
import type { Unit } from './units.ts'

const fieldsOf: Partial<Record<NewsBlock, Fields>> = {
  goal: GoalFields,
  measure: MeasureFields,
  evaluation: EvaluationFields,
  concern: ConcernFields,
  decision: DecisionFields,
}

/** Who and when an evaluation says itself; an id is nobody's news. */
const silent: readonly string[] = ['id', 'by', 'at']
/** As much as a field of its own in «whose doing»: about a short sentence. */
const WEIGHT = 20

/** Fields of a block that hold something else than the reader last saw. Of a new block, only an evaluation's step. */
export function changedFields(
  past: Past,
  reader: Reader,
  unit: Unit,
  elements: readonly Y.XmlElement[],
  made: boolean,
  count: (doer: Omit<Doer, 'amount'>, amount: number) => void,
): NewsItem['fields'] {
  const changed: NewsItem['fields'] = []
  for (const [name, schema] of Object.entries(fieldsOf[unit.block]?.shape ?? {})) {
    if (silent.includes(name) || (made && name !== 'score')) continue
    let was: unknown
    let doer: Omit<Doer, 'amount'> | undefined
    for (const item of elements.flatMap((element) => writesOf(element, name))) {
      const value = item.content instanceof Y.ContentAny ? item.content.arr.at(-1) : undefined
      eachSeen(past, reader, unit.key, { ...item.id, length: 1 }, ({ known, wrote }) => {
        if (known) was = value
        doer = known ? undefined : wrote
      })
    }
    const standing = elements.at(-1)?._map.get(name)
    const now =
      standing?.deleted === false && standing.content instanceof Y.ContentAny
        ? standing.content.arr.at(-1)
        : undefined
    const [from, to] = [was, now].map((value) => NewsField.parse(schema.parse(value)))
    if (!doer || JSON.stringify(from) === JSON.stringify(to)) continue
    count(doer, made ? 0 : WEIGHT)
    changed.push({ name, from: from ?? null, to: to ?? null })
  }
  return changed
}

/** Every value that a field was given, the one that counts last. */
function writesOf(element: Y.XmlElement, name: string): Y.Item[] {
  const writes: Y.Item[] = []
  for (let item = element._map.get(name) ?? null; item !== null; item = item.left) writes.unshift(item)
  return writes
}

import * as Y from 'yjs'
import type { NewsItem } from '../../shared/news.ts'
import { changedFields } from './fields.ts'
import { eachSeen } from './known.ts'
import { type Doer, readText, type Text } from './lines.ts'
import type { Deed, Past } from './past.ts'
import type { Reader } from './reader.ts'
import { isBox, stands, type Unit, type Units, unitKey } from './units.ts'

/** What is new in one block for one reader. */
export type Change = Pick<NewsItem, 'what' | 'fields'> & {
  readonly unit: Unit
  readonly by: readonly Doer[]
  readonly text: Text
  /** Where it stands, or last stood. */
  readonly element: Y.XmlElement
}

/** What is new in a log for a reader, block by block. A block that was put back as it was is not. */
export function changesFor(past: Past, units: Units, reader: Reader): Change[] {
  const found: Change[] = []
  for (const unit of units.all()) {
    const change = unit.last > reader.readUpTo(unit.key) ? changeIn(past, units, reader, unit) : undefined
    if (change) found.push(change)
  }
  return withoutPutBack(found)
}

/** What is new in one block for a reader; undefined when nothing is. */
export function changeIn(past: Past, units: Units, reader: Reader, unit: Unit): Change | undefined {
  const elements = [...unit.elements].sort((a, b) => Number(stands(a)) - Number(stands(b)))
  const element = elements.at(-1)
  if (!element) return undefined
  const box = isBox(element.nodeName)
  const doers = new Map<string, Doer>()
  const count = (doer: Omit<Doer, 'amount'>, amount: number): void => {
    const known = doers.get(doer.person)
    if (known) {
      known.amount += amount
      known.at = Math.max(known.at, doer.at)
    } else doers.set(doer.person, { person: doer.person, service: doer.service, at: doer.at, amount })
  }

  let knew = false
  let maker: Omit<Doer, 'amount'> | undefined
  let taker: Deed | undefined
  for (const one of elements) {
    const { id } = one._item ?? {}
    if (!id) continue
    eachSeen(past, reader, unit.key, { ...id, length: 1 }, ({ known, took, wrote }) => {
      knew ||= known
      maker = wrote
      if (took && took.seq > (taker?.seq ?? 0)) taker = took
    })
  }
  const text = readText(past, reader, unit, elements, count)
  if (!stands(element)) {
    const settled = !taker || reader.isOwn(taker.person) || reader.hasRead(unit.key, taker.seq)
    // Who took the whole of it away knows, whatever others took of it before.
    if (settled || (text.was === '' && !(box && knew))) return undefined
    if (wentAlong(past, units, reader, element)) return undefined
    if (box && taker) count(taker, 1)
    return change('gone', [])
  }
  const made = text.was === '' && (box ? !knew : text.now !== '')
  const fields = box ? changedFields(past, reader, unit, elements, made, count) : []
  if (made) {
    if (maker && box) count(maker, 1)
    return change('made', fields)
  }
  if (text.was === text.now && fields.length === 0) return undefined
  return change('changed', fields)

  function change(what: Change['what'], fields: Change['fields']): Change | undefined {
    if (!element || doers.size === 0) return undefined
    const by = [...doers.values()].sort((a, b) => b.amount - a.amount || b.at - a.at)
    return { unit, what, fields, by, text, element }
  }
}

/** Whether something went because the goal, concern or agreement that held it was taken away: that is the news. */
function wentAlong(past: Past, units: Units, reader: Reader, element: Y.XmlElement): boolean {
  const tookAt = (one: Y.XmlElement): number | undefined => {
    let seq: number | undefined
    if (one._item) past.each(one._item.id.client, one._item.id.clock, 1, ({ took }) => (seq = took?.seq))
    return seq
  }
  const seq = tookAt(element)
  for (let above = element.parent; above instanceof Y.XmlElement; above = above.parent) {
    if (!isBox(above.nodeName) || tookAt(above) !== seq || !above._item) continue
    const unit = units.get(unitKey(above))
    if (unit && [...unit.elements].some(stands)) continue
    let known = false
    eachSeen(past, reader, unitKey(above), { ...above._item.id, length: 1 }, (seen) => (known = seen.known))
    if (known) return true
  }
  return false
}

type Short = Pick<Change, 'what' | 'unit'> & { readonly text: Pick<Text, 'was' | 'now'> }

/** Leaves out what was taken away in one place and stands in another, letter by letter, such as after an undo. */
export function withoutPutBack<T extends Short>(changes: readonly T[]): T[] {
  const of = (what: Change['what'], { unit, text }: T, side: 'was' | 'now') =>
    `${what} ${unit.block} ${text[side]}`
  const made = Map.groupBy(
    changes.filter(({ what, text }) => what === 'made' && text.now !== ''),
    (change) => of('made', change, 'now'),
  )
  const left = new Set(changes)
  for (const gone of changes) {
    if (gone.what !== 'gone' || gone.text.was === '') continue
    const again = made.get(of('made', gone, 'was'))?.pop()
    if (!again) continue
    left.delete(gone)
    left.delete(again)
  }
  return [...left]
}

import * as Y from 'yjs'
import { itemKey, logFragment } from '../../shared/case-log/document.ts'
import { NewsBlock, type NewsItem, type NewsPart } from '../../shared/news.ts'
import type { Change } from './changes.ts'

/** Words kept of what did not change, on each side of what did. */
const AROUND = 32
/** Most of a change that is said in a list; the log itself shows the rest. */
const LONGEST = 240

/** Changes as they are told, in the order of the log: at most so many. */
export function itemsOf(doc: Y.Doc, changes: readonly Change[], most: number): NewsItem[] {
  const order = orderIn(doc)
  const placeOf = ({ element }: Change): number => order.get(element) ?? Number.POSITIVE_INFINITY
  return [...changes]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .slice(0, most)
    .map((change) => ({
      key: change.unit.key,
      block: NewsBlock.parse(change.unit.block),
      what: change.what,
      by: change.by.map(({ person, service, at }) => ({ person, service, at })),
      parts: shorten(change.text.parts),
      fields: change.fields,
      ...(change.what === 'gone' ? { place: placeOfGone(change.element) } : {}),
    }))
}

/** Every element that stands or stood, by where it comes in the log. */
function orderIn(doc: Y.Doc): Map<Y.XmlElement, number> {
  const order = new Map<Y.XmlElement, number>()
  const visit = (parent: Y.XmlFragment): void => {
    for (let item = parent._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentType) || !(item.content.type instanceof Y.XmlElement)) continue
      order.set(item.content.type, order.size)
      visit(item.content.type)
    }
  }
  visit(logFragment(doc))
  return order
}

/** After which standing neighbour something stood, or in which block it came first. */
function placeOfGone(element: Y.XmlElement): NonNullable<NewsItem['place']> {
  let gone = element
  while (gone.parent instanceof Y.XmlElement && gone.parent._item?.deleted === true) gone = gone.parent
  for (let left = gone._item?.left ?? null; left !== null; left = left.left) {
    if (left.deleted || !(left.content instanceof Y.ContentType)) continue
    const { type } = left.content
    if (type instanceof Y.XmlElement) return { after: itemKey(type), within: null }
  }
  return { after: null, within: gone.parent instanceof Y.XmlElement ? itemKey(gone.parent) : null }
}

function shorten(parts: readonly NewsPart[]): NewsPart[] {
  return parts.map((part, index) => {
    const { mark, text } = part
    if (mark !== 'same') return text.length > LONGEST ? { ...part, text: `${text.slice(0, LONGEST)}…` } : part
    if (text.length <= 2 * AROUND) return part
    const before = index > 0 ? text.slice(0, AROUND) : ''
    const after = index < parts.length - 1 ? text.slice(-AROUND) : ''
    return { ...part, text: `${before}…${after}` }
  })
}

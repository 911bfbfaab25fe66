import * as Y from 'yjs'
import type { PersonId, ServiceId } from '../../shared/ids.ts'
import type { NewsPart } from '../../shared/news.ts'
import { eachSeen, type Seen } from './known.ts'
import { lastValue } from './moved.ts'
import type { Past } from './past.ts'
import type { Reader } from './reader.ts'
import { type Unit, unitElement } from './units.ts'

/** Who did how much of a change. */
export type Doer = { person: PersonId; service: ServiceId; at: number; amount: number }

/** A block's text as a reader knows it, and as it stands. */
export type Text = { readonly was: string; readonly now: string; readonly parts: NewsPart[] }

/** Reads the text of a block, in pieces that are unchanged, new or gone for a reader; counts whose doing it is. */
export function readText(
  past: Past,
  reader: Reader,
  unit: Unit,
  elements: readonly Y.XmlElement[],
  count: (doer: Omit<Doer, 'amount'>, amount: number) => void,
): Text {
  const was: string[] = []
  const now: string[] = []
  const parts: NewsPart[] = []

  for (const element of elements) {
    for (const texts of linesOf(element)) {
      let [old, fresh] = ['', '']
      let after: [number, number] | null = null
      const begin = parts.length
      for (const { item, text } of texts) {
        const range = { client: item.id.client, clock: item.id.clock, length: item.length }
        eachSeen(past, reader, unit.key, range, (seen) => {
          const offset = seen.clock - range.clock
          // An atom is one clock, whatever its words.
          const words = item.length === text.length ? text.slice(offset, offset + seen.length) : text
          const mark = markOf(seen)
          if (mark === 'same' || mark === 'gone') old += words
          if (mark === 'same' || mark === 'new') {
            fresh += words
            after = [range.client, seen.clock + seen.length - 1]
          }
          if (mark === undefined) return
          const doer = mark === 'new' ? seen.wrote : mark === 'gone' ? seen.took : undefined
          if (doer) count(doer, words.length)
          addPart(parts, begin, { mark, text: words }, doer, range.client, seen, after)
        })
      }
      if (parts.length > begin && begin > 0) parts.splice(begin, 0, { mark: 'same', text: '\n' })
      if (old !== '') was.push(old)
      if (fresh !== '') now.push(fresh)
    }
  }
  return { was: was.join('\n'), now: now.join('\n'), parts }
}

/** Undefined: nothing that the reader ever saw or sees. */
function markOf({ took, known, settled }: Seen): NewsPart['mark'] | undefined {
  if (took === undefined) return known ? 'same' : 'new'
  return known && !settled ? 'gone' : undefined
}

function addPart(
  parts: NewsPart[],
  begin: number,
  part: NewsPart,
  doer: Omit<Doer, 'amount'> | undefined,
  client: number,
  seen: Seen,
  after: [number, number] | null,
) {
  const last = parts.length > begin ? parts.at(-1) : undefined
  if (last?.mark === part.mark && last.person === doer?.person) {
    last.text += part.text
    const run = last.ids?.at(-1)
    if (run && run[0] === client && run[1] + run[2] === seen.clock) run[2] += seen.length
    else last.ids?.push([client, seen.clock, seen.length])
    return
  }
  parts.push({
    ...part,
    ...(doer ? { person: doer.person, service: doer.service } : {}),
    ...(part.mark === 'new' ? { ids: [[client, seen.clock, seen.length]] } : {}),
    ...(part.mark === 'gone' ? { after } : {}),
  })
}

type Piece = { item: Y.Item; text: string }

/** The lines of a block, standing or not: for each element that holds text, its characters and atoms. */
function linesOf(unit: Y.XmlElement): Piece[][] {
  const lines: Piece[][] = []
  const visit = (element: Y.XmlElement): void => {
    const line: Piece[] = []
    for (let item = element._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentType)) continue
      const { type } = item.content
      if (type instanceof Y.XmlText) line.push(...characters(type))
      else if (!(type instanceof Y.XmlElement)) continue
      else if (type.nodeName === 'mention')
        line.push({ item, text: `@${String(lastValue(type, 'label') ?? '')}` })
      else if (type.nodeName === 'hardBreak') line.push({ item, text: '\n' })
      else if (unitElement(type) === unit) visit(type)
    }
    if (line.length > 0) lines.push(line)
  }
  visit(unit)
  return lines
}

function characters(text: Y.XmlText): Piece[] {
  const found: Piece[] = []
  for (let item = text._start; item !== null; item = item.right)
    if (item.content instanceof Y.ContentString) found.push({ item, text: item.content.str })
  return found
}

import * as Y from 'yjs'
import { LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import type { FieldValue } from '../../shared/history.ts'
import { characterIndex, type Life } from './characters.ts'
import { NEVER, type Timeline } from './timeline.ts'

/** A stretch of text that came and went as one, or a mark that stands between two. */
export type Piece = {
  kind: 'text'
  text: string
  client: number
  clock: number
  born: number
  died: number
  /** The block that it stands right in. */
  holder: Element | undefined
  /** Set for text that was moved, or brought back: all the places it has had. */
  life: Life | undefined
}
export type Mark = { kind: 'mark'; name: string; value: unknown; born: number; died: number }
export type Text = {
  kind: 'line'
  client: number
  clock: number
  born: number
  died: number
  parts: (Piece | Mark)[]
}

type FieldEntry = { born: number; died: number; value: FieldValue }

/** An element of the log, standing or not, with everything that ever stood in it, in order. */
export type Element = {
  kind: 'element'
  name: string
  client: number
  clock: number
  born: number
  died: number
  parent: Element | undefined
  /** Writes of each field in the order that Yjs settled on: the last one there at a time is what held. */
  fields: Map<string, FieldEntry[]>
  children: (Element | Text)[]
  /** Set for a mention or line break that went with moved text. */
  life: Life | undefined
}

/** The whole of a log's past as plain values. */
export type Model = {
  timeline: Timeline
  top: (Element | Text)[]
  /** All elements with an id, by it: a block that is moved is another element each time. */
  blocks: Map<string, Element[]>
}

export const keyOf = ({ client, clock }: { client: number; clock: number }): string => `${client}:${clock}`

/** Whether it was there in a turn; what stands in something gone is gone with it. */
export const stands = (it: { born: number; died: number }, turn: number): boolean =>
  it.born <= turn && turn < it.died

/** Whether an element and all around it stood. */
export function standsIn(element: Element | undefined, turn: number): boolean {
  for (let at = element; at; at = at.parent) if (!stands(at, turn)) return false
  return true
}

/** What a field held in a turn; undefined when it was not written. */
export function fieldAt({ fields }: Element, name: string, turn: number): FieldValue | undefined {
  const entries = fields.get(name) ?? []
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at]
    if (entry && entry.born <= turn) return turn < entry.died ? entry.value : undefined
  }
  return undefined
}

/** The block's id: the first it ever had counts, whatever was written over it for a moment. */
export function idOf(element: Element, turn: number): string | undefined {
  const id = fieldAt(element, 'id', turn)
  return typeof id === 'string' ? id : undefined
}

/** Reads the document, with what is deleted in it, into plain values. */
export function readModel(timeline: Timeline): Model {
  const characters = characterIndex(timeline)
  const model: Model = { timeline, top: [], blocks: new Map() }

  function children(parent: Y.XmlFragment, around: Element | undefined): (Element | Text)[] {
    const found: (Element | Text)[] = []
    for (let item = parent._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentType)) continue
      const { type } = item.content
      if (type instanceof Y.XmlText) found.push(text(item, type, around))
      else if (type instanceof Y.XmlElement) found.push(element(item, type, around))
    }
    return found
  }

  /** When it came and went: what stands in something that goes, goes with it, and is never there when it comes later. */
  function place({ id: { client, clock } }: Y.Item, end: number) {
    const born = timeline.bornAt(client, clock)
    return { client, clock, born, died: Math.max(born, Math.min(timeline.diedAt(client, clock), end)) }
  }

  function element(item: Y.Item, type: Y.XmlElement, parent: Element | undefined): Element {
    const made: Element = {
      kind: 'element',
      name: type.nodeName,
      ...place(item, parent?.died ?? NEVER),
      parent,
      fields: new Map(),
      children: [],
      life: undefined,
    }
    for (const [name, newest] of type._map) made.fields.set(name, fieldEntries(newest))
    for (const { value } of made.fields.get('id') ?? []) {
      if (typeof value !== 'string') continue
      const known = model.blocks.get(value)
      if (!known) model.blocks.set(value, [made])
      else if (!known.includes(made)) known.push(made)
    }
    made.children = children(type, made)
    characters.atom(made)
    return made
  }

  function fieldEntries(newest: Y.Item): FieldEntry[] {
    const entries: FieldEntry[] = []
    for (let item: Y.Item | null = newest; item !== null; item = item.left) {
      if (!(item.content instanceof Y.ContentAny)) continue
      const { client, clock } = item.id
      // Neighbours in time that are both overwritten are one item to Yjs.
      for (let at = item.content.arr.length - 1; at >= 0; at--) {
        const born = timeline.bornAt(client, clock + at)
        const died = timeline.diedAt(client, clock + at)
        entries.push({ born, died, value: plain(item.content.arr[at]) })
      }
    }
    return entries.reverse()
  }

  function text(item: Y.Item, type: Y.XmlText, holder: Element | undefined): Text {
    const made: Text = { kind: 'line', ...place(item, holder?.died ?? NEVER), parts: [] }
    for (let part = type._start; part !== null; part = part.right) {
      const { client, clock } = part.id
      const { content } = part
      if (content instanceof Y.ContentFormat) {
        made.parts.push({ kind: 'mark', name: content.key, value: content.value, ...place(part, NEVER) })
      } else if (content instanceof Y.ContentString) {
        timeline.lives(client, clock, part.length, (from, to, born, end) => {
          const died = Math.max(born, Math.min(end, made.died))
          const text = content.str.slice(from - clock, to - clock)
          characters.pieces(
            { kind: 'text', text, client, clock: from, born, died, holder, life: undefined },
            made.parts,
          )
        })
      }
    }
    return made
  }

  model.top = children(timeline.doc.getXmlFragment(LOG_FRAGMENT), undefined)
  characters.finish()
  return model
}

/** A field's value as far as blocks know such: anything else counts as none. */
function plain(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string')
  return null
}

/** Every element, in the order of the text, what is in one right after it. */
export function* elements(children: readonly (Element | Text)[]): Generator<Element> {
  for (const child of children) {
    if (child.kind !== 'element') continue
    yield child
    yield* elements(child.children)
  }
}

/** The last turn in which an element stood, up to `turn`; -1 when it never had. */
export function lastStood(element: Element, turn: number): number {
  let last = turn
  let first = 0
  for (let at: Element | undefined = element; at; at = at.parent) {
    first = Math.max(first, at.born)
    last = Math.min(last, at.died === NEVER ? turn : at.died - 1)
  }
  return last >= first ? last : -1
}

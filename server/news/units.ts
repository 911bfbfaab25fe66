import * as Y from 'yjs'
import { itemKey } from '../../shared/case-log/document.ts'
import { BlockId } from '../../shared/ids.ts'
import type { NewsBlock } from '../../shared/news.ts'
import { knownContent } from '../collab/known-content.ts'
import { lastValue, type Touched } from './moved.ts'
import type { Past } from './past.ts'

/** One block as it is read and counted: its element, and those it stood in before it was moved. */
export type Unit = {
  readonly key: string
  readonly block: NewsBlock
  readonly elements: Set<Y.XmlElement>
  /** Sequence number of the newest update that touched it. */
  last: number
  /** When text was moved out of it. */
  readonly left: number[]
}

/** Whether an element is in the log now. */
export const stands = (element: Y.XmlElement): boolean => element._item?.deleted === false

const boxes = { goal: true, measure: true, evaluation: true, concern: true, decision: true } as const
type Box = keyof typeof boxes
/** Goal, measure, evaluation, concern or agreement. */
export const isBox = (name: string): name is Box => Object.hasOwn(boxes, name)

/** The element that a type is read as part of; undefined for the paper itself and for what only holds others. */
export function unitElement(type: unknown): Y.XmlElement | undefined {
  let line: Y.XmlElement | undefined
  for (let at = type; at instanceof Y.AbstractType; at = at.parent) {
    if (!(at instanceof Y.XmlElement)) continue
    if (at.nodeName === 'goal' && line && line.nodeName !== 'goalTitle') return line
    if (isBox(at.nodeName)) return at
    if (knownContent().textBlocks.has(at.nodeName)) line ??= at
  }
  return line
}

/** The element that an item is read as part of: what it makes, or what it stands in. */
export function unitOfItem(item: Y.Item): Y.XmlElement | undefined {
  return unitElement(item.content instanceof Y.ContentType ? item.content.type : item.parent)
}

/** A block's own id, which it keeps when it is moved; else its Yjs item. */
export function unitKey(element: Y.XmlElement): string {
  const id = isBox(element.nodeName) ? BlockId.safeParse(lastValue(element, 'id')).data : undefined
  return id ?? itemKey(element)
}

const blockOf = (name: string): NewsBlock =>
  isBox(name) ? name : name === 'heading' ? 'heading' : 'paragraph'

/** Every block that a log holds or ever held, and when it was last touched. */
export class Units {
  readonly #past: Past
  readonly #units = new Map<string, Unit>()
  readonly #keys = new Map<Y.XmlElement, string>()

  constructor(past: Past) {
    this.#past = past
    this.update()
  }

  /** Takes in what has come to the past since; returns the blocks it touched. */
  update(): Set<Unit> {
    const touched = new Set<Unit>()
    for (const range of this.#past.takeTouched()) for (const unit of this.#look(range)) touched.add(unit)
    return touched
  }

  all(): Iterable<Unit> {
    return this.#units.values()
  }

  get(key: string): Unit | undefined {
    return this.#units.get(key)
  }

  *#look({ client, clock, length }: Touched): Iterable<Unit> {
    const structs = this.#past.doc.store.clients.get(client) ?? []
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
      const struct = structs[index]
      if (!struct || struct.id.clock >= clock + length) return
      const element = struct instanceof Y.Item ? unitOfItem(struct) : undefined
      if (!element) continue
      const unit = this.#unitOf(element)
      const from = Math.max(clock, struct.id.clock)
      const to = Math.min(clock + length, struct.id.clock + struct.length)
      this.#past.each(client, from, to - from, ({ wrote, took, moved }) => {
        unit.last = Math.max(unit.last, wrote.seq, took?.seq ?? 0)
        if (moved && took && !unit.left.includes(took.seq)) unit.left.push(took.seq)
      })
      yield unit
    }
  }

  #unitOf(element: Y.XmlElement): Unit {
    const key = unitKey(element)
    const before = this.#keys.get(element)
    if (before !== undefined && before !== key) this.#units.get(before)?.elements.delete(element)
    this.#keys.set(element, key)
    const made: Unit = { key, block: blockOf(element.nodeName), elements: new Set(), last: 0, left: [] }
    const unit = this.#units.get(key) ?? made
    this.#units.set(key, unit)
    unit.elements.add(element)
    return unit
  }
}

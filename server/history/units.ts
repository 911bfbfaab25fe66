import type { HistoryBlock } from '../../shared/history.ts'
import { BlockId, ServiceId } from '../../shared/ids.ts'
import {
  type Element,
  elements,
  fieldAt,
  idOf,
  keyOf,
  lastStood,
  type Model,
  stands,
  standsIn,
} from './model.ts'
import { isAtom } from './tree.ts'

/** Blocks that are spoken of by themselves; anything else belongs to the one around it, or to the paper. */
const named = new Set(['goal', 'measure', 'evaluation', 'concern', 'decision'])
const NAME = 60

export const isNamed = ({ name }: { name: string }): boolean => named.has(name)

/** A block through all the elements that it has been, oldest first. */
export type Unit = { key: string; elements: Element[] }

/** Which block an element belongs to, as of a turn. */
export function unitIndex(model: Model, turn: number) {
  const known = new Map<Element, Unit>()
  const byKey = new Map<string, Unit>()

  function unitOf(element: Element): Unit {
    const found = known.get(element)
    if (found) return found
    const unit =
      element.parent && !named.has(element.name)
        ? unitOf(element.parent)
        : (unitNamed(element) ?? alone(element))
    known.set(element, unit)
    return unit
  }

  function unitNamed(element: Element): Unit | undefined {
    const id = named.has(element.name) && idOf(element, Math.max(element.born, lastStood(element, turn)))
    if (!id) return undefined
    const unit = byKey.get(id) ?? { key: id, elements: [] }
    byKey.set(id, unit)
    if (!unit.elements.includes(element)) unit.elements.push(element)
    return unit
  }

  const alone = (element: Element): Unit => ({ key: keyOf(element), elements: [element] })

  for (const element of elements(model.top)) if (!isAtom(element)) unitOf(element)
  for (const { elements } of byKey.values()) elements.sort((a, b) => a.born - b.born)
  return { unitOf, units: [...new Set(known.values())] }
}
export type Units = ReturnType<typeof unitIndex>

/** The element that a block is in a turn; undefined when it does not stand. */
export function standing(unit: Unit, turn: number): Element | undefined {
  return unit.elements.findLast((element) => standsIn(element, turn))
}

/** The element that a block is, or last was, and the turn to look at it in. */
export function lastSeen(unit: Unit, turn: number): { element: Element; turn: number } | undefined {
  const now = standing(unit, turn)
  if (now) return { element: now, turn }
  let seen: { element: Element; turn: number } | undefined
  for (const element of unit.elements) {
    const last = lastStood(element, turn)
    if (last >= 0 && (!seen || last > seen.turn)) seen = { element, turn: last }
  }
  return seen
}

/** The text that stood in an element, its lines joined by spaces. */
export function textAt(element: Element, turn: number, most: number): string {
  let text = ''
  const add = (more: string) => {
    text += more
  }
  const visit = (inside: Element) => {
    for (const child of inside.children) {
      if (text.length > most || !stands(child, turn)) continue
      if (child.kind === 'line') {
        for (const part of child.parts) if (part.kind === 'text' && stands(part, turn)) add(part.text)
      } else if (child.name === 'mention') add(`@${String(fieldAt(child, 'label', turn) ?? '')}`)
      else if (child.name === 'hardBreak') add(' ')
      else {
        if (text !== '') add(' ')
        visit(child)
      }
    }
  }
  visit(element)
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > most ? `${plain.slice(0, most).trimEnd()}…` : plain
}

const titleAt = (goal: Element, turn: number): string =>
  goal.children
    .flatMap((child) =>
      child.kind === 'element' && child.name === 'goalTitle' && stands(child, turn)
        ? textAt(child, turn, 2 * NAME)
        : [],
    )
    .join(' ')

/** A block's first words; of one that was emptied, those it had when somebody last wrote in it. */
function nameAt(element: Element, turn: number): string {
  const name = textAt(element, turn, NAME)
  if (name !== '') return name
  const written = element.children.flatMap((child) => (child.kind === 'line' ? child.parts : []))
  const last = Math.max(0, ...written.map(({ born }) => born).filter((born) => born <= turn))
  return textAt(element, last, NAME)
}

export const topOf = (element: Element): Element => (element.parent ? topOf(element.parent) : element)

/** How a block is spoken of in a turn. */
export function blockOf(model: Model, unit: Unit, turn: number): HistoryBlock | undefined {
  const seen = lastSeen(unit, turn)
  if (!seen) return undefined
  const { element } = seen
  const id = BlockId.safeParse(idOf(element, seen.turn))
  const service = ServiceId.safeParse(fieldAt(element, 'service', seen.turn))
  return {
    key: keyOf(element),
    top: keyOf(topOf(element)),
    id: id.success ? id.data : null,
    type: element.name,
    name: element.name === 'goal' ? titleAt(element, seen.turn) : nameAt(element, seen.turn),
    service: service.success ? service.data : null,
    goal: goalOf(model, element, seen.turn, turn),
    stands: standing(unit, turn) !== undefined,
  }
}

function goalOf(model: Model, element: Element, seen: number, turn: number): HistoryBlock['goal'] {
  let goal: Element | undefined = element
  while (goal && goal.name !== 'goal') goal = goal.parent
  if (!goal) return null
  const id = BlockId.safeParse(idOf(goal, seen))
  // It may have been moved since: then another element carries its id on.
  const now = id.success ? model.blocks.get(id.data)?.findLast((one) => standsIn(one, turn)) : undefined
  const number = [...elements(model.top)]
    .filter((one) => one.name === 'goal' && standsIn(one, turn))
    .indexOf(now ?? goal)
  return {
    id: id.success ? id.data : null,
    number: number < 0 ? null : number + 1,
    title: titleAt(now ?? goal, now ? turn : seen),
  }
}

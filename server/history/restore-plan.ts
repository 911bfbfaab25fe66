import type { FieldValue, HistoryNode } from '../../shared/history.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import { markName } from '../collab/known-content.ts'
import {
  asOf,
  type Id,
  joinText,
  type Made,
  type MadeText,
  type Marks,
  make,
  makeText,
  put,
  type Wish,
  without,
} from './made.ts'
import { type Element, fieldAt, idOf, keyOf, type Model, stands, standsIn, type Text } from './model.ts'
import { nodeOf, treeBetween } from './tree.ts'

/**
 * What has to be done to a log so that it stands as wished: named by Yjs ids, so that it can be done to a log in which
 * others have written meanwhile.
 */
export type RestorePlan = {
  /** `key` is null for the log itself. What is added comes after a child that stays, or first. */
  blocks: {
    key: string | null
    remove: string[]
    add: { after: string | null; made: Made | MadeText[] }[]
    fields: Record<string, FieldValue>
  }[]
  texts: {
    key: string
    remove: CharacterRange[]
    add: { after: Id | null; made: MadeText }[]
    format: (CharacterRange & { marks: Marks })[]
  }[]
}

type Question = { turn: number; undo: boolean; block: string | undefined }

/** How to bring a log, or one block, back; undefined for a block that did not stand then. */
export function planRestore(model: Model, { turn, undo, block }: Question): RestorePlan | undefined {
  const now = model.timeline.turns
  const wish = undo ? without(turn, now) : asOf(turn)
  const plan: RestorePlan = { blocks: [], texts: [] }
  if (block === undefined) {
    if (!undo && looksOf(treeBetween(model, at(turn))) === looksOf(treeBetween(model, at(now)))) return plan
    planChildren(plan, undefined, model.top, wish, now, new Set())
    return plan
  }
  const then = findBlock(model, block, turn)
  if (!then) return undefined
  const id = idOf(then, turn)
  const current = id === undefined ? then : (findBlock(model, id, now) ?? then)
  if (standsIn(current, now) && looksOf(nodeAt(model, then, turn)) === looksOf(nodeAt(model, current, now)))
    return plan
  if (!standsIn(current, now)) return planAgain(model, then, wish, now)
  const elsewhere = idsOutside(model, current, now)
  if (current === then) planElement(plan, then, wish, now, elsewhere)
  else planOver(plan, current, then, wish, now, elsewhere)
  return plan
}

const at = (turn: number) => ({ from: turn, to: turn })
const nodeAt = (model: Model, element: Element, turn: number) => {
  const node = nodeOf(model, element, at(turn), true, true)
  return node ? [node] : []
}

/** All that somebody would see of it, whoever wrote it. */
function looksOf(nodes: readonly HistoryNode[]): string {
  const looks = (node: HistoryNode): unknown => {
    const fields = Object.entries(node.fields).filter(([, value]) => value !== null)
    return [node.type, fields.sort(([a], [b]) => (a < b ? -1 : 1)), node.runs, node.children.map(looks)]
  }
  return JSON.stringify(nodes.map(looks))
}

function findBlock(model: Model, block: string, turn: number): Element | undefined {
  const named = model.blocks.get(block)?.findLast((one) => standsIn(one, turn) && idOf(one, turn) === block)
  if (named) return named
  const plain = model.top.find((one) => keyOf(one) === block)
  return plain?.kind === 'element' && stands(plain, turn) ? plain : undefined
}

/** Ids of blocks that stand outside a block: they are not made a second time. */
function idsOutside(model: Model, block: Element | undefined, now: number): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [id, elements] of model.blocks) {
    const standing = elements.find((one) => standsIn(one, now))
    if (!standing) continue
    let around: Element | undefined = standing
    while (around && around !== block) around = around.parent
    if (!around) ids.add(id)
  }
  return ids
}

/** A block that stands, with what should and should not be in it. */
function planElement(
  plan: RestorePlan,
  element: Element,
  wish: Wish,
  now: number,
  skip: ReadonlySet<string>,
) {
  const fields: Record<string, FieldValue> = {}
  for (const name of element.fields.keys()) {
    const value = wish.field(element, name) ?? null
    const current = fieldAt(element, name, now) ?? null
    if (name !== 'id' && JSON.stringify(value) !== JSON.stringify(current)) fields[name] = value
  }
  planChildren(plan, element, element.children, wish, now, skip, fields)
}

function planChildren(
  plan: RestorePlan,
  parent: Element | undefined,
  children: readonly (Element | Text)[],
  wish: Wish,
  now: number,
  skip: ReadonlySet<string>,
  fields: Record<string, FieldValue> = {},
) {
  const remove: string[] = []
  const add: RestorePlan['blocks'][number]['add'] = []
  let after: string | null = null
  for (const child of children) {
    const is = stands(child, now)
    const wanted = wish.wanted(child)
    if (is && wanted) {
      after = keyOf(child)
      if (child.kind === 'line') planText(plan, child, wish, now)
      else planElement(plan, child, wish, now, skip)
    } else if (is) remove.push(keyOf(child))
    else if (wanted) {
      const made = child.kind === 'line' ? makeText(child, wish) : make(child, wish, skip)
      if (made) add.push({ after, made })
    }
  }
  if (remove.length + add.length + Object.keys(fields).length > 0)
    plan.blocks.push({ key: parent ? keyOf(parent) : null, remove, add, fields })
}

/** A block that has been moved since is another element: it gets all that the one before held. */
function planOver(
  plan: RestorePlan,
  current: Element,
  then: Element,
  wish: Wish,
  now: number,
  skip: ReadonlySet<string>,
) {
  const made = make(then, wish, skip)
  if (!made) return
  const { id: _, ...fields } = made.fields
  const remove = current.children.filter((child) => stands(child, now)).map(keyOf)
  plan.blocks.push({
    key: keyOf(current),
    remove,
    add: made.children.map((child) => ({ after: null, made: child })),
    fields,
  })
}

/** A block that is gone comes back where it stood, or near it. */
function planAgain(model: Model, then: Element, wish: Wish, now: number): RestorePlan | undefined {
  const made = make(then, wish, idsOutside(model, undefined, now))
  if (!made) return undefined
  const spot = spotFor(model, then, wish.past, now)
  return { blocks: [{ ...spot, remove: [], add: [{ after: spot.after, made }], fields: {} }], texts: [] }
}

function spotFor(
  model: Model,
  element: Element,
  then: number,
  now: number,
): { key: string | null; after: string | null } {
  const { parent } = element
  const siblings = parent ? parent.children : model.top
  if (!parent || standsIn(parent, now)) {
    const before = siblings.slice(0, siblings.indexOf(element)).findLast((one) => stands(one, now))
    return { key: parent ? keyOf(parent) : null, after: before ? keyOf(before) : null }
  }
  const id = idOf(parent, then)
  const moved = id === undefined ? undefined : findBlock(model, id, now)
  if (!moved) return spotFor(model, parent, then, now)
  const last = moved.children.findLast((one) => stands(one, now))
  return { key: keyOf(moved), after: last ? keyOf(last) : null }
}

function planText(plan: RestorePlan, line: Text, wish: Wish, now: number) {
  const remove: CharacterRange[] = []
  const add: RestorePlan['texts'][number]['add'] = []
  const format: RestorePlan['texts'][number]['format'] = []
  const current: Marks = {}
  const wished: Marks = {}
  let after: Id | null = null
  for (const part of line.parts) {
    if (part.kind === 'mark') {
      if (stands(part, now)) put(current, part.name, part.value)
      if (wish.wanted(part)) put(wished, part.name, part.value)
      continue
    }
    const { client, clock, text } = part
    const is = stands(part, now)
    const wanted = wish.wanted(part)
    const range = { client, clock, length: text.length }
    if (is && wanted) {
      after = { client, clock: clock + text.length - 1 }
      const marks = difference(current, wished)
      if (marks) format.push({ ...range, marks })
    } else if (is) remove.push(range)
    else if (wanted) {
      const made: MadeText[] = []
      joinText(made, part, wished)
      for (const one of made) add.push({ after, made: one })
    }
  }
  if (remove.length + add.length + format.length > 0)
    plan.texts.push({ key: keyOf(line), remove, add, format })
}

/** Threads are kept where their text stands, whatever was marked then. */
function difference(current: Marks, wished: Marks): Marks | undefined {
  const marks: Marks = {}
  for (const name of new Set([...Object.keys(current), ...Object.keys(wished)]))
    if (markName(name) !== 'comment' && JSON.stringify(current[name]) !== JSON.stringify(wished[name]))
      marks[name] = wished[name] ?? null
  return Object.keys(marks).length > 0 ? marks : undefined
}

export const isEmptyPlan = ({ blocks, texts }: RestorePlan): boolean => blocks.length + texts.length === 0

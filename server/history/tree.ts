import type { FieldValue, HistoryNode, HistoryRun, HistoryState } from '../../shared/history.ts'
import { type Life, type Place, placeAt } from './characters.ts'
import {
  type Element,
  fieldAt,
  idOf,
  keyOf,
  type Mark,
  type Model,
  stands,
  standsIn,
  type Text,
} from './model.ts'

/** Two moments to compare, as turns. */
export type Span = { from: number; to: number }

/** Text by one writer is one run when its parts were written closer together than this. */
const TOGETHER = 10 * 60_000

export const isAtom = ({ name }: Element): boolean => name === 'mention' || name === 'hardBreak'

/** The log as it stood in turn `to`, with what came and went since turn `from`, in one walk. */
export function treeBetween(model: Model, span: Span): HistoryNode[] {
  return nodesOf(model, model.top, span, true, true)
}

function nodesOf(
  model: Model,
  children: readonly (Element | Text)[],
  span: Span,
  before: boolean,
  now: boolean,
): HistoryNode[] {
  return children.flatMap((child) =>
    child.kind === 'element' && !isAtom(child) ? (nodeOf(model, child, span, before, now) ?? []) : [],
  )
}

/** An element that stood at either moment; undefined when there is nothing of it to show. */
export function nodeOf(
  model: Model,
  element: Element,
  span: Span,
  aroundBefore: boolean,
  aroundNow: boolean,
): HistoryNode | undefined {
  const before = aroundBefore && stands(element, span.from)
  const now = aroundNow && stands(element, span.to)
  // In one that stood at neither there may be text that was moved into it and then deleted: it shows where it was.
  if (!before && !now) return undefined
  const { runs, writers, at } = runsOf(model, element, span, before, now)
  const children = nodesOf(model, element.children, span, before, now)
  const turn = now ? span.to : span.from
  const twin = before && now ? element : twinOf(model, element, now ? span.from : span.to, turn)
  if (!now && (twin || idOf(element, turn) === undefined) && runs.length + children.length === 0)
    return undefined
  const { fields, changed } = fieldsOf(element, turn, now ? twin : undefined, span.from)
  return {
    key: keyOf(element),
    type: element.name,
    state: stateOf(before, now, twin !== undefined, [...runs, ...children]),
    fields,
    ...(changed ? { before: changed } : {}),
    writers,
    at,
    runs,
    children,
  }
}

/** The element that was, or is, the same block at the other moment. */
function twinOf(model: Model, element: Element, other: number, turn: number): Element | undefined {
  const id = idOf(element, turn)
  return id === undefined
    ? undefined
    : model.blocks.get(id)?.find((one) => one !== element && standsIn(one, other) && idOf(one, other) === id)
}

function stateOf(
  before: boolean,
  now: boolean,
  hasTwin: boolean,
  inside: readonly { state: HistoryState }[],
): HistoryState {
  if (before && now) return 'kept'
  if (!now) return 'deleted'
  const standing = inside.filter(({ state }) => state !== 'deleted')
  const carried = standing.length > 0 && standing.every(({ state }) => state === 'moved' || state === 'kept')
  return hasTwin || carried ? 'moved' : 'inserted'
}

function fieldsOf(element: Element, turn: number, earlier: Element | undefined, from: number) {
  const fields: Record<string, FieldValue> = {}
  const changed: Record<string, FieldValue> = {}
  for (const name of new Set([...element.fields.keys(), ...(earlier?.fields.keys() ?? [])])) {
    const value = fieldAt(element, name, turn) ?? null
    fields[name] = value
    const was = earlier ? (fieldAt(earlier, name, from) ?? null) : value
    if (name !== 'id' && JSON.stringify(was) !== JSON.stringify(value)) changed[name] = was
  }
  return { fields, changed: Object.keys(changed).length > 0 ? changed : undefined }
}

/** The text right in a block, run by run, and who wrote what of it stands. */
export function runsOf(model: Model, element: Element, span: Span, before: boolean, now: boolean) {
  const runs: HistoryRun[] = []
  const shares = new Map<number, number>()
  let newest: number | null = null
  for (const child of element.children) {
    if (child.kind === 'element') {
      if (isAtom(child)) tell(child, atomText(child), {})
      continue
    }
    const then: Marks = {}
    const current: Marks = {}
    for (const part of child.parts) {
      if (part.kind === 'mark') {
        if (stands(part, span.from)) setMark(then, part)
        if (stands(part, span.to)) setMark(current, part)
      } else tell(part, part.text, stands(part, span.to) ? current : then)
    }
  }

  function tell(place: Place, text: string, marks: Marks) {
    const state = stateOfPlace(place, span, before, now)
    if (!state) return
    const { writer, at } = authorOf(model, place)
    if (state !== 'deleted') {
      shares.set(writer, (shares.get(writer) ?? 0) + text.length)
      newest = Math.max(newest ?? 0, at)
    }
    const mention = place.kind === 'element' && place.name === 'mention' ? { mention: true as const } : {}
    const run: HistoryRun = { text, state, ...marks, ...mention }
    if (state === 'inserted' || state === 'deleted') Object.assign(run, { writer, at })
    if (state === 'deleted') {
      const turn = deathOf(place, span.to)
      Object.assign(run, { deleter: model.timeline.by[turn], deletedAt: model.timeline.ats[turn] })
    }
    join(runs, run)
  }

  const writers = [...shares].sort((a, b) => b[1] - a[1]).map(([writer]) => writer)
  return { runs, writers, at: newest }
}

function atomText(atom: Element): string {
  if (atom.name === 'hardBreak') return '\n'
  const label = atom.fields.get('label')?.at(-1)?.value
  return `@${typeof label === 'string' ? label : ''}`
}

const standsAt = (life: Life, turn: number) => life.places.some((place) => stands(place, turn))
const holderOf = (place: Place) => (place.kind === 'text' ? place.holder : place.parent)

function stateOfPlace(
  place: Place,
  { from, to }: Span,
  before: boolean,
  now: boolean,
): HistoryState | undefined {
  const was = before && stands(place, from)
  const is = now && stands(place, to)
  const { life } = place
  if (!life) return is ? (was ? 'kept' : 'inserted') : was ? 'deleted' : undefined
  if (is) return was ? 'kept' : standsAt(life, from) ? 'moved' : 'inserted'
  if (standsAt(life, to) || !standsAt(life, from)) return undefined
  // Deleted after a move: struck where it stood last, if that block still stands; else where it was.
  const shown =
    placeAt(life, to, (one) => standsIn(holderOf(one), to)) ?? life.places.find((one) => stands(one, from))
  return shown === place ? 'deleted' : undefined
}

/** The turn in which a character last went, up to a turn. */
function deathOf(place: Place, turn: number): number {
  const died = (place.life?.places ?? [place]).map((one) => one.died).filter((one) => one <= turn)
  return Math.max(0, ...died)
}

/** Who wrote it, wherever it stands now, and when. */
export function authorOf({ timeline }: Model, place: Place): { writer: number; at: number } {
  return place.life?.author ?? { writer: timeline.by[place.born] ?? -1, at: timeline.ats[place.born] ?? 0 }
}

type Marks = Pick<HistoryRun, 'bold' | 'italic' | 'href'>

function setMark(marks: Marks, { name, value }: Mark) {
  // y-tiptap adds a hash to marks that may overlap themselves.
  const kind = name.split('--')[0]
  if (kind === 'bold' || kind === 'italic') {
    if (value === null) delete marks[kind]
    else marks[kind] = true
  } else if (kind === 'link') {
    const href = typeof value === 'object' && value !== null && 'href' in value ? value.href : undefined
    if (typeof href === 'string') marks.href = href
    else delete marks.href
  }
}

/** Adds a run to the last one when both read alike. */
function join(runs: HistoryRun[], run: HistoryRun) {
  const last = runs.at(-1)
  const alike =
    last &&
    last.state === run.state &&
    last.writer === run.writer &&
    last.deleter === run.deleter &&
    last.bold === run.bold &&
    last.italic === run.italic &&
    last.href === run.href &&
    last.mention === undefined &&
    run.mention === undefined &&
    Math.abs((last.at ?? 0) - (run.at ?? 0)) < TOGETHER
  if (!alike) {
    runs.push(run)
    return
  }
  last.text += run.text
  if (run.at !== undefined) last.at = Math.max(last.at ?? 0, run.at)
  if (run.deletedAt !== undefined) last.deletedAt = Math.max(last.deletedAt ?? 0, run.deletedAt)
}

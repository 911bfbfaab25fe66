import type { HistoryFact } from '../../shared/history.ts'
import { eventsOf } from './characters.ts'
import { doingsOf, type Question } from './doings.ts'
import { type Element, elements, fieldAt, idOf, type Model, stands, standsIn } from './model.ts'
import { NEVER } from './timeline.ts'
import { isNamed, lastSeen, standing, textAt, type Unit } from './units.ts'

type Signed = 'writer' | 'at' | 'seq'
type Unsigned<Fact> = Fact extends unknown ? Omit<Fact, Signed> : never

/** A fact about a block as a whole, and the last turn behind it. */
export type BlockFact = { group: number; turn: number; body: Unsigned<HistoryFact> }

const QUOTE = 140
/** Fields that say who signed, which every fact does by itself. */
const silent = new Set(['id', 'by', 'at'])

/** Blocks that came, went or moved, and fields that were set. */
export function blockFacts(model: Model, unit: Unit, question: Question, turn: number): BlockFact[] {
  if (!unit.elements.some(isNamed)) return []
  const came = comings(unit, question, turn)
  const isNew = (group: number) => came.some((fact) => fact.group === group && fact.body.kind === 'added')
  const rates = unit.elements.some(({ name }) => name === 'evaluation')
  const set = fields(unit, question).filter(({ group }) => !isNew(group))
  const others = set.filter(({ body }) => !(rates && body.kind === 'set' && body.field === 'score'))
  const scored = [
    ...came.filter(({ body }) => body.kind === 'added'),
    ...set.filter((fact) => !others.includes(fact)),
  ]
  if (!rates) return [...came, ...set, ...moves(model, unit, question)]
  return [
    ...came.filter(({ body }) => body.kind !== 'added'),
    ...scored.flatMap((fact) => rating(model, unit, fact, turn)),
    ...others,
    ...moves(model, unit, question),
  ]
}

function comings(unit: Unit, question: Question, turn: number): BlockFact[] {
  const places = unit.elements.map((element) => ({ born: element.born, died: endOf(element) }))
  return doingsOf(eventsOf(places), question).map(({ kind, ...doing }) => {
    const seen = lastSeen(unit, turn)
    const quote = seen ? textAt(seen.element, seen.turn, QUOTE) : ''
    if (kind === 'cameBack') return { ...doing, body: { kind: 'restored', characters: quote.length, quote } }
    return { ...doing, body: { kind: kind === 'came' ? 'added' : 'removed', quote } }
  })
}

/** What stands in something that goes, goes with it. */
function endOf(element: Element): number {
  let end = NEVER
  for (let at: Element | undefined = element; at; at = at.parent) end = Math.min(end, at.died)
  return end
}

const valueAt = (unit: Unit, name: string, turn: number) => {
  const element = standing(unit, turn)
  return element && (fieldAt(element, name, turn) ?? null)
}

/** A list of names has no order that would mean anything. */
const same = (one: unknown, other: unknown) => {
  const plain = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value)
  return plain(one) === plain(other)
}

function fields(unit: Unit, { group, span }: Question): BlockFact[] {
  const names = new Set(unit.elements.flatMap((element) => [...element.fields.keys()]))
  return [...names].flatMap((field) => {
    if (silent.has(field)) return []
    const entries = unit.elements.flatMap((element) => element.fields.get(field) ?? [])
    const turns = [...new Set(entries.flatMap(({ born, died }) => [born, died]))]
      .filter((turn) => turn !== NEVER)
      .sort((a, b) => a - b)
    const steps = turns.flatMap((turn) => {
      const from = valueAt(unit, field, turn - 1)
      const to = valueAt(unit, field, turn)
      return from === undefined || to === undefined || same(from, to) ? [] : [{ turn, from, to }]
    })
    const told: BlockFact[] = []
    const tell = (own: typeof steps) => {
      const [first] = own
      const last = own.at(-1)
      if (!first || !last || same(first.from, last.to)) return
      const body = { kind: 'set' as const, field, from: first.from, to: last.to }
      told.push({ group: group(last.turn), turn: last.turn, body })
    }
    if (span) tell(steps.filter(({ turn }) => turn > span.from && turn <= span.to))
    else for (const own of Map.groupBy(steps, ({ turn }) => group(turn)).values()) tell(own)
    return told
  })
}

function moves(model: Model, unit: Unit, { group, span }: Question): BlockFact[] {
  const told = new Map<number, BlockFact>()
  for (const [at, element] of unit.elements.entries()) {
    const { born } = element
    const before = span
      ? standing(unit, span.from)
      : unit.elements.slice(0, at).findLast((one) => standsIn(one, born - 1))
    const then = span ? span.from : born - 1
    const now = span ? span.to : born
    if (!before || before === element || !standsIn(element, now)) continue
    if (spotOf(model, before, then) === spotOf(model, element, now)) continue
    told.set(group(born), { group: group(born), turn: born, body: { kind: 'moved' } })
  }
  return [...told.values()]
}

/** Where a block stands among its like: what holds it, and the block before it. */
function spotOf(model: Model, element: Element, turn: number): string {
  const around = element.parent ? (idOf(element.parent, turn) ?? '') : ''
  const siblings = (element.parent?.children ?? model.top).filter((child) => child.kind === 'element')
  const before = siblings
    .slice(0, siblings.indexOf(element))
    .findLast((one) => isNamed(one) && stands(one, turn))
  return `${around} ${before ? (idOf(before, turn) ?? '') : ''}`
}

function rating(model: Model, unit: Unit, { group, turn: at, body }: BlockFact, turn: number): BlockFact[] {
  const seen = lastSeen(unit, turn)
  if (!seen) return []
  const quote = textAt(seen.element, seen.turn, QUOTE)
  const number = (value: unknown) => (typeof value === 'number' ? value : null)
  const from = body.kind === 'set' ? number(body.from) : scoreBefore(model, seen.element, seen.turn, at)
  const to = body.kind === 'set' ? number(body.to) : number(fieldAt(seen.element, 'score', seen.turn))
  if (to === null && from === null) return [{ group, turn: at, body: { kind: 'added', quote } }]
  return [{ group, turn: at, body: { kind: 'rated', from, to, quote } }]
}

/** The step that a service saw the goal at before an evaluation of it. */
function scoreBefore(model: Model, evaluation: Element, seen: number, turn: number): number | null {
  const service = fieldAt(evaluation, 'service', seen)
  const goal = evaluation.parent && idOf(evaluation.parent, seen)
  if (!service || !goal) return null
  const then = model.blocks.get(goal)?.findLast((one) => standsIn(one, turn - 1))
  let newest: { at: string; score: number } | undefined
  for (const one of elements(then?.children ?? [])) {
    if (one.name !== 'evaluation' || !stands(one, turn - 1) || fieldAt(one, 'service', turn - 1) !== service)
      continue
    const score = fieldAt(one, 'score', turn - 1)
    const at = String(fieldAt(one, 'at', turn - 1) ?? '')
    if (typeof score === 'number' && (!newest || at >= newest.at)) newest = { at, score }
  }
  return newest?.score ?? null
}

import type { BlockChanges, HistoryFact } from '../../shared/history.ts'
import { type BlockFact, blockFacts } from './block-facts.ts'
import { eventsOf, placeAt } from './characters.ts'
import { type Doing, doingsOf, type Question } from './doings.ts'
import { type Element, elements, keyOf, type Model, type Piece } from './model.ts'
import { NEVER } from './timeline.ts'
import { blockOf, type Unit, unitIndex } from './units.ts'

const QUOTE = 140

/** Text that somebody wrote, deleted or brought back in one block. */
class Tally {
  characters = 0
  turn = 0
  quote = ''
  readonly lines = new Set<Element | undefined>()
  #next = -1

  add({ text, holder }: Piece, turn: number, order: number) {
    this.characters += text.length
    this.turn = Math.max(this.turn, turn)
    this.lines.add(holder)
    if (this.quote.length > QUOTE) return
    this.quote += (order === this.#next || this.quote === '' ? '' : ' … ') + text
    this.#next = order + 1
    if (this.quote.length > QUOTE) this.quote = `${this.quote.slice(0, QUOTE)}…`
  }
}

type Told = { unit: Unit; tallies: Map<Doing['kind'], Tally>; facts: BlockFact[] }

/** What each group did, block by block in the order of the text. */
export function tellFacts(model: Model, question: Question): Map<number, BlockChanges[]> {
  const { timeline } = model
  const turn = question.span?.to ?? timeline.turns
  const { unitOf, units } = unitIndex(model, turn)
  const groups = new Map<number, Map<Unit, Told>>()
  const toldOf = (group: number, unit: Unit): Told => {
    const told = groups.get(group) ?? new Map<Unit, Told>()
    groups.set(group, told)
    const one = told.get(unit) ?? { unit, tallies: new Map(), facts: [] }
    told.set(unit, one)
    return one
  }

  let order = 0
  function note(piece: Piece, unit: Unit) {
    order++
    const { life } = piece
    const told = (at: number) => at !== NEVER && question.group(at) >= 0
    if (!life && !told(piece.born) && !told(piece.died)) return
    if (life && placeAt(life, turn, () => true) !== piece) return
    const events = life
      ? eventsOf(life.places)
      : [
          { turn: piece.born, alive: true },
          { turn: piece.died, alive: false },
        ]
    for (const { group, turn: at, kind } of doingsOf(events, question)) {
      if (group < 0) continue
      const { tallies } = toldOf(group, unit)
      const tally = tallies.get(kind) ?? new Tally()
      tallies.set(kind, tally)
      tally.add(piece, at, order)
    }
  }
  for (const element of elements(model.top)) {
    for (const child of element.children) {
      if (child.kind !== 'line') continue
      for (const part of child.parts) if (part.kind === 'text') note(part, unitOf(element))
    }
  }

  for (const unit of units)
    for (const fact of blockFacts(model, unit, question, turn))
      if (fact.group >= 0) toldOf(fact.group, unit).facts.push(fact)

  const place = new Map([...elements(model.top)].map((element, at) => [keyOf(element), at]))
  const placeOf = ({ block }: BlockChanges) => place.get(block.key) ?? 0
  const changes = new Map<number, BlockChanges[]>()
  for (const [group, told] of groups) {
    const whole = new Set([...told.values()].filter(isWhole).map(({ unit }) => unit))
    const blocks = [...told.values()].filter(({ unit }) => !isInside(unit, whole, unitOf))
    changes.set(
      group,
      blocks.flatMap((one) => changesOf(model, one, turn) ?? []).sort((a, b) => placeOf(a) - placeOf(b)),
    )
  }
  return changes
}

const isWhole = ({ facts }: Told) =>
  facts.some(({ body }) => body.kind === 'removed' || body.kind === 'restored')

/** Whether a block went, or came back, with one around it: then that one says it all. */
function isInside(unit: Unit, whole: ReadonlySet<Unit>, unitOf: (element: Element) => Unit): boolean {
  return unit.elements.every((element) => {
    for (let around = element.parent; around; around = around.parent)
      if (whole.has(unitOf(around)) && unitOf(around) !== unit) return true
    return false
  })
}

function changesOf(model: Model, { unit, tallies, facts }: Told, turn: number): BlockChanges | undefined {
  const { timeline } = model
  const block = blockOf(model, unit, turn)
  if (!block) return undefined
  const signed = (at: number) => ({
    writer: timeline.by[at] ?? -1,
    at: timeline.ats[at] ?? 0,
    seq: timeline.seqs[at] ?? 0,
  })
  const kinds = new Set(facts.map(({ body }) => body.kind))
  const told: HistoryFact[] = facts.map(({ body, turn: at }) => ({ ...body, ...signed(at) }))
  for (const [kind, { characters, quote, lines, turn: at }] of tallies) {
    if (kind === 'came' && !kinds.has('added') && !kinds.has('rated'))
      told.push({ ...signed(at), kind: 'wrote', characters, lines: lines.size, quote })
    if (kind === 'went' && !kinds.has('removed'))
      told.push({ ...signed(at), kind: 'deleted', characters, quote })
    if (kind === 'cameBack' && !kinds.has('restored'))
      told.push({ ...signed(at), kind: 'restored', characters, quote })
  }
  const [first, ...others] = told
  return first && { block, facts: [first, ...others] }
}

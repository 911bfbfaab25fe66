import type { FieldValue } from '../../shared/history.ts'
import { type Element, fieldAt, type Piece, stands, type Text } from './model.ts'

export type Id = { client: number; clock: number }
export type Marks = Record<string, unknown>

/** Text to be written again, and the characters that it was. */
export type MadeText = { text: string; marks: Marks; from: Id }
export type Made = { name: string; fields: Record<string, FieldValue>; children: (Made | MadeText[])[] }

/** What is wished: how things stand by a turn in the past, or as if the update of one turn had not been. */
export type Wish = {
  past: number
  wanted(it: { born: number; died: number }): boolean
  field: (element: Element, name: string) => FieldValue | undefined
}

export const asOf = (turn: number): Wish => ({
  past: turn,
  wanted: (it) => stands(it, turn),
  field: (element, name) => fieldAt(element, name, turn),
})

/** As if the update of one turn had not been; what somebody has done since stays. */
export function without(turn: number, now: number): Wish {
  return {
    past: turn - 1,
    wanted: (it) => it.died === turn || (it.born !== turn && stands(it, now)),
    field(element, name) {
      const entries = element.fields.get(name) ?? []
      const own = entries.some(({ born, died }) => born === turn || died === turn)
      // What somebody has set since stays as they set it.
      const since = entries.some(({ born }) => born > turn)
      return fieldAt(element, name, own && !since ? turn - 1 : now)
    },
  }
}

/** A block as it was, to be made again; undefined for one whose id is not to be used again. */
export function make(element: Element, wish: Wish, skip: ReadonlySet<string>): Made | undefined {
  const fields: Record<string, FieldValue> = {}
  for (const name of element.fields.keys()) {
    const value = fieldAt(element, name, wish.past)
    if (value !== undefined && value !== null) fields[name] = value
  }
  if (typeof fields['id'] === 'string' && skip.has(fields['id'])) return undefined
  const children = element.children.flatMap((child): (Made | MadeText[])[] => {
    if (!wish.wanted(child)) return []
    if (child.kind === 'line') return [makeText(child, wish)]
    const made = make(child, wish, skip)
    return made ? [made] : []
  })
  return { name: element.name, fields, children }
}

export function makeText(line: Text, wish: Wish): MadeText[] {
  const made: MadeText[] = []
  const marks: Marks = {}
  for (const part of line.parts) {
    if (part.kind === 'mark') {
      if (stands(part, wish.past)) put(marks, part.name, part.value)
    } else if (wish.wanted(part)) joinText(made, part, marks)
  }
  return made
}

export function put(marks: Marks, name: string, value: unknown) {
  if (value === null) delete marks[name]
  else marks[name] = value
}

/** Adds text to the last one when it stood right after it and looks alike. */
export function joinText(made: MadeText[], { text, client, clock }: Piece, marks: Marks) {
  const last = made.at(-1)
  if (
    last?.from.client === client &&
    last.from.clock + last.text.length === clock &&
    JSON.stringify(last.marks) === JSON.stringify(marks)
  )
    last.text += text
  else made.push({ text, marks: { ...marks }, from: { client, clock } })
}

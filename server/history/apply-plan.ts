import * as Y from 'yjs'
import { itemKey, logFragment } from '../../shared/case-log/document.ts'
import { elementAt, setField } from '../../shared/case-log/place-piece.ts'
import type { Authorship, CarriedRun } from '../case-log/authorship.ts'
import type { Id, Made, MadeText } from './made.ts'
import type { RestorePlan } from './restore-plan.ts'

/** Text that was written again: its clock, and the characters that it was. */
type Again = { clock: number; length: number; from: Id }

/** Does a plan to a document. What somebody took away or wrote since it was made is left as it is. */
export function applyPlan(doc: Y.Doc, { blocks, texts }: RestorePlan): Again[] {
  const again: Again[] = []
  for (const { key, remove, add, format } of texts) {
    const text = textAt(doc, key)
    if (!text) continue
    for (const { client, clock, length, marks } of format)
      eachStanding(text, { client, clock }, length, (index, part) => text.format(index, part, marks))
    for (const { client, clock, length } of remove)
      eachStanding(text, { client, clock }, length, (index, part) => text.delete(index, part))
    for (const { after, made } of add.toReversed())
      writeText(doc, text, after ? indexAfter(text, after) : 0, made, again)
  }
  for (const { key, remove, add, fields } of blocks) {
    const parent = key === null ? logFragment(doc) : elementAt(doc, key)
    if (!parent) continue
    for (const child of remove) {
      const index = indexOf(parent, child)
      if (index >= 0) parent.delete(index, 1)
    }
    for (const { after, made } of add.toReversed())
      write(doc, parent, after === null ? 0 : indexOf(parent, after) + 1, made, again)
    if (parent instanceof Y.XmlElement)
      for (const [name, value] of Object.entries(fields)) {
        if (value === null) parent.removeAttribute(name)
        else setField(parent, name, value)
      }
  }
  return again
}

/** Whose the text is that was written again: whoever wrote it at first. */
export function runsAgain(again: readonly Again[], authorship: Authorship): CarriedRun[] {
  const runs: CarriedRun[] = []
  for (const { clock, length, from } of [...again].sort((a, b) => a.clock - b.clock)) {
    authorship.each(from.client, from.clock, length, (part, { person, service }, at, old) => {
      runs.push([clock + old - from.clock, part, person, service, at, from.client, old])
    })
  }
  return runs
}

const indexOf = (parent: Y.XmlFragment, key: string): number =>
  parent
    .toArray()
    .findIndex(
      (child) => (child instanceof Y.XmlElement || child instanceof Y.XmlText) && itemKey(child) === key,
    )

function textAt(doc: Y.Doc, key: string): Y.XmlText | undefined {
  const [client = 0, clock = 0] = key.split(':').map(Number)
  if (clock >= Y.getState(doc.store, client)) return undefined
  const structs = doc.store.clients.get(client) ?? []
  const struct = structs[Y.findIndexSS(structs, clock)]
  if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentType))
    return undefined
  return struct.content.type instanceof Y.XmlText ? struct.content.type : undefined
}

/** Where text after a character would stand; the character may be deleted by now. */
function indexAfter(text: Y.XmlText, { client, clock }: Id): number {
  let index = 0
  for (let item = text._start; item !== null; item = item.right) {
    const holds = item.id.client === client && item.id.clock <= clock && clock < item.id.clock + item.length
    const standing = !item.deleted && item.countable
    if (holds) return index + (standing ? clock - item.id.clock + 1 : 0)
    if (standing) index += item.length
  }
  return index
}

/** Calls `change` for each part of a range of characters that still stands, last first. */
function eachStanding(
  text: Y.XmlText,
  { client, clock }: Id,
  length: number,
  change: (index: number, length: number) => void,
) {
  const parts: { index: number; length: number }[] = []
  let index = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const from = Math.max(clock, item.id.clock)
    const to = Math.min(clock + length, item.id.clock + item.length)
    if (item.id.client === client && from < to)
      parts.push({ index: index + from - item.id.clock, length: to - from })
    index += item.length
  }
  for (const part of parts.reverse()) change(part.index, part.length)
}

function write(doc: Y.Doc, parent: Y.XmlFragment, index: number, made: Made | MadeText[], again: Again[]) {
  if (Array.isArray(made)) {
    const text = new Y.XmlText()
    parent.insert(index, [text])
    for (const run of made) writeText(doc, text, text.length, run, again)
    return
  }
  const element = new Y.XmlElement(made.name)
  parent.insert(index, [element])
  for (const [name, value] of Object.entries(made.fields)) setField(element, name, value)
  for (const child of made.children) write(doc, element, element.length, child, again)
}

function writeText(
  doc: Y.Doc,
  text: Y.XmlText,
  index: number,
  { text: string, marks, from }: MadeText,
  again: Again[],
) {
  const before = Y.getState(doc.store, doc.clientID)
  text.insert(index, string, marks)
  const structs = doc.store.clients.get(doc.clientID) ?? []
  // Marks may stand before and after it.
  const item = structs
    .slice(Y.findIndexSS(structs, before))
    .find((one) => one instanceof Y.Item && one.content instanceof Y.ContentString)
  if (item) again.push({ clock: item.id.clock, length: string.length, from })
}

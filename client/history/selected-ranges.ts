import type { Node } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { childElements } from '../../shared/case-log/document.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import { boundOf, topElements } from '../case-log/line-keys.ts'

/** Nobody asks who wrote more than this at a time. */
const MOST_TEXT = 4000
const MOST_RANGES = 500

type Selected = { text: string; ranges: CharacterRange[] }

/** The selected text (or another part of it), and its characters by the ids that the server knows them by. */
export function selectedRanges(
  state: EditorState,
  { from, to }: { from: number; to: number } = state.selection,
): Selected {
  const selected: Selected = { text: '', ranges: [] }
  // While a change of this browser is on its way into the document, the two do not stand side by side.
  if (!boundOf(state) || topElements(state).length !== state.doc.childCount) return selected
  const visit = (parent: Node, elements: readonly Y.XmlElement[], start: number) => {
    parent.forEach((child, offset, index) => {
      const element = elements[index]
      const inside = start + offset + 1
      if (!element || inside > to || inside + child.content.size < from) return
      if (child.isTextblock) take(element, from - inside, to - inside, selected)
      else visit(child, childElements(element), inside)
    })
  }
  visit(state.doc, topElements(state), 0)
  return selected
}

/** Takes the characters from one place in a block's text up to another. */
function take(element: Y.XmlElement, from: number, to: number, selected: Selected): void {
  let place = 0
  for (const child of element.toArray()) {
    if (!(child instanceof Y.XmlText)) {
      place += 1
      continue
    }
    for (let item = child._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      const start = Math.max(from - place, 0)
      const end = Math.min(to - place, item.length)
      if (start < end)
        add(selected, item.content.str.slice(start, end), item.id.client, item.id.clock + start)
      place += item.length
    }
  }
}

function add(selected: Selected, text: string, client: number, clock: number): void {
  const { ranges } = selected
  if (selected.text.length + text.length > MOST_TEXT || ranges.length >= MOST_RANGES) return
  selected.text += text
  const last = ranges.at(-1)
  if (last?.client === client && last.clock + last.length === clock) last.length += text.length
  else ranges.push({ client, clock, length: text.length })
}

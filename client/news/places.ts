import type { EditorState } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { itemKey } from '../../shared/case-log/document.ts'
import { boundOf } from '../case-log/line-keys.ts'

/** Where a block stands in the editor, with the runs of text right in it. */
export type Place = {
  readonly pos: number
  readonly end: number
  readonly name: string
  /** Where each run of text begins, and what holds it. */
  readonly texts: { readonly text: Y.XmlText; readonly pos: number }[]
  /** Mentions and line breaks, by Yjs item. */
  readonly atoms: Map<string, number>
  readonly children: Place[]
}

/**
 * Where everything of the document stands in the editor: by block id, and by Yjs item. Undefined while the two differ
 * for a moment.
 */
export function placesIn(state: EditorState): Map<string, Place> | undefined {
  const bound = boundOf(state)
  if (!bound) return undefined
  const places = new Map<string, Place>()

  function walk(
    parent: Y.XmlFragment | Y.XmlElement,
    start: number,
    place: Place | undefined,
  ): number | undefined {
    let pos = start
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlText) {
        place?.texts.push({ text: child, pos })
        pos += child.length
        continue
      }
      const node = child instanceof Y.XmlElement ? state.doc.nodeAt(pos) : null
      if (!(child instanceof Y.XmlElement) || node?.type.name !== child.nodeName) return undefined
      const key = itemKey(child)
      if (node.isInline) place?.atoms.set(key, pos)
      else {
        const inner: Place = {
          pos,
          end: pos + node.nodeSize,
          name: child.nodeName,
          texts: [],
          atoms: new Map(),
          children: [],
        }
        place?.children.push(inner)
        places.set(key, inner)
        const id: unknown = child.getAttribute('id')
        if (typeof id === 'string' && !places.has(id)) places.set(id, inner)
        if (walk(child, pos + 1, inner) === undefined) return undefined
      }
      pos += node.nodeSize
    }
    return pos
  }

  return walk(bound.type, 0, undefined) === state.doc.content.size ? places : undefined
}

/** What of a block is marked: of a goal its title, of anything else all. */
export const markedPart = (place: Place): Place =>
  (place.name === 'goal' && place.children.find(({ name }) => name === 'goalTitle')) || place

/** The runs of text that are read as part of a block: in a concern or agreement, all its paragraphs. */
export function textsOf(place: Place): Place[] {
  if (place.name === 'goal') return place.children.filter(({ name }) => name === 'goalTitle')
  const inner = place.children.filter(({ name }) => !ownNews.has(name))
  return [place, ...inner.flatMap(textsOf)]
}
const ownNews: ReadonlySet<string> = new Set(['goal', 'measure', 'evaluation', 'concern', 'decision'])

/** Calls `tell` with where in the editor the standing characters of some Yjs items are. */
export function eachRange(
  { texts, atoms }: Place,
  wanted: readonly (readonly [client: number, clock: number, length: number])[],
  tell: (from: number, to: number) => void,
): void {
  for (const { text, pos } of texts) {
    let at = pos
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue
      for (const [client, clock, length] of wanted) {
        if (client !== item.id.client) continue
        const from = Math.max(clock, item.id.clock)
        const to = Math.min(clock + length, item.id.clock + item.length)
        if (to > from) tell(at + from - item.id.clock, at + to - item.id.clock)
      }
      at += item.length
    }
  }
  for (const [client, clock] of wanted) {
    const pos = atoms.get(`${client}:${clock}`)
    if (pos !== undefined) tell(pos, pos + 1)
  }
}

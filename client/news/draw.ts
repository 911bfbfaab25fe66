import type { EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { NewsPart } from '../../shared/news.ts'
import type { Service } from '../../shared/services.ts'
import type { NewsState, Shown } from './log-news.ts'
import { eachRange, markedPart, type Place, placesIn, textsOf } from './places.ts'

/** How what is new is spoken of. */
export type NewsWords = {
  service(id: string): Service | undefined
  /** «Silje tok bort en linje», for what stands nowhere any more. */
  gone(item: Shown): string
  /** «Silje: Ferdig», under a block whose single values changed; empty when none did. */
  fields(item: Shown): string
}

const colours = (service: Service | undefined): string =>
  service
    ? `--news-solid:${service.colour.solid};--news-tint:${service.colour.tint};--news-text:${service.colour.text}`
    : ''

/** Marks for all that is new. Undefined while the editor and the document differ. */
export function drawNews(
  state: EditorState,
  { items, at }: NewsState,
  words: NewsWords,
): DecorationSet | undefined {
  if (items.length === 0) return DecorationSet.empty
  const places = placesIn(state)
  if (!places) return undefined
  const drawn: Decoration[] = []
  for (const item of items) {
    const place = places.get(item.key)
    if (item.what === 'gone' || !place) drawn.push(...drawGone(state, places, item, item.key === at, words))
    else drawn.push(...drawChanged(state, place, item, item.key === at, words))
  }
  return DecorationSet.create(state.doc, drawn)
}

const signOf = (
  item: Shown,
  at: boolean,
  words: NewsWords,
): Record<string, string> & { 'data-news': string } => ({
  'data-news': item.read ? 'read' : 'unread',
  'data-news-key': item.key,
  ...(at ? { 'data-news-at': '' } : {}),
  style: colours(words.service(item.by[0]?.service ?? '')),
})

function drawChanged(
  state: EditorState,
  place: Place,
  item: Shown,
  at: boolean,
  words: NewsWords,
): Decoration[] {
  const { pos, end } = markedPart(place)
  const note = words.fields(item)
  const sign = { ...signOf(item, at, words), ...(note ? { 'data-news-note': note } : {}) }
  const drawn = [Decoration.node(pos, end, sign)]
  const texts = textsOf(place)
  for (const part of item.parts) {
    const style = colours(words.service(part.service ?? ''))
    for (const text of texts) {
      if (part.mark === 'new')
        eachRange(text, part.ids ?? [], (from, to) =>
          drawn.push(
            Decoration.inline(from, to, { class: 'news-new', 'data-news': sign['data-news'], style }),
          ),
        )
      if (part.mark === 'gone') drawn.push(...drawStruck(text, text === texts[0], part, item, style))
    }
  }
  return drawn.filter(({ from, to }) => from >= 0 && to <= state.doc.content.size)
}

/** Words that went from a line that still stands: struck, where they stood. */
function drawStruck(text: Place, first: boolean, part: NewsPart, item: Shown, style: string): Decoration[] {
  let pos = first && !part.after ? text.texts[0]?.pos : undefined
  if (part.after) eachRange(text, [[...part.after, 1]], (_from, to) => (pos = to))
  if (pos === undefined) return []
  const key = `struck-${item.key}-${item.read}-${part.text}`
  return [
    Decoration.widget(pos, () => struck(part.text, item.read, style), {
      key,
      side: -1,
      ignoreSelection: true,
    }),
  ]
}

function struck(words: string, read: boolean, style: string): HTMLElement {
  const dom = document.createElement('del')
  dom.className = 'news-struck'
  dom.dataset['news'] = read ? 'read' : 'unread'
  dom.setAttribute('style', style)
  dom.contentEditable = 'false'
  dom.textContent = words
  return dom
}

/** A block that went: who took it away, and its words, where it stood. */
function drawGone(
  state: EditorState,
  places: ReadonlyMap<string, Place>,
  item: Shown,
  at: boolean,
  words: NewsWords,
): Decoration[] {
  const after = places.get(item.place?.after ?? '')
  const within = places.get(item.place?.within ?? '')
  const pos = after?.end ?? (within ? within.pos + 1 : 0)
  if (pos > state.doc.content.size) return []
  const sentence = words.gone(item)
  const draw = (): HTMLElement => {
    const dom = document.createElement('div')
    for (const [name, value] of Object.entries(signOf(item, at, words))) dom.setAttribute(name, value)
    dom.className = 'news-gone'
    dom.contentEditable = 'false'
    const said = document.createElement('span')
    said.textContent = sentence
    dom.append(said)
    const quote = item.parts.flatMap(({ mark, text }) => (mark === 'gone' ? [text] : [])).join('')
    if (quote !== '') {
      const gone = document.createElement('del')
      gone.textContent = quote
      dom.append(' ', gone)
    }
    return dom
  }
  const key = `gone-${item.key}-${item.read}-${at}-${item.seq}-${sentence}`
  return [Decoration.widget(pos, draw, { key, side: -1, ignoreSelection: true })]
}

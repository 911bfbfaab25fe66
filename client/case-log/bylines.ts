import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import { childElements, itemKey } from '../../shared/case-log/document.ts'
import type { Byline } from '../../shared/collab/protocol.ts'
import type { ServiceId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Service } from '../../shared/services.ts'
import { type Draw, drawNoMore, drawOver } from './draw-over.ts'
import { topElements } from './line-keys.ts'
import { type Line, type LineSign, type Signing, signLines } from './line-signs.ts'

export type BylinesContext = {
  readonly me: Person
  services(): readonly Service[]
  bylines(): ReadonlyMap<string, Byline>
  /** How to speak right now; asked at every drawing. */
  signing(): Signing
  /** Blocks that others changed while this browser was away. */
  changedMeanwhile(): ReadonlySet<string>
  /** Tells when any of the above changed; returns how to stop. */
  onChange(listener: () => void): () => void
}

/** What is drawn, and whether blocks came, went or moved since. */
type Drawn = { readonly set: DecorationSet; readonly stale: boolean }

const bylinesKey = new PluginKey<Drawn>('bylines')
/** «nå» becomes «i dag», and an hour passes. */
const AGES = 30_000

/** Carries the signs over a change. */
function carry({ set, stale }: Drawn, tr: Transaction): Drawn {
  let lost = tr.before.childCount !== tr.doc.childCount
  const onRemove = (): void => {
    lost = true
  }
  return { set: set.map(tr.mapping, tr.doc, { onRemove }), stale: lost || stale }
}

/** Blocks that carry a byline. Goals, evaluations and agreements say inside themselves who is behind them. */
const signed = new Set(['paragraph', 'bulletList', 'orderedList', 'concern'])

/** The byline of a block: its own, or the latest of the paragraphs inside it. */
function bylineIn(element: Y.XmlElement, known: ReadonlyMap<string, Byline>): Byline | undefined {
  const own = known.get(itemKey(element))
  if (own) return own
  let latest: Byline | undefined
  for (const child of childElements(element)) {
    const inner = bylineIn(child, known)
    if (inner && (!latest || inner.at > latest.at)) latest = inner
  }
  return latest
}

const hasText = (element: Y.XmlElement): boolean =>
  element
    .toArray()
    .some((child) => (child instanceof Y.XmlText ? child.length > 0 : child instanceof Y.XmlElement))

/**
 * Draws who wrote what, from the server's knowledge, as attributes of the blocks: CSS makes tile and name of
 * them, so that nothing new stands in the text that a caret could get lost in.
 */
export const bylines = (context: BylinesContext): Extension =>
  Extension.create({
    name: 'bylines',
    addProseMirrorPlugins: () => [
      new Plugin<Drawn>({
        key: bylinesKey,
        state: {
          init: () => ({ set: DecorationSet.empty, stale: true }),
          apply: (tr, drawn) => tr.getMeta(bylinesKey) ?? (tr.docChanged ? carry(drawn, tr) : drawn),
        },
        props: { decorations: (state) => bylinesKey.getState(state)?.set },
        view: (view) => new Drawing(view, context),
      }),
    ],
  })

/** Redraws at most once a frame, and only what reads differently from before. */
class Drawing {
  readonly #view: EditorView
  readonly #context: BylinesContext
  readonly #stop: () => void
  readonly #ages: ReturnType<typeof setInterval>
  readonly #fresh = new Map<string, number>()
  #drawn: readonly string[] = []

  constructor(view: EditorView, context: BylinesContext) {
    this.#view = view
    this.#context = context
    this.#stop = context.onChange(() => this.#soon())
    this.#ages = setInterval(() => this.#soon(), AGES)
    this.#soon()
  }

  update(_view: EditorView, before: EditorState): void {
    const { state } = this.#view
    if (before.doc === state.doc) return
    if (bylinesKey.getState(state)?.stale || this.#writesUnsigned(state)) this.#soon()
  }

  /** Whether the caret stands in a block that is to be signed, and that nobody has signed yet. */
  #writesUnsigned(state: EditorState): boolean {
    const { $head } = state.selection
    if ($head.depth === 0 || !signed.has($head.node(1).type.name)) return false
    const from = $head.before(1)
    return bylinesKey.getState(state)?.set.find(from, from + 1).length === 0
  }

  destroy(): void {
    this.#stop()
    clearInterval(this.#ages)
    drawNoMore(this.#view, this.#draw)
  }

  #soon(): void {
    drawOver(this.#view, this.#draw)
  }

  readonly #draw: Draw = (tr) => {
    const { state } = this.#view
    const elements = topElements(state)
    if (elements.length !== state.doc.childCount) return false
    const changed = this.#context.changedMeanwhile()
    const lines = elements.map((element) => this.#line(element))
    const signs = signLines(lines, this.#context.signing())
    const drawn = signs.map((sign, at) => {
      const key = lines[at]?.key ?? ''
      return sign || changed.has(key) ? `${key}${changed.has(key)}${JSON.stringify(sign ?? 0)}` : ''
    })
    const stale = bylinesKey.getState(state)?.stale !== false
    if (!stale && drawn.length === this.#drawn.length && drawn.every((one, at) => one === this.#drawn[at]))
      return false
    this.#drawn = drawn
    const decorations: Decoration[] = []
    state.doc.forEach((node, from, at) => {
      if (drawn[at])
        decorations.push(
          Decoration.node(
            from,
            from + node.nodeSize,
            this.#attributes(signs[at], changed.has(lines[at]?.key ?? '')),
          ),
        )
    })
    const set = DecorationSet.create(state.doc, decorations)
    const meta: Drawn = { set, stale: false }
    tr.setMeta(bylinesKey, meta)
    return true
  }

  #line(element: Y.XmlElement): Line {
    const key = itemKey(element)
    if (!signed.has(element.nodeName)) return { key, byline: undefined }
    return { key, byline: bylineIn(element, this.#context.bylines()) ?? this.#ownFresh(element, key) }
  }

  /** What was written here a moment ago is signed before the server has said so. */
  #ownFresh(element: Y.XmlElement, key: string): Byline | undefined {
    const { me } = this.#context
    const clientId = this.#view.state.doc && element.doc?.clientID
    if (element._item?.id.client !== clientId || !hasText(element)) return undefined
    const at = this.#fresh.get(key) ?? Date.now()
    this.#fresh.set(key, at)
    return { key, person: me.id, service: me.service, at, others: [] }
  }

  #attributes(sign: LineSign | undefined, meanwhile: boolean): Record<string, string> {
    const marks = meanwhile ? { 'data-meanwhile': '' } : {}
    if (!sign) return { class: 'line', ...marks }
    const of = (id: ServiceId): Service | undefined =>
      this.#context.services().find((service) => service.id === id)
    const service = of(sign.service)
    const colour = service?.colour
    const label = of(sign.labelService)?.colour
    return {
      class: 'line',
      ...marks,
      'data-service': sign.service,
      ...(sign.tile && service ? { 'data-tile': service.tile } : {}),
      ...(sign.label ? { 'data-byline': sign.label } : {}),
      ...(sign.writing ? { 'data-writing': '' } : {}),
      style: [
        colour ? `--solid:${colour.solid};--tint:${colour.tint};--text:${colour.text}` : '',
        label ? `--label-solid:${label.solid};--label-text:${label.text}` : '',
      ].join(';'),
    }
  }
}

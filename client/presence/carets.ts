import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Service } from '../../shared/services.ts'
import { type Draw, drawNoMore, drawOver } from '../case-log/draw-over.ts'
import { boundOf } from '../case-log/line-keys.ts'
import { firstName } from '../ui/names.ts'
import { PlacePublisher } from './own-place.ts'
import { stateOf } from './state-of.ts'

export type CaretsContext = { readonly awareness: Awareness; services(): readonly Service[] }

const caretsKey = new PluginKey<DecorationSet>('carets')

/** How often each caret has moved; a moved caret is drawn anew, which starts its fading anew. */
const moves = new Map<number, { at: string; count: number }>()

function caretKey(client: number, at: string): string {
  const known = moves.get(client)
  const count = known?.at === at ? known.count : (known?.count ?? 0) + 1
  moves.set(client, { at, count })
  return `caret-${client}-${count}`
}

const colours = (service: Service | undefined): string =>
  service
    ? `--solid:${service.colour.solid};--tint:${service.colour.tint};--text:${service.colour.text}`
    : '--solid:#62676d;--tint:#ebebe6;--text:#1b1d1f'

function drawCaret(name: string, service: Service | undefined): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'caret'
  caret.dataset['service'] = service?.id ?? ''
  caret.setAttribute('style', colours(service))
  caret.setAttribute('aria-hidden', 'true')
  const label = document.createElement('span')
  label.className = 'caret-name'
  label.textContent = firstName(name)
  caret.append(label)
  afterPaint(() => {
    const edge = label.closest('.paper')?.getBoundingClientRect().right ?? innerWidth
    if (label.getBoundingClientRect().right > edge) caret.dataset['flipped'] = ''
  })
  return caret
}

const painted: (() => void)[] = []

/** Measures when the frame is painted, where it costs no layout of its own. */
function afterPaint(measure: () => void): void {
  if (painted.push(measure) > 1) return
  requestAnimationFrame(() =>
    setTimeout(() => {
      for (const one of painted.splice(0)) one()
    }),
  )
}

/** The others' carets and selections, in their service's colour. */
function draw(state: EditorState, { awareness, services }: CaretsContext): DecorationSet {
  const bound = boundOf(state)
  if (!bound) return DecorationSet.empty
  const place = (json: unknown): number | null => {
    const relative = Y.createRelativePositionFromJSON(json)
    const found = relativePositionToAbsolutePosition(bound.doc, bound.type, relative, bound.binding.mapping)
    return found === null || found > state.doc.content.size ? null : found
  }
  const decorations: Decoration[] = []
  for (const [client, raw] of awareness.getStates()) {
    const known = client === awareness.clientID ? undefined : stateOf(raw)
    if (!known?.user || !known.cursor) continue
    const { user, cursor } = known
    const service = services().find(({ id }) => id === user.service)
    try {
      const anchor = place(cursor.anchor)
      const head = place(cursor.head)
      if (anchor === null || head === null) continue
      if (state.doc.resolve(head).parent.isTextblock) {
        const key = caretKey(client, JSON.stringify(cursor))
        const options = { key, side: 10, ignoreSelection: true, marks: [] }
        decorations.push(Decoration.widget(head, () => drawCaret(user.name, service), options))
      }
      if (anchor !== head) {
        const attributes = { class: 'their-selection', 'data-service': user.service, style: colours(service) }
        decorations.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), attributes))
      }
    } catch {
      // A place that another client got wrong is not drawn.
    }
  }
  return DecorationSet.create(state.doc, decorations)
}

/** Named carets and selections of the others, and telling them where yours is. */
export const carets = (context: CaretsContext): Extension =>
  Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: caretsKey,
        state: {
          init: () => DecorationSet.empty,
          apply(tr, set) {
            const drawn: DecorationSet | undefined = tr.getMeta(caretsKey)
            return drawn ?? (tr.docChanged ? set.map(tr.mapping, tr.doc) : set)
          },
        },
        props: { decorations: (state) => caretsKey.getState(state) },
        view: (view) => watch(view, context),
      }),
    ],
  })

const publishers = new WeakMap<EditorView, PlacePublisher>()

/** A key press in the composer of this log: its writer is shown to write. */
export const tellTyping = (log: EditorView): void => publishers.get(log)?.typed()

function watch(view: EditorView, context: CaretsContext) {
  const { awareness } = context
  const own = new PlacePublisher(view, awareness)
  publishers.set(view, own)
  const redraw: Draw = (tr) => {
    const set = draw(view.state, context)
    if (set === DecorationSet.empty && caretsKey.getState(view.state) === set) return false
    tr.setMeta(caretsKey, set)
    return true
  }
  const soon = (): void => drawOver(view, redraw)
  const changed = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>): void => {
    if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) soon()
  }
  awareness.on('change', changed)
  soon()
  return {
    update(_view: EditorView, before: EditorState) {
      own.update(before)
      // Where a caret stands is said in Yjs' terms: after a colleague's change it is asked anew.
      if (before.doc !== view.state.doc && boundOf(view.state)?.isChangeOrigin) soon()
    },
    destroy() {
      awareness.off('change', changed)
      drawNoMore(view, redraw)
      own.stop()
    },
  }
}

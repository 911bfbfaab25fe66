import type { EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { absolutePositionToRelativePosition } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import { boundOf, keyAt } from '../case-log/line-keys.ts'

/** Carets need not be told more often than eyes can follow. */
const PACE = 60
/** How often «… is writing» is renewed, and when it ends. */
const RENEW = 1500
const IDLE = 3000

type Own = { cursor: unknown; place: string | null; typingAt: number | null }

/** Tells the others where the caret is, in which block, and whether somebody types: one message at a time. */
export class PlacePublisher {
  readonly #view: EditorView
  readonly #awareness: Awareness
  #timer: ReturnType<typeof setTimeout> | undefined
  #idle: ReturnType<typeof setTimeout> | undefined
  #typingAt: number | null = null
  #told = ''

  constructor(view: EditorView, awareness: Awareness) {
    this.#view = view
    this.#awareness = awareness
    view.dom.addEventListener('focusin', this.#soon)
    view.dom.addEventListener('focusout', this.#soon)
  }

  update(before: EditorState): void {
    const { state } = this.#view
    const moved = !before.selection.eq(state.selection) || before.doc !== state.doc
    // A tap beside the text (a step, a status) changes the log, too, and is no writing.
    if (before.doc !== state.doc && !boundOf(state)?.isChangeOrigin && this.#view.hasFocus()) this.typed()
    if (moved) this.#soon()
  }

  /** A key press of this person, here or in the composer. */
  typed(): void {
    const now = Date.now()
    if (this.#typingAt === null || now - this.#typingAt > RENEW) this.#typingAt = now
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.#typingAt = null
      this.#soon()
    }, IDLE)
    this.#soon()
  }

  readonly #soon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell()
    }, PACE)
  }

  #tell(): void {
    if (this.#view.isDestroyed) return
    const own = this.#own()
    const said = JSON.stringify(own)
    if (said === this.#told) return
    this.#told = said
    this.#awareness.setLocalState({ ...this.#awareness.getLocalState(), ...own })
  }

  #own(): Own {
    const { state } = this.#view
    const bound = boundOf(state)
    // Whoever writes in the composer has no place in the log yet, and still writes.
    if (!bound || !this.#view.hasFocus()) return { cursor: null, place: null, typingAt: this.#typingAt }
    const { anchor, head } = state.selection
    const relative = (position: number): unknown =>
      absolutePositionToRelativePosition(position, bound.type, bound.binding.mapping)
    return {
      cursor: { anchor: relative(anchor), head: relative(head) },
      place: keyAt(state, head) ?? null,
      typingAt: this.#typingAt,
    }
  }

  stop(): void {
    this.#view.dom.removeEventListener('focusin', this.#soon)
    this.#view.dom.removeEventListener('focusout', this.#soon)
    clearTimeout(this.#timer)
    clearTimeout(this.#idle)
    const gone: Own = { cursor: null, place: null, typingAt: null }
    if (this.#awareness.getLocalState())
      this.#awareness.setLocalState({ ...this.#awareness.getLocalState(), ...gone })
  }
}

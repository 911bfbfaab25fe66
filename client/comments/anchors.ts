import type { Service } from '../../shared/services.ts'
import type { CommentOn } from '../blocks/context.ts'

/** How a thread's text looks: in whose colours, and whether it is underlined, chosen or pointed at. */
export type Look = {
  readonly service: Service | undefined
  readonly shown: boolean
  readonly active: boolean
}

/**
 * The elements that threads are anchored to in the text, as ProseMirror makes and drops them. Looks are set on the
 * elements themselves: nothing of the document is walked or drawn anew, however many threads there are.
 */
export class Anchors {
  readonly #elements = new Map<string, Set<HTMLElement>>()
  #looks: ReadonlyMap<string, Look> = new Map()
  #pointed: string | undefined
  readonly #listeners = new Set<() => void>()

  /** Somebody pressed text with comments: of the innermost thread first. Pressing other text gives none. */
  onPress: (threads: readonly string[]) => void = () => {}
  /** Somebody wants to comment, by keyboard. */
  onComment: (on: CommentOn) => void = () => {}
  /** Whether this log has a thread of that id. */
  isKnown: (thread: string) => boolean = () => false

  /** Calls when anchors came or went; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  add(thread: string, element: HTMLElement): void {
    const known = this.#elements.get(thread)
    if (known) known.add(element)
    else this.#elements.set(thread, new Set([element]))
    this.#dress(thread, element)
    this.#tell()
  }

  remove(thread: string, element: HTMLElement): void {
    const known = this.#elements.get(thread)
    known?.delete(element)
    if (known?.size === 0) this.#elements.delete(thread)
    this.#tell()
  }

  /** What a thread is drawn as, in no order. */
  of(thread: string): readonly HTMLElement[] {
    return [...(this.#elements.get(thread) ?? [])].filter((element) => element.isConnected)
  }

  /** Sets how all threads look; those not named are not to be seen. */
  setLooks(looks: ReadonlyMap<string, Look>): void {
    const before = this.#looks
    this.#looks = looks
    for (const [thread, elements] of this.#elements)
      if (!isSame(before.get(thread), looks.get(thread)))
        for (const element of elements) this.#dress(thread, element)
  }

  /** Which thread's card somebody points at. */
  point(thread: string | undefined): void {
    const before = this.#pointed
    this.#pointed = thread
    for (const one of [before, thread])
      for (const element of (one !== undefined && this.#elements.get(one)) || [])
        element.toggleAttribute('data-pointed', one === thread)
  }

  #dress(thread: string, element: HTMLElement): void {
    const look = this.#looks.get(thread)
    element.toggleAttribute('data-shown', look?.shown === true)
    element.toggleAttribute('data-active', look?.active === true)
    element.toggleAttribute('data-pointed', thread === this.#pointed)
    element.dataset['service'] = look?.service?.id ?? ''
    for (const name of ['solid', 'tint', 'text'] as const)
      if (look?.service) element.style.setProperty(`--${name}`, look.service.colour[name])
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const isSame = (a: Look | undefined, b: Look | undefined): boolean =>
  a?.service === b?.service && a?.shown === b?.shown && a?.active === b?.active

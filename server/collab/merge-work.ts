import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import type { Struct } from './scan.ts'

type Id = { client: number; clock: number }

/**
 * Yjs looks at everything between the two neighbours that an insertion names. An update may cost so many looks; an
 * honest one costs hardly any, and one that is made for it would hold everybody up for minutes.
 */
export const MOST_LOOKS = 200_000

const keyOf = ({ client, clock }: Id) => `${client}:${clock}`

/** Counts what merging an update will cost, before anything of it is applied. */
export class MergeWork {
  readonly #store: Y.Doc['store']
  readonly #root: Y.XmlFragment
  /** What comes after something, or first in something, once the structs so far are in. */
  readonly #next = new Map<string, Id | null>()
  /** Last clocks of the structs so far, by where they begin. */
  readonly #lasts = new Map<string, number>()
  looks = 0

  constructor(doc: Y.Doc, root: Y.XmlFragment) {
    this.#store = doc.store
    this.#root = root
  }

  add(client: number, { clock, length, origin, rightOrigin, parent }: Struct): void {
    const before = origin ? keyOf(origin) : this.#startKey(rightOrigin, parent)
    if (before === undefined) return
    const after = this.#following(before, origin, rightOrigin, parent)
    if (!same(after, rightOrigin)) this.#look(after, rightOrigin)
    const last = clock + length - 1
    this.#next.set(before, { client, clock })
    this.#next.set(keyOf({ client, clock: last }), after)
    this.#lasts.set(keyOf({ client, clock }), last)
  }

  #look(from: Id | null, until: Id | null) {
    for (let at = from; at !== null && !same(at, until); ) {
      if (++this.looks > MOST_LOOKS)
        throw new AppError('tooLarge', { reason: 'too much to merge in one update' })
      const last = this.#lastOf(at)
      at = this.#next.has(keyOf(last)) ? (this.#next.get(keyOf(last)) ?? null) : this.#docNext(last)
    }
  }

  #following(before: string, origin: Id | null, rightOrigin: Id | null, parent: Struct['parent']): Id | null {
    const known = this.#next.get(before)
    if (known !== undefined) return known
    return origin ? this.#docNext(origin) : this.#first(rightOrigin, parent)
  }

  /** Where the beginning of what a struct stands in is noted; undefined when that is swept away. */
  #startKey(rightOrigin: Id | null, parent: Struct['parent']): string | undefined {
    if (parent) return `${'root' in parent ? parent.root : keyOf(parent)} ${parent.sub ?? ''}`
    const right = rightOrigin && this.#item(rightOrigin)
    if (!right) return rightOrigin ? `before ${keyOf(rightOrigin)}` : undefined
    const within = right.parent instanceof Y.AbstractType ? right.parent._item : null
    return `${within ? keyOf(within.id) : 'log'} ${right.parentSub ?? ''}`
  }

  #first(rightOrigin: Id | null, parent: Struct['parent']): Id | null {
    const type = this.#container(rightOrigin, parent)
    if (!type) return rightOrigin
    const sub = parent ? parent.sub : (rightOrigin && this.#item(rightOrigin)?.parentSub) || null
    if (sub === null) return type._start?.id ?? null
    let item = type._map.get(sub) ?? null
    while (item?.left) {
      if (++this.looks > MOST_LOOKS) break
      item = item.left
    }
    return item?.id ?? null
  }

  #container(rightOrigin: Id | null, parent: Struct['parent']) {
    if (parent && 'root' in parent) return this.#root
    const item = parent ? this.#item(parent) : undefined
    if (item?.content instanceof Y.ContentType) return item.content.type
    const right = parent === null && rightOrigin ? this.#item(rightOrigin) : undefined
    return right?.parent instanceof Y.AbstractType ? right.parent : undefined
  }

  #lastOf(id: Id): Id {
    const last = this.#lasts.get(keyOf(id))
    if (last !== undefined) return { client: id.client, clock: last }
    const item = this.#item(id)
    return item ? item.lastId : id
  }

  #docNext(id: Id): Id | null {
    const item = this.#item(id)
    if (!item) return null
    if (id.clock < item.id.clock + item.length - 1) return { client: id.client, clock: id.clock + 1 }
    return item.right?.id ?? null
  }

  #item({ client, clock }: Id): Y.Item | undefined {
    const structs = this.#store.clients.get(client)
    if (!structs || clock >= Y.getState(this.#store, client)) return undefined
    const struct = structs[Y.findIndexSS(structs, clock)]
    return struct instanceof Y.Item ? struct : undefined
  }
}

const same = (one: Id | null, other: Id | null): boolean =>
  one === other ||
  (one !== null && other !== null && one.client === other.client && one.clock === other.clock)

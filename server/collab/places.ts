import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { MergeWork } from './merge-work.ts'
import type { Struct } from './scan.ts'

/** What something stands in: an element by name (`doc` for the log itself), or text; and under which attribute. */
export type Standing = { in: { element: string } | 'text'; sub: string | null; depth: number }

/** `undefined`: in something that is deleted and swept away, where nothing can show or break. */
export type MaybeStanding = Standing | undefined

/** Lists in lists in blocks: nobody nests deeper, and what walks the log must not run out of stack. */
const MOST_DEPTH = 24

type Placed = { clocks: number[]; structs: { struct: Struct; standing: MaybeStanding }[] }

/** Finds where structs of one update will stand, in the document and among themselves. Nothing is applied. */
export class Places {
  readonly #store: Y.Doc['store']
  readonly #clients = new Map<number, Placed>()
  readonly #work: MergeWork

  constructor(doc: Y.Doc) {
    this.#store = doc.store
    this.#work = new MergeWork(doc, logFragment(doc))
  }

  /** Places the next struct of a client of the update; each client's come in the order of their clocks. */
  place(client: number, struct: Struct): MaybeStanding {
    const standing = this.#standingOf(struct)
    if (standing && standing.depth > MOST_DEPTH)
      throw new AppError('updateUnknownContent', { reason: 'blocks too deep in each other' })
    this.#work.add(client, struct)
    let placed = this.#clients.get(client)
    if (!placed) {
      placed = { clocks: [], structs: [] }
      this.#clients.set(client, placed)
    }
    placed.clocks.push(struct.clock)
    placed.structs.push({ struct, standing })
    return standing
  }

  #standingOf({ origin, rightOrigin, parent }: Struct): MaybeStanding {
    if (parent === null) {
      const neighbour = origin ?? rightOrigin
      return neighbour === null ? undefined : this.#neighbour(neighbour)
    }
    if ('root' in parent) {
      if (parent.root !== LOG_FRAGMENT)
        throw new AppError('updateUnknownContent', { reason: 'a root that no log has' })
      return { in: { element: 'doc' }, sub: parent.sub, depth: 0 }
    }
    const inside = this.#inside(parent)
    return inside && { in: inside.in, sub: parent.sub, depth: inside.depth }
  }

  #neighbour(id: { client: number; clock: number }): MaybeStanding {
    const own = this.#own(id)
    if (own) return own.standing
    const item = this.#item(id)
    if (!item) return undefined
    const within = item.parent instanceof Y.AbstractType ? insideOf(item.parent) : undefined
    return within && { in: within, sub: item.parentSub, depth: depthOf(item.parent) }
  }

  #inside(id: { client: number; clock: number }): Pick<Standing, 'in' | 'depth'> | undefined {
    const own = this.#own(id)
    if (own) {
      const { content } = own.struct
      const depth = (own.standing?.depth ?? 0) + 1
      if (content.kind === 'element') return { in: { element: content.name }, depth }
      if (content.kind === 'xmlText') return { in: 'text', depth }
      if (content.kind === 'gone') return undefined
      throw new AppError('updateMalformed', { reason: 'a parent that holds nothing' })
    }
    const item = this.#item(id)
    if (!item) return undefined
    if (item.content instanceof Y.ContentType) {
      const within = insideOf(item.content.type)
      return within && { in: within, depth: depthOf(item.content.type) }
    }
    if (item.content instanceof Y.ContentDeleted) return undefined
    throw new AppError('updateMalformed', { reason: 'a parent that holds nothing' })
  }

  #own({ client, clock }: { client: number; clock: number }) {
    const placed = this.#clients.get(client)
    if (!placed || clock < (placed.clocks[0] ?? 0)) return undefined
    const { clocks } = placed
    let low = 0
    let high = clocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((clocks[middle] ?? 0) <= clock) low = middle
      else high = middle - 1
    }
    return placed.structs[low]
  }

  #item({ client, clock }: { client: number; clock: number }): Y.Item | undefined {
    const structs = this.#store.clients.get(client)
    if (!structs) return undefined
    const struct = structs[Y.findIndexSS(structs, clock)]
    return struct instanceof Y.Item ? struct : undefined
  }
}

/** In how many blocks something stands. */
function depthOf(type: unknown): number {
  let depth = 0
  for (let at = type; at instanceof Y.AbstractType && at._item; at = at._item.parent) depth++
  return depth
}

function insideOf(type: unknown): Standing['in'] | undefined {
  if (type instanceof Y.XmlText) return 'text'
  if (type instanceof Y.XmlElement) return { element: type.nodeName }
  if (type instanceof Y.XmlFragment) return { element: 'doc' }
  return undefined
}

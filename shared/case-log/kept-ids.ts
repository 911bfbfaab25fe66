import * as Y from 'yjs'
import { blocksById } from './blocks-by-id.ts'
import { holder, keyOf, structAt } from './moved-text.ts'
import { elementAt, setField } from './place-piece.ts'

/** A block whose id an update writes over, with the id that it had, and whether its writer knew that one. */
export type Renamed = { key: string; was: string; known: boolean }

/**
 * Blocks whose id an update changes. The binding compares children by place: where a block comes in before another,
 * it may make the old element the new block and write the old block anew.
 */
export function renamedBlocks(doc: Y.Doc, fresh: readonly Y.Item[]): Renamed[] {
  const found = new Map<string, Renamed>()
  for (const { origin, content } of fresh) {
    if (!(content instanceof Y.ContentAny) || !origin) continue
    const replaced = structAt(doc, origin)
    if (!(replaced instanceof Y.Item) || replaced.parentSub !== 'id') continue
    const above = holder(replaced)
    const key = above && keyOf(above.id)
    const element = key && elementAt(doc, key)
    if (!key || !element || found.has(key)) continue
    const was: unknown = element.getAttribute('id')
    if (typeof was === 'string') found.set(key, { key, was, known: element._map.get('id') === replaced })
  }
  return [...found.values()]
}

/** Blocks that lost their id to another's: two people did so at once, and the last one won for both. */
export function lostIds(doc: Y.Doc, renamed: readonly Renamed[]): Renamed[] {
  if (renamed.length === 0) return []
  const standing = blocksById(doc)
  return renamed.filter(({ key, was }) => {
    const now: unknown = elementAt(doc, key)?.getAttribute('id')
    return (
      typeof now === 'string' && now !== was && !standing.has(was) && (standing.get(now)?.length ?? 0) > 1
    )
  })
}

/** Ids that their writer wrote over without having heard of them, and that no block has now. */
export function displacedIds(doc: Y.Doc, renamed: readonly Renamed[]): Renamed[] {
  const unheard = renamed.filter(({ key, was, known }) => {
    const now: unknown = elementAt(doc, key)?.getAttribute('id')
    return !known && now !== was
  })
  if (unheard.length === 0) return []
  const standing = blocksById(doc)
  return unheard.filter(({ was }) => !standing.has(was))
}

export function giveBack(doc: Y.Doc, { key, was }: Renamed): void {
  const element = elementAt(doc, key)
  if (element) setField(element, 'id', was)
}

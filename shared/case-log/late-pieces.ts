import * as Y from 'yjs'
import type { Graves } from './graves.ts'
import { holder, type Id, keyOf, structAt } from './moved-text.ts'
import type { Piece, TextRun, Tree } from './stranded-pieces.ts'

type Deletes = ReturnType<typeof Y.createDeleteSet>

/** One character or one element of an update that arrived too late, in the order of the text. */
type Unit = { id: Id; item: Y.Item; char: string | undefined }

/** Whether any of an item was gone when it arrived, other than what its writer took back. */
export function cameTooLate(doc: Y.Doc, { id: { client, clock }, length }: Y.Item, ds: Deletes): boolean {
  const end = clock + length
  for (let at = clock; at < end; ) {
    const struct = structAt(doc, { client, clock: at })
    if (!struct) return false
    const next = Math.min(struct.id.clock + struct.length, end)
    if (struct.deleted) for (; at < next; at += 1) if (!Y.isDeleted(ds, Y.createID(client, at))) return true
    at = next
  }
  return false
}

/**
 * What an update wrote in blocks that were gone when it arrived. The document holds nothing of it any more, so
 * it is put together from the update itself.
 */
export function piecesOfUpdate(
  doc: Y.Doc,
  graves: Graves,
  fresh: readonly Y.Item[],
  ds: Deletes,
  doubles: ReadonlySet<string>,
): Piece[] {
  const dead = fresh.filter((item) => structAt(doc, item.id)?.deleted === true)
  const starts = new Map<string, Y.Item>()
  for (const item of dead)
    for (let offset = 0; offset < item.length; offset += 1)
      starts.set(keyOf({ client: item.id.client, clock: item.id.clock + offset }), item)

  const parents = new Map<Y.Item, { parent: string | undefined; field: string | null }>()
  const parentOf = (item: Y.Item): { parent: string | undefined; field: string | null } => {
    const known = parents.get(item)
    if (known) return known
    const place = findParent(item)
    parents.set(item, place)
    return place
  }
  const findParent = (item: Y.Item): { parent: string | undefined; field: string | null } => {
    const stated: unknown = item.parent
    if (stated instanceof Y.ID) return { parent: keyOf(stated), field: item.parentSub }
    if (typeof stated === 'string') return { parent: undefined, field: item.parentSub }
    for (const neighbour of [item.origin, item.rightOrigin]) {
      if (!neighbour) continue
      const fellow = starts.get(keyOf(neighbour))
      if (fellow && fellow !== item) return parentOf(fellow)
      const written = graves.fieldAt(neighbour)
      if (written) return written
      const struct = structAt(doc, neighbour)
      if (struct instanceof Y.Item) {
        const above = holder(struct)
        return { parent: above && keyOf(above.id), field: struct.parentSub }
      }
      const parent = graves.textOfChar(neighbour) ?? graves.block(keyOf(neighbour))?.parent
      if (parent) return { parent, field: null }
    }
    return { parent: undefined, field: null }
  }

  const fields = new Map<string, Record<string, unknown>>()
  for (const item of dead) {
    const { parent, field } = parentOf(item)
    if (field === null || parent === undefined) continue
    graves.wroteField(item.id, { parent, field })
    if (Y.isDeleted(ds, item.id)) continue
    const known = fields.get(parent) ?? {}
    fields.set(parent, known)
    known[field] = item.content.getContent().at(-1)
  }
  const fieldsOf = (key: string): Record<string, unknown> => fields.get(key) ?? {}
  // Whoever wrote a block in one that was gone may not have heard yet, and write on in it.
  for (const item of dead)
    if (item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement) {
      const { id } = fieldsOf(keyOf(item.id))
      graves.neverStood(item.id, {
        name: item.content.type.nodeName,
        id: typeof id === 'string' ? id : undefined,
        previous: item.origin ? keyOf(item.origin) : undefined,
        parent: parentOf(item).parent,
      })
    }

  // Everything under its parent, in order.
  const under = new Map<string, Unit[]>()
  const pieces: Piece[] = []
  for (const item of dead) {
    const { parent, field } = parentOf(item)
    if (field !== null) {
      if (parent && !starts.has(parent) && !Y.isDeleted(ds, item.id))
        pieces.push({ kind: 'field', block: parent, name: field, value: item.content.getContent().at(-1) })
      continue
    }
    const key = parent ?? ''
    const units = under.get(key) ?? []
    under.set(key, units)
    const at = item.origin
      ? units.findIndex(({ id }) => item.origin !== null && keyOf(id) === keyOf(item.origin))
      : -1
    const added = unitsOf(item)
    // Without its left neighbour among them, it opens a piece of its own.
    if (at >= 0) units.splice(at + 1, 0, ...added)
    else if (item.origin === null) units.unshift(...added)
    else units.push(...added)
  }

  // Of an item that its writer took back in part, the rest stands.
  const kept = ({ id }: Unit): boolean =>
    structAt(doc, id)?.deleted === true && !Y.isDeleted(ds, Y.createID(id.client, id.clock))
  const tree = (element: Y.XmlElement, id: Id): Tree => ({
    name: element.nodeName,
    fields: fieldsOf(keyOf(id)),
    children: (under.get(keyOf(id)) ?? []).filter(kept).flatMap((unit): (Tree | TextRun)[] => {
      const inner = typeIn(unit)
      if (inner instanceof Y.XmlElement) return [tree(inner, unit.id)]
      return inner instanceof Y.XmlText ? [run(under.get(keyOf(unit.id)) ?? [])] : []
    }),
  })
  const run = (units: readonly Unit[]): TextRun => {
    // A character that somebody else already carried elsewhere is not written twice.
    const written = units.filter(
      (unit) => kept(unit) && unit.char !== undefined && !doubles.has(keyOf(unit.id)),
    )
    return { text: written.map(({ char }) => char).join(''), ids: written.map(({ id }) => id) }
  }

  for (const [key, units] of under) {
    if (starts.has(key)) continue
    const parent = key === '' ? undefined : key
    let open: Unit[] = []
    const flush = (): void => {
      const first = open[0]
      const last = open.at(-1)
      const text = run(open)
      if (first && last && text.text !== '') {
        const block =
          (parent && graves.blockOfText(parent)) ??
          (first.item.origin ? graves.blockOfChar(first.item.origin) : undefined)
        pieces.push({
          kind: 'text',
          run: text,
          left: first.item.origin ?? undefined,
          right: last.item.rightOrigin ?? undefined,
          block,
        })
      }
      open = []
    }
    let previous: string | undefined
    for (const unit of units) {
      if (unit.char !== undefined) {
        if (unit.id.clock === unit.item.id.clock && !follows(open, unit)) flush()
        open.push(unit)
        continue
      }
      flush()
      const inner = typeIn(unit)
      if (!kept(unit)) continue
      if (inner instanceof Y.XmlElement) {
        previous ??= unit.item.origin ? keyOf(unit.item.origin) : undefined
        pieces.push({ kind: 'block', tree: tree(inner, unit.id), previous, parent })
      } else if (inner instanceof Y.XmlText) {
        const text = run(under.get(keyOf(unit.id)) ?? [])
        if (text.text !== '')
          pieces.push({ kind: 'text', run: text, left: undefined, right: undefined, block: parent })
      }
    }
    flush()
  }
  return pieces
}

const follows = (open: readonly Unit[], { item }: Unit): boolean => {
  const last = open.at(-1)
  return (
    last !== undefined &&
    item.origin !== null &&
    open.some(({ id }) => item.origin !== null && keyOf(id) === keyOf(item.origin))
  )
}

const typeIn = ({ item }: Unit): unknown =>
  item.content instanceof Y.ContentType ? item.content.type : undefined

function unitsOf(item: Y.Item): Unit[] {
  const { content, id } = item
  if (content instanceof Y.ContentString)
    return Array.from({ length: item.length }, (_, offset) => ({
      id: { client: id.client, clock: id.clock + offset },
      item,
      char: content.str[offset] ?? '',
    }))
  return content instanceof Y.ContentType ? [{ id, item, char: undefined }] : []
}

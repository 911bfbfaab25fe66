import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { type Chars, type Id, idOf, keyOf, pairMoved, structAt } from './moved-text.ts'

/**
 * One person's undo: takes back their own changes and nothing of anybody else's [BL1].
 *
 * Undoing the insertion of a block leaves it standing while somebody else's text or block is in it; y-tiptap's own
 * manager protects only paragraphs, so that undoing a new goal would take a colleague's words along. And undoing a
 * move leaves the text where it is when it cannot go back, since the place that it came from is gone by now.
 */
export function undoManagerOf(log: Y.XmlFragment): Y.UndoManager {
  const { doc } = log
  const origins = new Set<unknown>([ySyncPluginKey])
  const cameFrom = new Map<string, Id>()
  const manager = new Y.UndoManager(log, {
    trackedOrigins: origins,
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
    // Children are asked about before their parents, so what is left in a block by then is not this person's to take.
    deleteFilter: ({ content, id, length }) => {
      if (content instanceof Y.ContentType) return isHollow(content.type, doc?.clientID)
      if (!doc || !(content instanceof Y.ContentString)) return true
      for (let clock = id.clock; clock < id.clock + length; clock += 1) {
        const source = cameFrom.get(keyOf({ client: id.client, clock }))
        if (source && !isBack(doc, source)) return false
      }
      return true
    },
  })
  doc?.on('afterTransaction', (transaction) => {
    if (!origins.has(transaction.origin)) return
    const moved = movedIn(transaction)
    if (transaction.origin === manager) moved.unshift(...broughtBack(transaction, cameFrom))
    for (const { from, to } of moved) cameFrom.set(keyOf(to), from)
  })
  return manager
}

/** Whether nothing is left in a type but empty shells of one's own. */
function isHollow(
  type: Y.AbstractType<Y.YEvent<never>> | Y.ContentType['type'],
  own: number | undefined,
): boolean {
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (!(item.content instanceof Y.ContentType)) return false
    const inner = item.content.type
    if (inner instanceof Y.XmlElement && (item.id.client !== own || isAtom(inner))) return false
    if (!isHollow(item.content.type, own)) return false
  }
  return true
}

const isAtom = (element: Y.XmlElement): boolean => ['mention', 'hardBreak'].includes(element.nodeName)

/** Whether a character that was carried elsewhere stands where it came from again. */
function isBack(doc: Y.Doc, source: Id): boolean {
  let id: Id | null = source
  for (let steps = 0; id && steps < 1000; steps += 1) {
    const struct = structAt(doc, id)
    if (!(struct instanceof Y.Item)) return false
    if (!struct.deleted) return true
    const offset: number = id.clock - struct.id.clock
    id = struct.redone && { client: struct.redone.client, clock: struct.redone.clock + offset }
  }
  return false
}

/**
 * Characters that an undo wrote again where they had been carried away from. They came from where they were carried
 * to, also when somebody else has carried them on meanwhile and there was nothing to take away.
 */
function broughtBack(
  { doc, beforeState }: Y.Transaction,
  cameFrom: ReadonlyMap<string, Id>,
): { from: Id; to: Id }[] {
  const start = beforeState.get(doc.clientID) ?? 0
  const found: { from: Id; to: Id }[] = []
  for (const [carried, source] of cameFrom) {
    const struct = structAt(doc, source)
    if (!(struct instanceof Y.Item) || struct.redone === null) continue
    const to = { ...struct.redone, clock: struct.redone.clock + source.clock - struct.id.clock }
    if (to.client === doc.clientID && to.clock >= start) found.push({ from: idOf(carried), to })
  }
  return found
}

/** Characters that one's own transaction took away in one place and wrote again in another. */
function movedIn(transaction: Y.Transaction): { from: Id; to: Id }[] {
  const { doc, deleteSet, beforeState } = transaction
  if (deleteSet.clients.size === 0) return []
  const removed = new Map<unknown, Chars>()
  Y.iterateDeletedStructs(transaction, deleteSet, (item) => {
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return
    if (!removed.has(item.parent)) removed.set(item.parent, { text: '', ids: [] })
  })
  const written: Chars[] = []
  for (const [parent, chars] of removed) {
    if (!(parent instanceof Y.XmlText)) continue
    for (let item = parent._start; item !== null; item = item.right)
      if (item.content instanceof Y.ContentString && Y.isDeleted(deleteSet, item.id))
        add(chars, item, item.content.str)
  }
  const structs = doc.store.clients.get(doc.clientID) ?? []
  const start = beforeState.get(doc.clientID) ?? 0
  for (let index = structs.length - 1; index >= 0; index -= 1) {
    const item = structs[index]
    if (!item || item.id.clock < start) break
    if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue
    const chars: Chars = { text: '', ids: [] }
    add(chars, item, item.content.str)
    written.unshift(chars)
  }
  return pairMoved([...removed.values()], written)
}

function add(chars: Chars, item: Y.Item, text: string): void {
  chars.text += text
  for (let offset = 0; offset < text.length; offset += 1)
    chars.ids.push({ client: item.id.client, clock: item.id.clock + offset })
}

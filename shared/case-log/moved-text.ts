import * as Y from 'yjs'

export type Id = { readonly client: number; readonly clock: number }
export const keyOf = ({ client, clock }: Id): string => `${client}:${clock}`

export function idOf(key: string): Id {
  const [client = 0, clock = 0] = key.split(':').map(Number)
  return { client, clock }
}

/** Text with the Yjs id of each of its characters. */
export type Chars = { text: string; ids: Id[] }

/** Shorter parts than this may be alike by chance; a whole piece is believed at any length. */
const SURE = 4
const MOST_TEXT = 200_000

/**
 * Pairs characters that an update deletes with the same characters where it writes them again: Yjs knows no
 * moves, so the editor's binding deletes and writes anew whatever is split off, joined, wrapped or moved.
 */
export function pairMoved(removed: readonly Chars[], written: readonly Chars[]): { from: Id; to: Id }[] {
  const pairs: { from: Id; to: Id }[] = []
  const size = (chars: readonly Chars[]): number => chars.reduce((sum, { text }) => sum + text.length, 0)
  if (size(removed) > MOST_TEXT || size(written) > MOST_TEXT) return pairs
  const pair = (from: Chars, start: number, to: Chars, at: number, length: number): void => {
    for (let offset = 0; offset < length; offset += 1) {
      const source = from.ids[start + offset]
      const target = to.ids[at + offset]
      if (source && target) pairs.push({ from: source, to: target })
    }
  }
  for (const target of written) {
    const whole = removed.find(({ text }) => text === target.text)
    if (whole) {
      pair(whole, 0, target, 0, target.text.length)
      continue
    }
    for (let at = 0; at + SURE <= target.text.length; ) {
      const best = longest(removed, target.text, at)
      if (best) pair(best.source, best.start, target, at, best.length)
      at += best?.length ?? 1
    }
  }
  return pairs
}

function longest(
  removed: readonly Chars[],
  text: string,
  at: number,
): { source: Chars; start: number; length: number } | undefined {
  let best: { source: Chars; start: number; length: number } | undefined
  const seed = text.slice(at, at + SURE)
  for (const source of removed) {
    for (let start = source.text.indexOf(seed); start >= 0; start = source.text.indexOf(seed, start + 1)) {
      let length = SURE
      while (at + length < text.length && text[at + length] === source.text[start + length]) length += 1
      if (!best || length > best.length) best = { source, start, length }
    }
  }
  return best
}

/** The struct at an id; undefined for what the document does not hold. */
export function structAt(doc: Y.Doc, { client, clock }: Id): Y.Item | Y.GC | undefined {
  if (clock >= Y.getState(doc.store, client)) return undefined
  const structs = doc.store.clients.get(client) ?? []
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item || struct instanceof Y.GC ? struct : undefined
}

/** The Yjs item of the type that holds an item; undefined when it stands in the log itself. */
export function holder(item: Y.Item): Y.Item | undefined {
  return item.parent instanceof Y.AbstractType ? (item.parent._item ?? undefined) : undefined
}

/** Calls `visit` with each item that a delete set names and that still stands, and the part of it that is named. */
export function eachStanding(
  doc: Y.Doc,
  deletes: ReturnType<typeof Y.createDeleteSet>,
  visit: (item: Y.Item, from: number, to: number) => void,
): void {
  for (const [client, ranges] of deletes.clients) {
    const structs = doc.store.clients.get(client) ?? []
    for (const { clock, len } of ranges) {
      if (clock >= Y.getState(doc.store, client)) continue
      for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
        const struct = structs[index]
        if (!struct || struct.id.clock >= clock + len) break
        if (!(struct instanceof Y.Item) || struct.deleted) continue
        const from = Math.max(clock - struct.id.clock, 0)
        visit(struct, from, Math.min(clock + len - struct.id.clock, struct.length))
      }
    }
  }
}

/** Id of the innermost block with an id around an item. */
export function blockIdAround(item: Y.Item): string | undefined {
  for (let above = holder(item); above; above = holder(above)) {
    if (!(above.content instanceof Y.ContentType) || !(above.content.type instanceof Y.XmlElement)) continue
    const id: unknown = above.content.type.getAttribute('id')
    if (typeof id === 'string') return id
  }
  return undefined
}

/** The characters of a text, those that are gone as blanks. */
export function everWritten(type: Y.XmlText): Chars {
  const chars: Chars = { text: '', ids: [] }
  for (let char = type._start; char !== null; char = char.right) {
    if (!char.countable && !(char.content instanceof Y.ContentDeleted)) continue
    for (let offset = 0; offset < char.length; offset += 1)
      chars.ids.push({ client: char.id.client, clock: char.id.clock + offset })
    chars.text += char.content instanceof Y.ContentString ? char.content.str : '\0'.repeat(char.length)
  }
  return chars
}

import type { Element, Mark, Piece } from './model.ts'
import type { Carried, Timeline } from './timeline.ts'

/**
 * One character (or mention) through all its places. Yjs has no moves: text that is moved, split off, joined or
 * brought back is deleted and written anew, and stays the same text of the same writer to whoever reads.
 */
export type Life = { places: Place[]; author: { writer: number; at: number } | undefined }
export type Place = Piece | Element

/** In which turns a life began or went on, and ended; a move, which does both in one, is neither. */
export function eventsOf(
  places: readonly { born: number; died: number }[],
): { turn: number; alive: boolean }[] {
  const real = places.filter(({ born, died }) => born < died)
  const changes = real.flatMap(({ born, died }) => [
    { turn: born, by: 1 },
    { turn: died, by: -1 },
  ])
  changes.sort((a, b) => a.turn - b.turn)
  const events: { turn: number; alive: boolean }[] = []
  let count = 0
  for (let at = 0; at < changes.length; ) {
    const turn = changes[at]?.turn ?? 0
    const before = count > 0
    for (; changes[at]?.turn === turn; at++) count += changes[at]?.by ?? 0
    if (before !== count > 0) events.push({ turn, alive: count > 0 })
  }
  return events
}

/** The place that a life has, or last had, in a turn: the newest of those that had begun. */
export function placeAt(life: Life, turn: number, fits: (place: Place) => boolean): Place | undefined {
  let found: Place | undefined
  for (const place of life.places)
    if (place.born <= turn && fits(place) && (!found || place.born >= found.born)) found = place
  return found
}

/** Ties carried text to the text that it was made of, while the model is read. */
export function characterIndex(timeline: Timeline) {
  /** Characters that were carried from, or are: they stand alone, each with its place in `places`. */
  const followed = new Map<number, { clock: number; end: number }[]>()
  for (const { client, clock, end } of timeline.sources()) {
    const list = followed.get(client) ?? []
    followed.set(client, list)
    list.push({ clock, end })
  }
  for (const list of followed.values()) list.sort((a, b) => a.clock - b.clock)
  const merged = new Map([...followed].map(([client, list]) => [client, merge(list)]))
  const places = new Map<number, Map<number, Piece>>()
  const atoms: Element[] = []

  function keep(piece: Piece) {
    const known = places.get(piece.client) ?? new Map<number, Piece>()
    places.set(piece.client, known)
    known.set(piece.clock, piece)
  }

  /** The part of [clock, end) up to which it is alike in being followed. */
  function stretch(client: number, clock: number, end: number): { to: number; follow: boolean } {
    const carried = within(timeline.carriedIn(client), clock)
    const source = within(merged.get(client) ?? [], clock)
    if (carried.inside || source.inside) return { to: clock + 1, follow: true }
    return { to: Math.min(end, carried.next, source.next), follow: false }
  }

  function join(piece: Piece, from: Carried) {
    const source = places.get(from.client)?.get(from.clock)
    piece.life ??= { places: [piece], author: undefined }
    piece.life.author ??= { writer: from.writer, at: from.at }
    // A copy of text that stands is another text, if by the same writer.
    if (!source || source === piece || source.died > piece.born) return
    source.life ??= { places: [source], author: undefined }
    if (source.life === piece.life) return
    const { life } = piece
    for (const place of life.places) {
      place.life = source.life
      source.life.places.push(place)
    }
    source.life.author ??= life.author
  }

  return {
    /** Adds a piece, cut where characters have to be followed one by one. */
    pieces(piece: Piece, into: (Piece | Mark)[]) {
      const end = piece.clock + piece.text.length
      for (let clock = piece.clock; clock < end; ) {
        const { to, follow } = stretch(piece.client, clock, end)
        const text = piece.text.slice(clock - piece.clock, to - piece.clock)
        const part = to - clock === piece.text.length ? piece : { ...piece, clock, text }
        if (follow) keep(part)
        into.push(part)
        clock = to
      }
    },

    atom(element: Element) {
      if (element.name === 'mention' || element.name === 'hardBreak') atoms.push(element)
    },

    /** Once all is read: what was carried is joined with what it was made of. */
    finish() {
      for (const [client, known] of places) {
        for (const { clock, end, from } of timeline.carriedIn(client)) {
          for (let at = clock; at < end; at++) {
            const piece = known.get(at)
            if (piece) join(piece, { ...from, clock: from.clock + at - clock })
          }
        }
      }
      joinAtoms(atoms)
    },
  }
}

/** Mentions and line breaks have no characters to follow: one that went and one like it that came in one turn are one. */
function joinAtoms(atoms: readonly Element[]) {
  const signOf = ({ name, fields }: Element) =>
    [
      name,
      ...[...fields].map(([field, entries]) => `${field}=${JSON.stringify(entries[0]?.value)}`).sort(),
    ].join()
  const gone = Map.groupBy(atoms, (atom) => `${atom.died} ${signOf(atom)}`)
  const byBirth = [...atoms].sort((a, b) => a.born - b.born)
  for (const atom of byBirth) {
    const source = gone.get(`${atom.born} ${signOf(atom)}`)?.shift()
    if (!source || source === atom) continue
    source.life ??= { places: [source], author: undefined }
    source.life.places.push(atom)
    atom.life = source.life
  }
}

function within(ranges: readonly { clock: number; end: number }[], clock: number) {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.end ?? 0) > clock) high = middle
    else low = middle + 1
  }
  const found = ranges[low]
  if (!found) return { inside: false, next: Number.POSITIVE_INFINITY }
  return found.clock <= clock ? { inside: true, next: found.end } : { inside: false, next: found.clock }
}

function merge(sorted: readonly { clock: number; end: number }[]): { clock: number; end: number }[] {
  const out: { clock: number; end: number }[] = []
  for (const { clock, end } of sorted) {
    const last = out.at(-1)
    if (last && clock <= last.end) last.end = Math.max(last.end, end)
    else out.push({ clock, end })
  }
  return out
}

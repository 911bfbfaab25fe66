/** Fewer letters in common are chance, unless they are all there is. */
const LEAST = 4
/** Beyond this many comparisons only text that is the same in one piece is known again. */
const MOST_WORK = 4_000_000

/**
 * The part of a text from the first to the last piece that it has in common with what a thread was on, in the same
 * order: what stands between was written into it, what stands outside was not. Undefined when they share nothing.
 */
export function inCommon(text: string, known: string): { from: number; to: number } | undefined {
  const pieces: { from: number; to: number }[] = []
  find(text, 0, known, pieces)
  if (pieces.length === 0) return undefined
  return { from: Math.min(...pieces.map(({ from }) => from)), to: Math.max(...pieces.map(({ to }) => to)) }
}

function find(text: string, offset: number, known: string, pieces: { from: number; to: number }[]): void {
  const best = longest(text, known)
  if (!best) return
  const { at, in: place, length } = best
  pieces.push({ from: offset + at, to: offset + at + length })
  find(text.slice(0, at), offset, known.slice(0, place), pieces)
  find(text.slice(at + length), offset + at + length, known.slice(place + length), pieces)
}

function longest(text: string, known: string): { at: number; in: number; length: number } | undefined {
  if (text === '' || known === '') return undefined
  const whole = known.indexOf(text)
  if (whole >= 0) return { at: 0, in: whole, length: text.length }
  if (text.length * known.length > MOST_WORK) return undefined
  let best: { at: number; in: number; length: number } | undefined
  let before = new Uint16Array(known.length + 1)
  for (let at = 0; at < text.length; at++) {
    const lengths = new Uint16Array(known.length + 1)
    for (let place = 0; place < known.length; place++) {
      if (text[at] !== known[place]) continue
      const length = (before[place] ?? 0) + 1
      lengths[place + 1] = length
      if (length > (best?.length ?? 0)) best = { at: at - length + 1, in: place - length + 1, length }
    }
    before = lengths
  }
  return best && (best.length >= LEAST || best.length === known.length) ? best : undefined
}

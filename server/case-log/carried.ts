import type * as Y from 'yjs'
import type { DeletedRange, Struct } from '../collab/scan.ts'
import type { Authorship, CarriedRun } from './authorship.ts'
import { deletedText, type Segment } from './deleted-text.ts'

/**
 * Enter in the middle of a paragraph, or a drag, deletes text and writes the same text elsewhere in one update.
 * It stays its writer's: inserted text that equals text deleted in the same update keeps author and time.
 */

type Start = { segment: Segment; start: number }

/** A part of the deleted text that is shorter than this may be alike by chance. */
const SURE = 12
/** Where a whole segment is found again in the text, less is enough. */
const LEAST = 4
const MOST_CANDIDATES = 8
const MOST_COVERED = 2000

/** Runs of `written` that were moved by the update, not written; empty for ordinary typing. */
export function carriedRuns(
  doc: Y.Doc,
  authorship: Authorship,
  written: readonly Struct[],
  deletes: readonly DeletedRange[],
): CarriedRun[] {
  if (deletes.length === 0 || !written.some(({ content }) => content.kind === 'text')) return []
  const segments = deletedText(doc, deletes)
  if (segments.length === 0) return []
  const runs: CarriedRun[] = []
  const grams = startsOf(segments)
  const shorts = shortOnes(segments)
  const byText = new Map(segments.map((segment) => [segment.text, segment]))
  const all = stretches(written)
  const size = all.reduce((sum, pieces) => pieces.reduce((more, { text }) => more + text.length, sum), 0)
  for (const pieces of all) {
    const text = pieces.map((piece) => piece.text).join('')
    const whole = byText.get(text)
    // Its cost grows with the text on both sides, so it is for what people do by hand.
    const cover = whole || size > MOST_COVERED ? undefined : coverOf(text, segments)
    let start = 0
    for (const piece of pieces) {
      if (whole) carry(authorship, runs, piece.clock, whole, start, piece.text.length)
      else if (cover) carryCover(authorship, runs, piece.clock, cover, start, piece.text.length)
      else matchParts(authorship, runs, piece.clock, piece.text, grams, shorts)
      start += piece.text.length
    }
  }
  return runs
}

/** Text that stands in one go, in pieces where its formatting changes. */
function stretches(written: readonly Struct[]): { clock: number; text: string }[][] {
  const found: { clock: number; text: string }[][] = []
  let end = -1
  for (const { clock, length, content, origin } of written) {
    const goesOn = origin !== null && origin.clock === end - 1 && clock === end
    if (content.kind === 'text') {
      const piece = { clock, text: content.text }
      if (goesOn) found.at(-1)?.push(piece)
      else found.push([piece])
    }
    // A mark before the first text begins nothing, and one between two texts holds them together.
    if (content.kind === 'text' || (content.kind === 'mark' && goesOn)) end = clock + length
    else end = -1
  }
  return found
}

function matchParts(
  authorship: Authorship,
  runs: CarriedRun[],
  clock: number,
  text: string,
  grams: ReadonlyMap<string, Start[]>,
  shorts: ReadonlyMap<string, Segment[]>,
) {
  for (let at = 0; at + LEAST <= text.length; ) {
    let best: { segment: Segment; start: number; length: number } | undefined
    const gram = text.slice(at, at + SURE)
    for (const { segment, start } of grams.get(gram) ?? []) {
      let length = SURE
      while (at + length < text.length && text[at + length] === segment.text[start + length]) length++
      if (!best || length > best.length) best = { segment, start, length }
    }
    const short = best ? undefined : longestShort(shorts, text, at)
    if (short) best = { segment: short, start: 0, length: short.text.length }
    if (best) carry(authorship, runs, clock + at, best.segment, best.start, best.length)
    at += best?.length ?? 1
  }
}

type Part = { at: number; segment: Segment; start: number; length: number }

/**
 * A move invents nothing: text that is put together from deleted text alone is that text, however small its parts,
 * as long as they are not so many that chance could do it.
 */
function coverOf(text: string, segments: readonly Segment[]): Part[] | undefined {
  const deleted = segments.reduce((sum, segment) => sum + segment.text.length, 0)
  if (deleted > 2 * MOST_COVERED) return undefined
  const parts: Part[] = []
  for (let at = 0; at < text.length; ) {
    const part = longestAt(text, at, segments)
    if (!part || parts.length > text.length / LEAST) return undefined
    parts.push(part)
    at += part.length
  }
  return parts
}

function longestAt(text: string, at: number, segments: readonly Segment[]): Part | undefined {
  let best: Part | undefined
  for (const segment of segments) {
    const from = segment.text
    for (
      let start = from.indexOf(text.charAt(at));
      start >= 0;
      start = from.indexOf(text.charAt(at), start + 1)
    ) {
      let length = 1
      while (at + length < text.length && text[at + length] === from[start + length]) length++
      if (!best || length > best.length) best = { at, segment, start, length }
    }
  }
  return best
}

function carryCover(
  authorship: Authorship,
  runs: CarriedRun[],
  clock: number,
  cover: readonly Part[],
  from: number,
  length: number,
) {
  for (const { at, segment, start, length: all } of cover) {
    const first = Math.max(at, from)
    const last = Math.min(at + all, from + length)
    if (last > first) carry(authorship, runs, clock + first - from, segment, start + first - at, last - first)
  }
}

/** Short segments by how they begin: where paragraphs are joined, one is written again whole among other text. */
function shortOnes(segments: readonly Segment[]): Map<string, Segment[]> {
  const short = segments.filter(({ text }) => text.length >= LEAST && text.length < SURE)
  const byStart = new Map<string, Segment[]>()
  for (const segment of short) {
    const list = byStart.get(segment.text.slice(0, LEAST)) ?? []
    byStart.set(segment.text.slice(0, LEAST), list)
    if (list.length < MOST_CANDIDATES) list.push(segment)
  }
  return byStart
}

function longestShort(shorts: ReadonlyMap<string, Segment[]>, text: string, at: number): Segment | undefined {
  return shorts
    .get(text.slice(at, at + LEAST))
    ?.filter((segment) => text.startsWith(segment.text, at))
    .sort((one, other) => other.text.length - one.text.length)[0]
}

/** Where each few characters stand in the deleted text, so that many small deletions cost no more than one. */
function startsOf(segments: readonly Segment[]): Map<string, Start[]> {
  const starts = new Map<string, Start[]>()
  for (const segment of segments) {
    const { text } = segment
    for (let at = 0; at + SURE <= text.length; at++) {
      const gram = text.slice(at, at + SURE)
      const list = starts.get(gram)
      if (!list) starts.set(gram, [{ segment, start: at }])
      else if (list.length < MOST_CANDIDATES) list.push({ segment, start: at })
    }
  }
  return starts
}

/** Adds who wrote characters `start` to `start + length` of a segment, at their new clock. */
function carry(
  authorship: Authorship,
  runs: CarriedRun[],
  clock: number,
  segment: Segment,
  start: number,
  length: number,
) {
  let position = 0
  const end = start + length
  for (const from of segment.from) {
    const first = Math.max(position, start)
    const last = Math.min(position + from.length, end)
    if (last > first) {
      authorship.each(from.client, from.clock + first - position, last - first, (part, writer, at, old) => {
        const offset = old - from.clock + position - start
        runs.push([clock + offset, part, writer.person, writer.service, at, from.client, old])
      })
    }
    position += from.length
  }
}

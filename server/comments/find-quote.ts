import type { BlockId } from '../../shared/ids.ts'
import type { LogText, Span, Words } from './log-text.ts'

/** A quote as long as this is known by itself; a shorter one only by what stands around it. */
const SURE = 12
const KNOWN_AROUND = 4
const MOST_PLACES = 500

/**
 * Where a quote stands again whose mark is lost: the one place that says the same, or the one among several with the
 * same around it. Undefined where none is, or where it would be a guess.
 */
export function findQuote(text: LogText, { quote, prefix, suffix, block }: Words): Span | undefined {
  const words = inOneRow(quote)
  if (words === '') return undefined
  const places: { span: Span; score: number }[] = []
  for (let from = text.words.indexOf(words); from >= 0; from = text.words.indexOf(words, from + 1)) {
    const span = { from, to: from + words.length }
    places.push({ span, score: likeness(text, span, inOneRow(prefix), inOneRow(suffix), block) })
    if (places.length >= MOST_PLACES) break
  }
  const [best, next] = places.sort((one, other) => other.score - one.score)
  if (!best) return undefined
  if (next) return best.score > next.score && best.score >= KNOWN_AROUND ? best.span : undefined
  return best.score >= KNOWN_AROUND || words.length >= SURE ? best.span : undefined
}

/** Lines may have been split or joined since. */
export const inOneRow = (words: string): string => words.replaceAll('\n', '')

function likeness(text: LogText, span: Span, prefix: string, suffix: string, block: BlockId | null): number {
  let score = 0
  for (let at = 1; at <= prefix.length && text.words[span.from - at] === prefix.at(-at); at++) score++
  for (let at = 0; at < suffix.length && text.words[span.to + at] === suffix[at]; at++) score++
  if (prefix === '' && suffix === '' && text.isWhole(span)) score += KNOWN_AROUND
  if (block !== null && text.blocksAt(span.from)[0]?.id === block) score += KNOWN_AROUND
  return score
}

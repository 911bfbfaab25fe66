import type * as Y from 'yjs'
import { findBlock } from '../../shared/case-log/document.ts'
import { commentKey } from '../../shared/case-log/mark-key.ts'
import { blockText } from '../../shared/case-log/outline.ts'
import type { NewAnchor } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import type { ThreadId } from '../../shared/ids.ts'
import { findQuote, inOneRow } from './find-quote.ts'
import { LogText, type Span, type Words } from './log-text.ts'

const MOST_QUOTE = 4000

/** Writes a thread's mark on stretches of the text; format only, so that no character changes hands. */
export function writeMark(text: LogText, spans: readonly Span[], thread: ThreadId): void {
  const key = commentKey(thread)
  for (const { text: into, index, length } of text.placesOf(spans))
    into.format(index, length, { [key]: { thread } })
}

/** Takes a thread's mark off stretches of the text. */
export function clearMark(text: LogText, spans: readonly Span[], thread: ThreadId): void {
  const key = commentKey(thread)
  for (const { text: into, index, length } of text.placesOf(spans))
    into.format(index, length, { [key]: null })
}

/**
 * What a new thread speaks of, as the log has it: the characters that it names, or, where somebody moved them at the
 * same moment, all or some, the place that says what they said. Undefined when all of it is gone already.
 */
export function spansOfNew(text: LogText, anchor: Extract<NewAnchor, { kind: 'text' }>): Span[] | undefined {
  const named = text.spansOf(anchor.ranges)
  const isWhole = named.length > 0 && inOneRow(text.wordsOf(named).quote) === inOneRow(anchor.quote)
  const found = isWhole ? undefined : findQuote(text, { ...anchor, block: null })
  if (!found) return named.length > 0 ? named : undefined
  const isThere = named.every(({ from, to }) => from < found.to && found.from < to)
  return isThere ? [found] : named
}

/**
 * What the starter of a thread saw, as far as what stands of it bears them out: words may have been carried away at the
 * same moment and come together again. Undefined for a quote that the log contradicts.
 */
export function quoteOfNew(
  text: LogText,
  spans: readonly Span[],
  { quote }: Pick<Words, 'quote'>,
): string | undefined {
  const isBorneOut = spans.every(({ from, to }) => isFoundIn(inOneRow(quote), text.words.slice(from, to)))
  return spans.length > 0 && isBorneOut ? quote : undefined
}

/** Whether words stand in others in the same order, maybe with more between them. */
function isFoundIn(others: string, words: string): boolean {
  const wanted = [...words]
  let at = 0
  for (const character of others) if (character === wanted[at]) at++
  return at === wanted.length
}

/** How a new thread's row describes its place. Throws invalidInput for characters and blocks that no log had. */
export function describeNew(doc: Y.Doc, anchor: NewAnchor): Words & { gone: boolean } {
  if (anchor.kind === 'block') {
    const element = findBlock(doc, anchor.block)
    if (!element)
      throw new AppError('invalidInput', { field: 'body.anchor.block', reason: 'not in this log' })
    return { ...wordsOfBlock(element), block: anchor.block, gone: false }
  }
  const text = new LogText(doc)
  const spans = spansOfNew(text, anchor)
  const length = spans?.reduce((sum, { from, to }) => sum + to - from, 0) ?? 0
  if (length > MOST_QUOTE)
    throw new AppError('invalidInput', { field: 'body.anchor.ranges', reason: 'too long' })
  if (spans) return { ...text.wordsOf(spans), gone: false }
  const known = anchor.ranges.every(({ client, clock, length }) => clock + length <= stateOf(doc, client))
  if (!known) throw new AppError('invalidInput', { field: 'body.anchor.ranges', reason: 'not in this log' })
  const { quote, prefix, suffix } = anchor
  return { quote, prefix, suffix, block: null, gone: true }
}

export const wordsOfBlock = (element: Y.XmlElement): Pick<Words, 'quote' | 'prefix' | 'suffix'> => ({
  quote: blockText(element).slice(0, MOST_QUOTE),
  prefix: '',
  suffix: '',
})

const stateOf = (doc: Y.Doc, client: number): number => {
  const last = doc.store.clients.get(client)?.at(-1)
  return last ? last.id.clock + last.length : 0
}

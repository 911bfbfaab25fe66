import type { Kysely } from 'kysely'
import type { SearchHit } from '../../shared/cases.ts'
import { parseDocumentName } from '../../shared/collab/protocol.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'
import { readableCases } from './list.ts'

const MOST = 20
/** Characters of context on either side of a match. */
const AROUND = 60

const fold = (text: string): string => text.toLocaleLowerCase('nb')

/** Logs that a person may read and whose name or shared text contains the words. */
export async function searchCases(
  rows: Kysely<Database>,
  person: PersonId,
  words: string,
): Promise<SearchHit[]> {
  const cases = await readableCases(rows, person)
  if (cases.length === 0) return []
  const wanted = fold(words)
  const texts = await rows
    .selectFrom('log_texts')
    .where(
      'case_id',
      'in',
      cases.map(({ id }) => id),
    )
    .where(({ eb, fn, val }) => eb(fn<string>('lower', ['text']), 'like', val(likePattern(words))))
    .select(['case_id', 'document', 'text'])
    .execute()

  const hits: SearchHit[] = []
  for (const { id, subject } of cases) {
    const found = texts
      .filter(({ case_id, document }) => case_id === id && parseDocumentName(document)?.audience === 'shared')
      .map(({ text }) => excerptAround(text, wanted))
      .find((excerpt) => excerpt !== undefined)
    const named = fold(subject).includes(wanted)
    if (named || found !== undefined) hits.push({ case: id, subject, excerpt: named ? '' : (found ?? '') })
  }
  return hits.slice(0, MOST)
}

/**
 * Databases agree on how to fold a–z alone: every other character becomes the wildcard `_`, and so do `%` and `_`
 * themselves. The pattern finds too much rather than too little; `excerptAround` decides.
 */
const likePattern = (words: string): string =>
  `%${words
    .toLowerCase()
    .replaceAll(/\s+/g, '%')
    .replaceAll(/[^a-z0-9%]/gu, '_')}%`

/** Whole words around the first match, undefined when there is none. */
export function excerptAround(text: string, wanted: string): string | undefined {
  const flat = text.replaceAll(/\s+/g, ' ')
  const at = fold(flat).indexOf(wanted)
  if (at < 0) return undefined
  const from = at <= AROUND ? 0 : flat.indexOf(' ', at - AROUND) + 1
  const end = at + wanted.length + AROUND
  const to = end >= flat.length ? flat.length : Math.max(at + wanted.length, flat.lastIndexOf(' ', end))
  return `${from > 0 ? '… ' : ''}${flat.slice(Math.min(from, at), to)}${to < flat.length ? ' …' : ''}`
}

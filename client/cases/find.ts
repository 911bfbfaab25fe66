import type { z } from 'zod'
import type { CaseSummary, SearchHit } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'

export type Found = {
  readonly case: CaseId
  readonly name: string
  readonly excerpt: string
  readonly coordinator: string
}

const plain = (text: string) => text.toLocaleLowerCase('nb').normalize('NFC')

/** Names that are already here answer at once; the server adds hits in the text of the logs. */
export function found(
  query: string,
  cases: readonly CaseSummary[],
  hits: readonly z.infer<typeof SearchHit>[],
): Found[] {
  const wanted = plain(query.trim())
  if (!wanted) return []
  const coordinators = new Map(cases.map((one) => [one.id, one.coordinator.name]))
  const near: Found[] = cases
    .filter(({ subject, coordinator }) => plain(`${subject.name} ${coordinator.name}`).includes(wanted))
    .map(({ id, subject, coordinator }) => ({
      case: id,
      name: subject.name,
      excerpt: '',
      coordinator: coordinator.name,
    }))
  const here = new Set(near.map((one) => one.case))
  const inText = hits
    .filter((hit) => hit.excerpt || !here.has(hit.case))
    .map((hit) => ({
      case: hit.case,
      name: hit.subject,
      excerpt: hit.excerpt,
      coordinator: coordinators.get(hit.case) ?? '',
    }))
  return [...near.filter((one) => !inText.some((hit) => hit.case === one.case)), ...inText].slice(0, 12)
}

/** Takes a name out of a piece of text that a bystander may see. */
export function withoutName(text: string, name: string, short: string): string {
  return name
    .split(/\s+/)
    .filter((word) => word.length > 1)
    .reduce((left, word) => left.replaceAll(new RegExp(literal(word), 'giu'), short), text)
}

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Cuts a text at a word searched for: before, the word as it stands, after. */
export function around(text: string, query: string): readonly [string, string, string] {
  const at = text.toLocaleLowerCase('nb').indexOf(query.toLocaleLowerCase('nb'))
  return at < 0
    ? [text, '', '']
    : [text.slice(0, at), text.slice(at, at + query.length), text.slice(at + query.length)]
}

import type { CaseSummary } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'

/** «Jon Li» → «J. L.» */
export const letters = (name: string) =>
  name
    .trim()
    .split(/\s+/)
    .map((word) => `${word[0]?.toLocaleUpperCase('nb') ?? ''}.`)
    .join(' ')

/** «Jonas» → «J.»; where two people share their letters, «J. 2» tells them apart. */
export function shortNames(cases: readonly Pick<CaseSummary, 'id' | 'subject'>[]): Map<CaseId, string> {
  const seen = new Map<string, number>()
  const inOrder = [...cases].sort((a, b) => (a.id < b.id ? -1 : 1))
  return new Map(
    inOrder.map(({ id, subject }) => {
      const short = letters(subject.name)
      const nth = (seen.get(short) ?? 0) + 1
      seen.set(short, nth)
      return [id, nth === 1 ? short : `${short} ${nth}`]
    }),
  )
}

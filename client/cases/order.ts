import { useRef } from 'react'
import type { CaseSummary } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'

/** Logs in which somebody is silent come first, then by name. */
export function inOrder(
  cases: readonly CaseSummary[],
  isWaiting: (one: CaseSummary) => boolean,
): CaseSummary[] {
  return [...cases].sort(
    (a, b) =>
      Number(isWaiting(b)) - Number(isWaiting(a)) || a.subject.name.localeCompare(b.subject.name, 'nb'),
  )
}

/**
 * The same order for as long as the page is open: a colleague's typing never moves a row from under your pointer.
 * A log that arrives meanwhile comes on top.
 */
export function useSteadyOrder(
  cases: readonly CaseSummary[],
  isWaiting: (one: CaseSummary) => boolean,
): CaseSummary[] {
  const settled = useRef<readonly CaseId[]>([])
  const known = new Set(settled.current)
  const arrived = inOrder(
    cases.filter(({ id }) => !known.has(id)),
    isWaiting,
  )
  const byId = new Map(cases.map((one) => [one.id, one]))
  settled.current = [...arrived.map(({ id }) => id), ...settled.current.filter((id) => byId.has(id))]
  return settled.current.flatMap((id) => byId.get(id) ?? [])
}

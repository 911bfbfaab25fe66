import type { CaseSummary } from '../../shared/cases.ts'
import type { ServerEvent } from '../../shared/events.ts'
import type { CaseId } from '../../shared/ids.ts'
import { keys, queryClient } from '../api/queries.ts'

type NewsEvent = Extract<ServerEvent, { type: 'news' }>
const listeners = new Set<(caseId: CaseId | undefined) => void>()

/** The server has counted a log's news: the overview's row takes the numbers, and an open log asks what they are. */
export function noteNews({ case: id, count, services }: NewsEvent): void {
  const unreadOf = new Map(services.map((one) => [one.service, one.count]))
  queryClient.setQueryData<{ cases: CaseSummary[] }>(keys.cases, (known) => {
    if (!known) return known
    const cases = known.cases.map((one) => {
      if (one.id !== id) return one
      const pulses = one.pulses.map((pulse) => ({
        ...pulse,
        unread: unreadOf.get(pulse.service) ?? pulse.unread,
      }))
      return { ...one, unread: count, pulses }
    })
    return { cases }
  })
  for (const listener of listeners) listener(id)
}

/** The line to the server was down: anything may have come meanwhile. */
export function missedNews(): void {
  for (const listener of listeners) listener(undefined)
}

/** Calls when this log's news may have changed; returns how to stop. */
export function onNews(caseId: CaseId, heard: () => void): () => void {
  const listener = (id: CaseId | undefined): void => {
    if (id === undefined || id === caseId) heard()
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

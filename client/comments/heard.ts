import type { Thread } from '../../shared/comments.ts'
import type { CaseId, ThreadId } from '../../shared/ids.ts'
import { fetchThread, refetchThreads } from './queries.ts'

type Heard = { before: Thread | undefined; now: Thread }
type Listener = (heard: Heard) => void

const listeners = new Map<CaseId, Set<Listener>>()
/** Threads being fetched, and whether they changed once more meanwhile. */
const fetching = new Map<string, boolean>()

/** A thread changed at the server: that thread alone is fetched, and again if it changes meanwhile. */
export function noteThread(caseId: CaseId, thread: ThreadId): void {
  if (!listeners.has(caseId)) {
    void refetchThreads()
    return
  }
  const key = `${caseId}/${thread}`
  if (fetching.has(key)) {
    fetching.set(key, true)
    return
  }
  fetching.set(key, false)
  fetchThread(caseId, thread)
    .then((heard) => {
      if (heard) for (const listener of listeners.get(caseId) ?? []) listener(heard)
    })
    // Without a line nothing is lost: everything is asked for again when it is back.
    .catch(() => undefined)
    .finally(() => {
      const again = fetching.get(key)
      fetching.delete(key)
      if (again) noteThread(caseId, thread)
    })
}

/** Anything may have come while the line was down. */
export const missedThreads = (): void => void refetchThreads()

/** Calls with each thread of a log that changes, as it was and as it is; returns how to stop. */
export function onThread(caseId: CaseId, listener: Listener): () => void {
  const known = listeners.get(caseId) ?? new Set()
  listeners.set(caseId, known.add(listener))
  return () => {
    known.delete(listener)
    if (known.size === 0) listeners.delete(caseId)
  }
}

import { useSyncExternalStore } from 'react'
import type { CaseId, PersonId, ServiceId } from '../../shared/ids.ts'

/** Somebody writes in a log right now. */
export type Writing = { readonly person: PersonId; readonly service: ServiceId; readonly until: number }

const nobody: readonly Writing[] = []
const now = new Map<CaseId, readonly Writing[]>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Takes note of somebody writing, until the time the server gave. */
export function noteWriting(caseId: CaseId, writing: Writing): void {
  // The two clocks may differ; a writer is never shown for longer than this.
  const rest = Math.min(Math.max(writing.until - Date.now(), 1000), 10_000)
  const others = (now.get(caseId) ?? nobody).filter(({ person }) => person !== writing.person)
  now.set(caseId, [...others, writing])
  tell()
  setTimeout(() => {
    const left = (now.get(caseId) ?? nobody).filter((one) => one !== writing)
    if (left.length === 0) now.delete(caseId)
    else now.set(caseId, left)
    tell()
  }, rest)
}

/** Forgets everybody, at sign-out. */
export function forgetWriting(): void {
  now.clear()
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Who writes in this log right now. */
export const useWriting = (caseId: CaseId): readonly Writing[] =>
  useSyncExternalStore(subscribe, () => now.get(caseId) ?? nobody)

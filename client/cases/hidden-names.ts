import { useCallback, useSyncExternalStore } from 'react'
import type { CaseId } from '../../shared/ids.ts'
import { useCaseNames } from '../api/queries.ts'
import { letters, shortNames } from './short-names.ts'

const REMEMBERED = 'stafett.hideNames'
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const areHidden = () => localStorage.getItem(REMEMBERED) === 'yes'

/** Whether names are hidden on this device, for open offices, and how to switch. */
export function useNamesHidden(): readonly [hidden: boolean, toggle: () => void] {
  const hidden = useSyncExternalStore(subscribe, areHidden)
  const toggle = useCallback(() => {
    if (areHidden()) localStorage.removeItem(REMEMBERED)
    else localStorage.setItem(REMEMBERED, 'yes')
    for (const listener of listeners) listener()
  }, [])
  return [hidden, toggle]
}

/** Says a case's name as this screen may show it now. */
export function useCaseName(): (caseId: CaseId, name: string) => string {
  const [hidden] = useNamesHidden()
  const cases = useCaseNames(hidden)
  if (!hidden) return (_, name) => name
  const short = shortNames(cases ?? [])
  return (caseId, name) => short.get(caseId) ?? letters(name)
}

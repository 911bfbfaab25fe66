import { useSyncExternalStore } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'
import { createStore } from '../ui/store.ts'

/** Why the log cannot be reached or kept; `noConnection` when nobody answered at all. */
export type Trouble = ErrorCode | 'noConnection'

/** What the one fixed place on the screen says about saving. Knows nothing of Yjs, so the overview stays small. */
export type SaveStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saving' }
  /** Every change of this browser is on disk at the server. Nothing less. */
  | { readonly kind: 'saved' }
  | { readonly kind: 'offline'; readonly lines: number }
  | { readonly kind: 'back'; readonly lines: number }
  | { readonly kind: 'readOnly'; readonly lines: number }
  | { readonly kind: 'noAccess' }
  | {
      readonly kind: 'failed'
      readonly trouble: Trouble
      readonly lines: number
      /** When the next attempt starts, ms since epoch; undefined when only the person can go on. */
      readonly retryAt: number | undefined
    }

const none: SaveStatus = { kind: 'none' }
const store = createStore<SaveStatus>(none)

const same = (a: SaveStatus, b: SaveStatus): boolean => JSON.stringify(a) === JSON.stringify(b)

export const saveStatus = {
  get: store.get,
  subscribe: store.subscribe,
  set(next: SaveStatus): void {
    if (!same(store.get(), next)) store.set(next)
  },
  clear: (): void => store.set(none),
}

export const useSaveStatus = (): SaveStatus => useSyncExternalStore(store.subscribe, store.get)

const held = createStore<ReadonlySet<string>>(new Set())

/** Something is being composed, in a place of this name, and stands nowhere else. */
export function holdDraft(isHeld: boolean, where = 'line'): void {
  if (held.get().has(where) === isHeld) return
  const others = [...held.get()].filter((one) => one !== where)
  held.set(new Set(isHeld ? [...others, where] : others))
}

/** Whether text written here would be lost if the page went away now. */
export function hasUnsent(status: SaveStatus): boolean {
  if (held.get().size > 0) return true
  return status.kind === 'saving' || ('lines' in status && status.kind !== 'back' && status.lines > 0)
}

/** The same, live. */
export function useHasUnsent(status: SaveStatus): boolean {
  useSyncExternalStore(held.subscribe, held.get)
  return hasUnsent(status)
}

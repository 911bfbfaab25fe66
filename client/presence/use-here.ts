import { useEffect, useState, useSyncExternalStore } from 'react'
import type { PersonId } from '../../shared/ids.ts'
import type { LogConnection } from '../collab/connection.ts'
import { createStore, type Store } from '../ui/store.ts'
import { announceComings } from './announce-comings.ts'
import { type PersonHere, watchHere } from './here.ts'

export type HereStore = Pick<Store<readonly PersonHere[]>, 'get' | 'subscribe'>

/**
 * Who else is here; comings and goings are told politely. Always the same object, since another one would make another
 * editor, and nothing draws again for who is typing but what shows it.
 */
export function useHere(log: LogConnection, me: PersonId): HereStore {
  const [store] = useState(() => createStore<readonly PersonHere[]>([]))
  useEffect(() => {
    const watched = watchHere(log.awareness, me)
    const stop = announceComings(watched, log.state)
    const pass = () => store.set(watched.get())
    const stopPassing = watched.subscribe(pass)
    pass()
    return () => {
      stop()
      stopPassing()
      watched.stop()
      store.set([])
    }
  }, [log, me, store])
  return store
}

export const usePeopleHere = ({ subscribe, get }: HereStore): readonly PersonHere[] =>
  useSyncExternalStore(subscribe, get)

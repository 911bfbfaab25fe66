import { useEffect, useState, useSyncExternalStore } from 'react'
import type { PersonId } from '../../shared/ids.ts'
import type { LogConnection } from '../collab/connection.ts'
import { createStore, type Store } from '../collab/store.ts'
import { announceComings } from './announce-comings.ts'
import { type PersonHere, watchHere } from './here.ts'

export type HereStore = Pick<Store<readonly PersonHere[]>, 'get' | 'subscribe'>
export type Here = {
  readonly people: readonly PersonHere[]
  /** The same, for what lives outside React; one object for as long as the log is open. */
  readonly store: HereStore
}

const nobody = createStore<readonly PersonHere[]>([])

/** Who else is here; comings and goings are told politely. */
export function useHere(log: LogConnection, me: PersonId): Here {
  const [store, setStore] = useState(nobody)
  useEffect(() => {
    const watched = watchHere(log.awareness, me)
    const stop = announceComings(watched, log.state)
    setStore(watched)
    return () => {
      stop()
      watched.stop()
      setStore(nobody)
    }
  }, [log, me])
  const people = useSyncExternalStore(store.subscribe, store.get)
  return { people, store }
}

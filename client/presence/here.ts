import type { Awareness } from 'y-protocols/awareness'
import type { PersonId, ServiceId } from '../../shared/ids.ts'
import { createStore, type Store } from '../ui/store.ts'
import { stateOf } from './state-of.ts'

/** Somebody else who has this log open; once, however many tabs. */
export type PersonHere = {
  readonly person: PersonId
  readonly name: string
  readonly service: ServiceId
  /** Key of the top-level block where the caret is. */
  readonly place: string | undefined
  readonly typing: boolean
}

/** So long after the last key press somebody still counts as writing. */
const WRITES_FOR = 4000

/** Who is here, from the names that the server has put into presence. Read at most once a frame. */
export function watchHere(
  awareness: Awareness,
  me: PersonId,
): Store<readonly PersonHere[]> & { stop(): void } {
  const store = createStore<readonly PersonHere[]>([])
  /** When this browser heard of a key press; the others' clocks may be off. */
  const heard = new Map<number, { typingAt: number; at: number }>()
  let frame = 0
  let again: ReturnType<typeof setTimeout> | undefined

  const isTyping = (client: number, typingAt: number | null | undefined, now: number): boolean => {
    if (typeof typingAt !== 'number') return false
    const known = heard.get(client)
    if (known?.typingAt !== typingAt) heard.set(client, { typingAt, at: now })
    return now - (heard.get(client)?.at ?? 0) < WRITES_FOR
  }

  const read = (): void => {
    frame = 0
    const now = Date.now()
    const people = new Map<PersonId, PersonHere>()
    for (const [client, raw] of awareness.getStates()) {
      const state = stateOf(raw)
      if (!state?.user || state.user.id === me || client === awareness.clientID) continue
      const typing = isTyping(client, state.typingAt, now)
      const before = people.get(state.user.id)
      if (before && (before.typing || !typing)) continue
      const { id: person, name, service } = state.user
      people.set(person, { person, name, service, place: state.place ?? undefined, typing })
    }
    for (const client of heard.keys()) if (!awareness.getStates().has(client)) heard.delete(client)
    const next = [...people.values()]
    clearTimeout(again)
    if (next.some(({ typing }) => typing)) again = setTimeout(soon, 1000)
    if (JSON.stringify(next) !== JSON.stringify(store.get())) store.set(next)
  }
  const soon = (): void => {
    frame ||= requestAnimationFrame(read)
  }

  awareness.on('change', soon)
  soon()
  return {
    ...store,
    stop() {
      awareness.off('change', soon)
      cancelAnimationFrame(frame)
      clearTimeout(again)
    },
  }
}

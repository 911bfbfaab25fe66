import { AwarenessState } from '../../shared/collab/protocol.ts'

const checked = new WeakMap<object, AwarenessState | undefined>()

/** What somebody says of where they are; undefined when it is no such thing. Checked once: a state is replaced, never changed. */
export function stateOf(raw: object): AwarenessState | undefined {
  if (!checked.has(raw)) checked.set(raw, AwarenessState.safeParse(raw).data)
  return checked.get(raw)
}

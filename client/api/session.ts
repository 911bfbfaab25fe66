import type { PersonId } from '../../shared/ids.ts'
import { call } from './call.ts'
import { endpoints } from './endpoints.ts'
import { forgetSession, keys, queryClient } from './queries.ts'

type Leaving = () => void | Promise<void>
const leaving = new Set<Leaving>()

/** Registers what must be wiped when the person signs out, such as an open document. Returns how to undo it. */
export function onLeaving(wipe: Leaving): () => void {
  leaving.add(wipe)
  return () => leaving.delete(wipe)
}

/** Signs in as one of the demo municipality's people. */
export async function signIn(person: PersonId): Promise<void> {
  const answer = await call(endpoints.demoSignIn, { body: { person } })
  queryClient.setQueryData(keys.session, { person: answer.person, mode: 'demo' })
}

/** Ends the session here and at the server. The screen is emptied even when the server does not answer. */
export async function signOut(): Promise<void> {
  await call(endpoints.signOut, {}).catch(() => undefined)
  await leave()
}

/** Empties this browser of everything that belonged to the session. */
export async function leave(): Promise<void> {
  await Promise.allSettled([...leaving].map(async (wipe) => wipe()))
  forgetSession()
}

import type { Byline, ServerMessage } from '../../shared/collab/protocol.ts'

type Heard = Extract<ServerMessage, { type: 'bylines' }>

/** What is known of the bylines after a message: all of them, or those that changed. */
export function heardBylines(known: ReadonlyMap<string, Byline>, heard: Heard): ReadonlyMap<string, Byline> {
  const next = new Map(heard.all ? [] : known)
  for (const key of heard.gone) next.delete(key)
  for (const byline of heard.bylines) next.set(byline.key, byline)
  return next
}

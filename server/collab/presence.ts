import type { beforeHandleAwarenessPayload, beforeHandleMessagePayload } from '@hocuspocus/server'
import { removeAwarenessStates } from 'y-protocols/awareness'
import { z } from 'zod'
import { AwarenessState, LOG_FRAGMENT, limits } from '../../shared/collab/protocol.ts'
import { readFrame } from './frames.ts'
import type { CollabContext, Visit } from './visit.ts'

const ItemId = z.object({ client: z.number().int().min(0), clock: z.number().int().min(0) })
/** A relative position of Yjs as JSON. Anything else would throw in the editors of colleagues. */
const Position = z.object({
  type: ItemId.nullish(),
  tname: z.literal(LOG_FRAGMENT).nullish(),
  item: ItemId.nullish(),
  assoc: z.number().int().optional(),
})
const State = AwarenessState.extend({
  cursor: z.object({ anchor: Position, head: Position }).nullish().catch(null),
  place: AwarenessState.shape.place.catch(null),
  typingAt: AwarenessState.shape.typingAt.catch(null),
}).omit({ user: true })

/**
 * Who is here: each visitor speaks for the own client id only, and who that is comes from the session, whatever
 * the client says. Changes `states` in place, as Hocuspocus wants it. Returns whether the visitor is writing.
 */
export function cleanPresence(
  visit: Visit,
  { states }: Pick<beforeHandleAwarenessPayload<CollabContext>, 'states'>,
): boolean {
  const claimed = states.get(visit.clientId)
  states.clear()
  if (claimed === undefined) return false
  const { id, name, service } = visit.person
  const said = State.safeParse(claimed)
  const state = { ...(said.success ? said.data : {}), user: { id, name, service } }
  const fits = JSON.stringify(state).length <= limits.awareness
  states.set(visit.clientId, fits ? state : { user: state.user })
  return said.success && typeof said.data.typingAt === 'number'
}

type Frame = Pick<beforeHandleMessagePayload<CollabContext>, 'update' | 'document' | 'connection'>

/**
 * Lets a visitor leave before the socket closes. Hocuspocus drops the «no state any more» of an awareness frame
 * before its hook could see it, so the frame is read here.
 */
export function noticeLeaving(visit: Visit, { update, document, connection }: Frame): void {
  if (!readFrame(update).gone.includes(visit.clientId)) return
  removeAwarenessStates(document.awareness, [visit.clientId], { source: 'connection', connection })
}

/** The visitor is seen no more, though something of theirs may still be on its way to the disk. */
export function leavePresence({ connection, clientId }: Visit): void {
  if (connection) removeAwarenessStates(connection.document.awareness, [clientId], null)
}

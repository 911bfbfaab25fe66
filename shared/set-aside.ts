import { z } from 'zod'
import { BlockId, CaseId, PersonId, ServiceId } from './ids.ts'
import { route } from './route.ts'

/** Signs what nobody knows the writer of. No person and no service has these ids. */
export const unsure = { person: PersonId.parse('unsure'), service: ServiceId.parse('unsure') }

/** Something that a client still had and the log had lost, as after a restore. */
export const SetAsideItem = z.object({
  id: BlockId,
  /** Who wrote it; null where nobody knows. */
  person: PersonId.nullable(),
  service: ServiceId.nullable(),
  /** Whose browser brought it. */
  sentBy: PersonId,
  at: z.iso.datetime(),
  text: z.string(),
})
export type SetAsideItem = z.infer<typeof SetAsideItem>

export const Decision = z.enum(['takeIn', 'drop'])
export type Decision = z.infer<typeof Decision>

export const setAsideRoutes = {
  list: route({
    method: 'GET',
    path: '/api/cases/:id/set-aside',
    summary:
      'What was set aside in a log, since the log had lost it and only people can tell whether it belongs there',
    params: z.object({ id: CaseId }),
    query: z.object({}),
    body: z.undefined(),
    response: z.object({ items: z.array(SetAsideItem) }),
    access: 'session',
    tag: 'set-aside',
  }),
  decide: route({
    method: 'POST',
    path: '/api/cases/:id/set-aside/:item',
    summary: 'Take it into the log again, under its writer’s name, or put it away',
    params: z.object({ id: CaseId, item: BlockId }),
    query: z.object({}),
    body: z.strictObject({ decision: Decision }),
    response: z.object({}),
    access: 'session',
    tag: 'set-aside',
  }),
}

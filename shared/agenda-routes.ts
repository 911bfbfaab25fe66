import { z } from 'zod'
import { AgendaItemId, BlockId, CaseId, MeetingId, PersonId, ThreadId } from './ids.ts'
import { AgendaItem, AgendaKind, Meeting, MeetingSummary } from './meetings.ts'
import { route } from './route.ts'

const ofCase = z.object({ id: CaseId })
const ofItem = z.object({ id: MeetingId, item: AgendaItemId })
const none = z.object({})
const one = z.object({ meeting: Meeting })

export const NewAgendaItem = z.strictObject({
  id: AgendaItemId,
  kind: AgendaKind.default('free'),
  block: BlockId.nullable().default(null),
  thread: ThreadId.nullable().default(null),
  title: z.string().trim().min(1).max(200),
  minutes: z.number().int().min(1).max(240).default(5),
})
export type NewAgendaItem = z.infer<typeof NewAgendaItem>

export const agendaRoutes = {
  agendaOfCase: route({
    method: 'GET',
    path: '/api/cases/:id/agenda',
    summary: 'A log’s next meeting, and what is on its agenda or waits for one',
    params: ofCase,
    query: none,
    body: z.undefined(),
    response: z.object({
      next: MeetingSummary.nullable(),
      /** The meeting that is held right now. */
      running: MeetingSummary.nullable(),
      last: MeetingSummary.nullable(),
      /** The log's sequence number when the last one ended: what came after it is «since last meeting». */
      since: z.number().int().nullable(),
      items: z.array(AgendaItem),
    }),
    access: 'session',
    tag: 'meetings',
  }),
  putOnAgenda: route({
    method: 'POST',
    path: '/api/cases/:id/agenda',
    summary: 'Put something on the agenda of the log’s next meeting; it waits where there is none',
    params: ofCase,
    query: none,
    body: NewAgendaItem,
    response: z.object({ item: AgendaItem }),
    access: 'session',
    tag: 'meetings',
  }),
  takeOffAgenda: route({
    method: 'DELETE',
    path: '/api/cases/:id/agenda/:item',
    summary: 'Take something off the agenda again',
    params: z.object({ id: CaseId, item: AgendaItemId }),
    query: none,
    body: z.undefined(),
    response: none,
    access: 'session',
    tag: 'meetings',
  }),
  changeItem: route({
    method: 'PUT',
    path: '/api/meetings/:id/agenda/:item',
    summary:
      'Change an agenda item: its words, minutes, who brings it, outcome, or its place among the others',
    params: ofItem,
    query: none,
    body: z.strictObject({
      title: z.string().trim().min(1).max(200).optional(),
      minutes: z.number().int().min(1).max(240).optional(),
      person: PersonId.nullable().optional(),
      outcome: z.string().trim().max(1000).optional(),
      status: z.enum(['open', 'done']).optional(),
      /** Comes right after this item; null for the first place. */
      after: AgendaItemId.nullable().optional(),
    }),
    response: one,
    access: 'session',
    tag: 'meetings',
  }),
}

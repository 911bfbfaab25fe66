import { z } from 'zod'
import { CaseId, MeetingId, PersonId, ServiceId, ThreadId } from './ids.ts'

/** What the server tells a signed-in client over the `/api/events` WebSocket. Ids only, never case text. */
export const ServerEvent = z.discriminatedUnion('type', [
  /** A row of this case changed: fetch it again. */
  z.object({ type: z.literal('case'), case: CaseId }),
  /** Somebody writes in this case right now; `until` is when to stop saying so (ms since epoch). */
  z.object({
    type: z.literal('writing'),
    case: CaseId,
    person: PersonId,
    service: ServiceId,
    until: z.number(),
  }),
  /** How much of a case is new to whoever is told, and to each service. */
  z.object({
    type: z.literal('news'),
    case: CaseId,
    count: z.number(),
    services: z.array(z.object({ service: ServiceId, count: z.number() })),
  }),
  /** A thread of this case changed or is new: fetch it. */
  z.object({ type: z.literal('thread'), case: CaseId, thread: ThreadId }),
  /** A meeting that you may see changed; `revision` is what to have at least. */
  z.object({ type: z.literal('meeting'), meeting: MeetingId, revision: z.number() }),
  /** Agenda, questions, handover or disagreements of this case changed. */
  z.object({ type: z.literal('agenda'), case: CaseId }),
  /** What waits for you changed. */
  z.object({ type: z.literal('waiting') }),
  z.object({ type: z.literal('municipality') }),
  z.object({ type: z.literal('signedOut') }),
])
export type ServerEvent = z.infer<typeof ServerEvent>

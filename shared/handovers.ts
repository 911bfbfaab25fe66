import { z } from 'zod'
import { Signed } from './comments.ts'
import { CaseId, HandoverId, PersonId } from './ids.ts'
import { route } from './route.ts'

/** The baton stays with its holder until the receiver accepts. At most one handover is proposed at a time. */
export const HandoverStatus = z.enum(['proposed', 'accepted', 'declined', 'withdrawn'])

export const Handover = z.object({
  id: HandoverId,
  case: CaseId,
  from: Signed,
  to: Signed,
  message: z.string(),
  status: HandoverStatus,
  at: z.number(),
  decidedAt: z.number().nullable(),
})
export type Handover = z.infer<typeof Handover>

/** Somebody in the log who may be offered the baton, and how many logs they hold it in already. */
export const Receiver = z.object({ ...Signed.shape, title: z.string(), load: z.number().int().min(0) })
export type Receiver = z.infer<typeof Receiver>

const ofCase = z.object({ id: CaseId })
const ofHandover = z.object({ id: CaseId, handover: HandoverId })
const none = z.object({})

export const handoverRoutes = {
  current: route({
    method: 'GET',
    path: '/api/cases/:id/handover',
    summary: 'The handover that is proposed now or was decided last, and who may be offered the baton',
    params: ofCase,
    query: none,
    body: z.undefined(),
    response: z.object({
      handover: Handover.nullable(),
      /** For the holder alone; empty for everybody else. */
      receivers: z.array(Receiver),
    }),
    access: 'session',
    tag: 'handovers',
  }),
  propose: route({
    method: 'POST',
    path: '/api/cases/:id/handover',
    summary: 'Offer the baton to a professional in the log; you keep it until they accept',
    params: ofCase,
    query: none,
    body: z.strictObject({ id: HandoverId, to: PersonId, message: z.string().trim().max(500).default('') }),
    response: z.object({ handover: Handover }),
    access: 'session',
    tag: 'handovers',
  }),
  decide: route({
    method: 'PUT',
    path: '/api/cases/:id/handover/:handover',
    summary: 'Accept or decline a baton that is offered to you, or withdraw your offer',
    params: ofHandover,
    query: none,
    body: z.strictObject({ status: HandoverStatus.exclude(['proposed']) }),
    response: z.object({ handover: Handover }),
    access: 'session',
    tag: 'handovers',
  }),
}

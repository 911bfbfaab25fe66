import { z } from 'zod'
import { BlockId, CaseId, DisagreementId, PersonId } from './ids.ts'
import { Disagreement } from './meetings.ts'
import { route } from './route.ts'

const ofCase = z.object({ id: CaseId })
const ofDisagreement = z.object({ id: CaseId, disagreement: DisagreementId })
const none = z.object({})
const View = z.string().trim().min(1).max(2000)
const one = z.object({ disagreement: Disagreement })

export const disagreementRoutes = {
  list: route({
    method: 'GET',
    path: '/api/cases/:id/disagreements',
    summary: 'Goals that professionals see differently, open and closed',
    params: ofCase,
    query: none,
    body: z.undefined(),
    response: z.object({ disagreements: z.array(Disagreement) }),
    access: 'session',
    tag: 'disagreements',
  }),
  open: route({
    method: 'POST',
    path: '/api/cases/:id/disagreements',
    summary: 'Say that you see a goal differently; your view stands beside the others’',
    params: ofCase,
    query: none,
    body: z.strictObject({ id: DisagreementId, goal: BlockId, text: View }),
    response: one,
    access: 'session',
    tag: 'disagreements',
  }),
  view: route({
    method: 'PUT',
    path: '/api/cases/:id/disagreements/:disagreement/view',
    summary: 'Put your own view beside the others’, or change it',
    params: ofDisagreement,
    query: none,
    body: z.strictObject({ text: View }),
    response: one,
    access: 'session',
    tag: 'disagreements',
  }),
  close: route({
    method: 'POST',
    path: '/api/cases/:id/disagreements/:disagreement/close',
    summary: 'Close it with a decision, which the server writes into the goal, and who dissented',
    params: ofDisagreement,
    query: none,
    body: z.strictObject({ block: BlockId, decision: View, dissented: z.array(PersonId).max(40) }),
    response: one,
    access: 'session',
    tag: 'disagreements',
  }),
}

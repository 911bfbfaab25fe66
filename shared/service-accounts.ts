import { z } from 'zod'
import { PersonId, ServiceId } from './ids.ts'
import { route } from './route.ts'

/** A program that writes in logs under a name of its own. Logs are opened to it as to a person, by their coordinators. */
export const ServiceAccount = z.object({
  /** Also its id as a member of logs and as a writer. */
  id: PersonId,
  name: z.string(),
  service: ServiceId,
  madeAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ServiceAccount = z.infer<typeof ServiceAccount>

export const NewServiceAccount = z.strictObject({
  /** How its lines are signed: «Skoleruta». */
  name: z.string().trim().min(1).max(80),
  service: ServiceId,
})
export type NewServiceAccount = z.infer<typeof NewServiceAccount>

const none = z.object({})

export const serviceAccountRoutes = {
  list: route({
    method: 'GET',
    path: '/api/service-accounts',
    summary: 'The municipality’s service accounts (managers)',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({ accounts: z.array(ServiceAccount) }),
    access: 'session',
    tag: 'service-accounts',
  }),
  create: route({
    method: 'POST',
    path: '/api/service-accounts',
    summary: 'Make a service account (managers); its secret is told this once',
    params: none,
    query: none,
    body: NewServiceAccount,
    response: z.object({ account: ServiceAccount, secret: z.string() }),
    access: 'session',
    tag: 'service-accounts',
  }),
  revoke: route({
    method: 'DELETE',
    path: '/api/service-accounts/:account',
    summary: 'Revoke a service account (managers); its open connections close at once',
    params: z.object({ account: PersonId }),
    query: none,
    body: z.undefined(),
    response: none,
    access: 'session',
    tag: 'service-accounts',
  }),
}

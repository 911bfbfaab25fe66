import { z } from 'zod'
import { PersonId, ServiceId } from './ids.ts'
import { StaffRole } from './roles.ts'
import { route } from './route.ts'

export const Language = z.enum(['nb', 'en'])
export type Language = z.infer<typeof Language>

export const Person = z.object({
  id: PersonId,
  name: z.string().min(1).max(120),
  service: ServiceId,
  role: StaffRole,
  /** Occupation or relation, such as «kontaktlærer» or «mor». */
  title: z.string().max(80),
})
export type Person = z.infer<typeof Person>

export const DemoPerson = Person.pick({ id: true, name: true, service: true, title: true, role: true })

const none = z.object({})

export const peopleRoutes = {
  demoPeople: route({
    method: 'GET',
    path: '/api/demo/people',
    summary: 'The demo municipality’s people (demo mode only)',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.array(DemoPerson),
    access: 'public',
    tag: 'people',
  }),
  demoSignIn: route({
    method: 'POST',
    path: '/api/demo/sign-in',
    summary: 'Sign in as one of them; sets the session cookie (demo mode only)',
    params: none,
    query: none,
    body: z.strictObject({ person: PersonId }),
    response: z.object({ person: Person }),
    access: 'public',
    tag: 'people',
  }),
  session: route({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in; null when nobody is',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({ person: Person.nullable(), mode: z.enum(['demo', 'production']) }),
    access: 'public',
    tag: 'people',
  }),
  signOut: route({
    method: 'POST',
    path: '/api/session/sign-out',
    summary: 'End this session and close its sockets',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({}),
    access: 'session',
    tag: 'people',
  }),
}

import { z } from 'zod'
import { route } from './route.ts'

/** When an e-mail says that something waits. It never says what, or for whom. */
export const MailChoice = z.enum(['atOnce', 'daily', 'off'])
export type MailChoice = z.infer<typeof MailChoice>

const none = z.object({})
const Settings = z.object({
  /** Empty until the person has given one. */
  email: z.union([z.literal(''), z.email().max(200)]),
  mail: MailChoice,
  /** Whether this server can send e-mail at all. */
  available: z.boolean(),
})

export const notificationRoutes = {
  settings: route({
    method: 'GET',
    path: '/api/me/notifications',
    summary: 'Whether and where you get e-mail when something waits for you',
    params: none,
    query: none,
    body: z.undefined(),
    response: Settings,
    access: 'session',
    tag: 'notifications',
  }),
  choose: route({
    method: 'PUT',
    path: '/api/me/notifications',
    summary: 'Choose it',
    params: none,
    query: none,
    body: z.strictObject({ email: Settings.shape.email, mail: MailChoice }),
    response: Settings,
    access: 'session',
    tag: 'notifications',
  }),
  calendar: route({
    method: 'GET',
    path: '/api/me/calendar',
    summary: 'Whether you have a calendar link; its address is shown only when it is made',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({ madeAt: z.number().nullable() }),
    access: 'session',
    tag: 'notifications',
  }),
  makeCalendar: route({
    method: 'POST',
    path: '/api/me/calendar',
    summary: 'A private calendar link with your meetings and no case content; an older link ends',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({ url: z.string(), madeAt: z.number() }),
    access: 'session',
    tag: 'notifications',
  }),
  endCalendar: route({
    method: 'DELETE',
    path: '/api/me/calendar',
    summary: 'End your calendar link',
    params: none,
    query: none,
    body: z.undefined(),
    response: none,
    access: 'session',
    tag: 'notifications',
  }),
}

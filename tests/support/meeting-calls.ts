import type { z } from 'zod'
import { agendaRoutes } from '../../shared/agenda-routes.ts'
import { disagreementRoutes } from '../../shared/disagreement-routes.ts'
import { CaseId, MeetingId, PersonId } from '../../shared/ids.ts'
import { meetingRoutes, NewMeeting } from '../../shared/meeting-routes.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Route } from '../../shared/route.ts'
import type { TestApp } from './server.ts'

export const JONAS = CaseId.parse('logg-a')
export const SARA = CaseId.parse('logg-b')
export const ARNE = CaseId.parse('logg-c')
export const DAY = 24 * 60 * 60 * 1000

type Input = { params?: Record<string, string>; body?: unknown }
type Refused = { status: number; code: string; field?: string; reason?: string }

/** Calls of one signed-in person: what the contract promises, or how it was refused. */
export async function caller(app: TestApp, person: string) {
  const cookie = await app.signIn(person)

  async function send(route: Route, { params = {}, body }: Input): Promise<Response> {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
    return fetch(`${app.url}${path}`, {
      method: route.method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  return {
    cookie,
    async ask<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
      route: Route<P, Q, B, R>,
      input: Input = {},
    ): Promise<z.output<R>> {
      const answer = await send(route, input)
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${person}: ${route.method} ${route.path} → ${answer.status} ${text}`)
      return route.response.parse(JSON.parse(text))
    },
    async refused(route: Route, input: Input = {}): Promise<Refused> {
      const answer = await send(route, input)
      if (answer.ok) throw new Error(`${person}: ${route.method} ${route.path} was not refused`)
      const { error }: { error: Omit<Refused, 'status'> } = await answer.json()
      return { status: answer.status, ...error }
    },
  }
}
export type Caller = Awaited<ReturnType<typeof caller>>

let drawn = 0
/** A new id for a meeting, an item … */
export const newId = (): string => `t-${process.pid}-${Date.now().toString(36)}-${++drawn}`

/** A meeting as a dialog would ask for it. */
export const meetingAbout = (
  cases: readonly string[],
  rest: Partial<z.input<typeof NewMeeting>> = {},
): z.output<typeof NewMeeting> =>
  NewMeeting.parse({
    id: MeetingId.parse(newId()),
    cases: [...cases],
    kind: cases.length === 1 ? 'case' : 'team',
    title: 'Samarbeidsmøte',
    times: [Date.now() + 7 * DAY],
    minutes: 30,
    place: 'Møterom 2',
    link: '',
    leader: PersonId.parse('maren'),
    ...rest,
  })

export const call = async (by: Caller, body: z.output<typeof NewMeeting>): Promise<Meeting> =>
  (await by.ask(meetingRoutes.call, { body })).meeting

export { agendaRoutes, disagreementRoutes, meetingRoutes }

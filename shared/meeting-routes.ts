import { z } from 'zod'
import { Attainment } from './cases.ts'
import { AgendaItemId, BlockId, CaseId, MeetingId, PersonId, ServiceId } from './ids.ts'
import { AgreedSoFar, Meeting, MeetingAnswer, MeetingSummary, Minutes, Repeat } from './meetings.ts'
import { route } from './route.ts'

const ofMeeting = z.object({ id: MeetingId })
const none = z.object({})
const one = z.object({ meeting: Meeting })

const Time = z.number().int().min(0)
const Link = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)])
const LeftOut = z.strictObject({ person: PersonId, reason: z.string().trim().min(1).max(300) })

/** What can be said of a meeting's when and where. */
const arrangement = {
  title: z.string().trim().min(1).max(120),
  /** One time calls it; several are proposed and answered; none is a meeting without a date yet. */
  times: z.array(Time).max(8),
  minutes: z.number().int().min(5).max(480),
  place: z.string().trim().max(120),
  link: Link,
  leader: PersonId,
}

export const NewMeeting = z.strictObject({
  /** Drawn by the client: the same id again is the same meeting. */
  id: MeetingId,
  cases: z.array(CaseId).min(1).max(60),
  kind: z.enum(['case', 'team']),
  ...arrangement,
  repeats: Repeat.nullable().default(null),
  /** Beyond the default: everybody in the log, guardians and the young person included. */
  invite: z.array(PersonId).max(60).default([]),
  /** Who of the default is not invited, and why. Never without a reason. */
  leftOut: z.array(LeftOut).max(60).default([]),
})
export type NewMeeting = z.infer<typeof NewMeeting>

const meeting = <M extends 'POST' | 'PUT' | 'DELETE', B extends z.ZodType>(
  method: M,
  path: `/api/meetings/:id${string}`,
  summary: string,
  body: B,
) =>
  route({
    method,
    path,
    summary,
    params: ofMeeting,
    query: none,
    body,
    response: one,
    access: 'session',
    tag: 'meetings',
  })

export const meetingRoutes = {
  list: route({
    method: 'GET',
    path: '/api/meetings',
    summary: 'Meetings that you are invited to, or that are about logs you may read; next ones first',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({
      meetings: z.array(MeetingSummary),
      /** Logs that somebody has put on an agenda that was not reached yet; `item` when you did it, to take it back. */
      onAgenda: z.array(z.object({ case: CaseId, item: AgendaItemId.nullable() })),
    }),
    access: 'session',
    tag: 'meetings',
  }),
  call: route({
    method: 'POST',
    path: '/api/meetings',
    summary: 'Call a meeting, or propose times for one',
    params: none,
    query: none,
    body: NewMeeting,
    response: one,
    access: 'session',
    tag: 'meetings',
  }),
  one: route({
    method: 'GET',
    path: '/api/meetings/:id',
    summary: 'One meeting: people, agenda, and where it is while it is held',
    params: ofMeeting,
    query: none,
    body: z.undefined(),
    response: one,
    access: 'session',
    tag: 'meetings',
  }),
  change: meeting(
    'PUT',
    '/api/meetings/:id',
    'Move a meeting, or change its place, leader or people; those invited are told',
    z
      .strictObject(arrangement)
      .partial()
      .extend({
        invite: z.array(PersonId).max(60).optional(),
        leftOut: z.array(LeftOut).max(60).optional(),
      }),
  ),
  cancel: meeting('DELETE', '/api/meetings/:id', 'Cancel a meeting; those invited are told', z.undefined()),
  answer: meeting(
    'PUT',
    '/api/meetings/:id/answer',
    'Say whether you come, or which of the proposed times suit you',
    z.strictObject({
      answer: MeetingAnswer.optional(),
      times: z
        .array(z.strictObject({ time: BlockId, answer: MeetingAnswer }))
        .max(8)
        .optional(),
    }),
  ),
  start: meeting('POST', '/api/meetings/:id/start', 'Begin; who begins leads it', z.undefined()),
  move: meeting(
    'PUT',
    '/api/meetings/:id/place',
    'The leader moves the meeting to an agenda item; every screen follows',
    z.strictObject({ item: AgendaItemId }),
  ),
  lead: meeting(
    'PUT',
    '/api/meetings/:id/lead',
    'Pass the lead to somebody, or take it over from a leader who is not connected',
    z.strictObject({ person: PersonId }),
  ),
  attend: meeting(
    'PUT',
    '/api/meetings/:id/attendance',
    'Say who is there',
    z.strictObject({ person: PersonId, attended: z.boolean().nullable() }),
  ),
  addGuest: meeting(
    'POST',
    '/api/meetings/:id/guests',
    'Somebody who is there and not in Stafett',
    z.strictObject({
      id: BlockId,
      name: z.string().trim().min(1).max(80),
      about: z.string().trim().max(80).default(''),
    }),
  ),
  removeGuest: route({
    method: 'DELETE',
    path: '/api/meetings/:id/guests/:guest',
    summary: 'Take a guest off the list again',
    params: z.object({ id: MeetingId, guest: BlockId }),
    query: none,
    body: z.undefined(),
    response: one,
    access: 'session',
    tag: 'meetings',
  }),
  rate: meeting(
    'POST',
    '/api/meetings/:id/ratings',
    'The leader says where a service in the meeting sees a goal; the server writes it, signed so. One’s own service is rated in the log',
    z.strictObject({
      case: CaseId,
      evaluation: BlockId,
      goal: BlockId,
      service: ServiceId,
      score: Attainment,
    }),
  ),
  minute: meeting(
    'POST',
    '/api/meetings/:id/lines',
    'A signed line in the minutes, for who does not write in the log',
    z.strictObject({ id: BlockId, case: CaseId, text: z.string().trim().min(1).max(2000) }),
  ),
  soFar: route({
    method: 'GET',
    path: '/api/meetings/:id/so-far',
    summary: 'What has been agreed in a meeting until now, about each of its logs that you may read',
    params: ofMeeting,
    query: none,
    body: z.undefined(),
    response: z.object({ logs: z.array(AgreedSoFar) }),
    access: 'session',
    tag: 'meetings',
  }),
  end: meeting(
    'POST',
    '/api/meetings/:id/end',
    'End it; what was not reached moves to the next one, which is called for this time',
    z.strictObject({ next: Time.nullable() }),
  ),
  minutes: route({
    method: 'GET',
    path: '/api/meetings/:id/minutes',
    summary: 'What came of a meeting: made from what happened, frozen once it is signed',
    params: ofMeeting,
    query: none,
    body: z.undefined(),
    response: z.object({ minutes: Minutes }),
    access: 'session',
    tag: 'meetings',
  }),
  remark: meeting(
    'PUT',
    '/api/meetings/:id/minutes',
    'The leader’s words in the minutes, until they are signed',
    z.strictObject({
      case: CaseId,
      text: z.string().max(20_000).optional(),
      remark: z.string().max(4000).optional(),
    }),
  ),
  sign: meeting(
    'POST',
    '/api/meetings/:id/sign',
    'Sign the minutes: they are frozen with a checksum, and the moment gets a name in the log’s history',
    z.undefined(),
  ),
}

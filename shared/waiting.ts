import { z } from 'zod'
import { MeasureStatus } from './blocks/measure.ts'
import { GoalSummary } from './cases.ts'
import { Signed } from './comments.ts'
import { BlockId, CaseId, HandoverId, MeetingId, QuestionId, ThreadId } from './ids.ts'
import { route } from './route.ts'

/** Names one thing that waits: `question:<id>`, `mention:<comment>`, `measure:<case>:<block>` … */
export const WaitingKey = z.string().regex(/^[a-zA-Z]{3,20}(:[a-zA-Z0-9_-]{1,64}){1,3}$/)
export type WaitingKey = z.infer<typeof WaitingKey>

const common = {
  key: WaitingKey,
  /** Null only for a meeting over several logs. */
  case: z.object({ id: CaseId, name: z.string() }).nullable(),
  at: z.number(),
  /** When the log's next meeting starts; null where none is called. */
  nextMeeting: z.number().nullable(),
}

/** What waits for you: answered in place, or put off. */
export const WaitingItem = z.discriminatedUnion('kind', [
  /** Somebody speaks to you, or to your service, in a comment. */
  z.object({ ...common, kind: z.literal('mention'), by: Signed, thread: ThreadId, text: z.string() }),
  /** Somebody asks your service. */
  z.object({
    ...common,
    kind: z.literal('question'),
    by: Signed,
    question: QuestionId,
    thread: ThreadId.nullable(),
    text: z.string(),
  }),
  /** Somebody answered what you asked, or wrote in a thread that you began or wrote in. */
  z.object({
    ...common,
    kind: z.literal('answer'),
    by: Signed,
    thread: ThreadId.nullable(),
    question: QuestionId.nullable(),
    text: z.string(),
  }),
  /** The baton is offered to you. */
  z.object({ ...common, kind: z.literal('handover'), by: Signed, handover: HandoverId, text: z.string() }),
  /** A measure of yours, or of your service with nobody named, is due. */
  z.object({
    ...common,
    kind: z.literal('measure'),
    block: BlockId,
    text: z.string(),
    status: MeasureStatus,
    due: z.iso.date(),
  }),
  /** A goal is due for review, and your service has not said where it sees it. */
  z.object({
    ...common,
    kind: z.literal('evaluation'),
    goal: GoalSummary.pick({ id: true, number: true, title: true }),
    /** Wording of the five steps from −2 to +2; empty where the goal has none of its own. */
    steps: z.array(z.string()).length(5),
    due: z.iso.date(),
  }),
  /** You are called to a meeting, or asked which time suits you. */
  z.object({
    ...common,
    kind: z.literal('meeting'),
    by: Signed,
    meeting: MeetingId,
    title: z.string(),
    startsAt: z.number().nullable(),
  }),
  /** You were invited and not there: the minutes are ready. */
  z.object({
    ...common,
    kind: z.literal('minutes'),
    by: Signed,
    meeting: MeetingId,
    title: z.string(),
    startsAt: z.number().nullable(),
  }),
])
export type WaitingItem = z.infer<typeof WaitingItem>

/** Until when something is put off: the morning after, the log's next meeting, or a day. */
export const PutOff = z.union([z.enum(['tomorrow', 'nextMeeting']), z.iso.date()])
export type PutOff = z.infer<typeof PutOff>

const ofMeasure = z.object({ id: CaseId, measure: BlockId })
const ofKey = z.object({ key: WaitingKey })
const none = z.object({})

export const waitingRoutes = {
  list: route({
    method: 'GET',
    path: '/api/waiting',
    summary: 'What waits for you, most urgent first',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({
      items: z.array(WaitingItem),
      /** How many more are put off. */
      putOff: z.number().int().min(0),
      /** Comments by others that you have not had on the screen, by log. */
      comments: z.array(z.object({ case: CaseId, count: z.number().int().min(0) })),
    }),
    access: 'session',
    tag: 'waiting',
  }),
  putOff: route({
    method: 'PUT',
    path: '/api/waiting/:key/later',
    summary: 'Put something off; on every device',
    params: ofKey,
    query: none,
    body: z.strictObject({ until: PutOff }),
    response: none,
    access: 'session',
    tag: 'waiting',
  }),
  takeUp: route({
    method: 'DELETE',
    path: '/api/waiting/:key/later',
    summary: 'Take something up again that was put off or seen',
    params: ofKey,
    query: none,
    body: z.undefined(),
    response: none,
    access: 'session',
    tag: 'waiting',
  }),
  measure: route({
    method: 'PUT',
    path: '/api/cases/:id/measures/:measure/status',
    summary: 'Say how a measure stands; the server writes it into the log',
    params: ofMeasure,
    query: none,
    body: z.strictObject({ status: MeasureStatus }),
    response: none,
    access: 'session',
    tag: 'waiting',
  }),
  done: route({
    method: 'POST',
    path: '/api/waiting/:key/done',
    summary: 'Say that you have seen it: a mention, an answer or minutes',
    params: ofKey,
    query: none,
    body: z.undefined(),
    response: none,
    access: 'session',
    tag: 'waiting',
  }),
}

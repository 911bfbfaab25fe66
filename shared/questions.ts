import { z } from 'zod'
import { Signed } from './comments.ts'
import { BlockId, CaseId, QuestionId, ServiceId, ThreadId } from './ids.ts'
import { route } from './route.ts'

/** A question to a service about a log. A service is asked at most once a day about a log, whoever asks. */
export const Question = z.object({
  id: QuestionId,
  case: CaseId,
  service: ServiceId,
  by: Signed,
  at: z.number(),
  /** Empty for the bare «no line for 17 days, how is it going?». */
  text: z.string(),
  /** The thread that became this question; the answer is a reply there too. */
  thread: ThreadId.nullable(),
  /** The answer, which is also a signed line in the log. */
  answer: z.object({ by: Signed, at: z.number(), text: z.string() }).nullable(),
})
export type Question = z.infer<typeof Question>

const ofCase = z.object({ id: CaseId })
const ofQuestion = z.object({ id: CaseId, question: QuestionId })
const none = z.object({})

export const questionRoutes = {
  list: route({
    method: 'GET',
    path: '/api/cases/:id/questions',
    summary: 'Questions in a log that wait for an answer, and when each service may be asked again',
    params: ofCase,
    query: none,
    body: z.undefined(),
    response: z.object({
      questions: z.array(Question),
      askedToday: z.array(z.object({ service: ServiceId, until: z.number() })),
    }),
    access: 'session',
    tag: 'questions',
  }),
  ask: route({
    method: 'POST',
    path: '/api/cases/:id/questions',
    summary: 'Ask a service for a line; once a day at most, else tooMany',
    params: ofCase,
    query: none,
    body: z.strictObject({
      /** Drawn by the client: the same id again is the same question. */
      id: QuestionId,
      service: ServiceId,
      text: z.string().trim().max(500).default(''),
    }),
    response: z.object({ question: Question }),
    access: 'session',
    tag: 'questions',
  }),
  answer: route({
    method: 'POST',
    path: '/api/cases/:id/questions/:question/answer',
    summary: 'Answer with one line, which the server writes into the log under your name',
    params: ofQuestion,
    query: none,
    body: z.strictObject({
      /** Id of the line: the same again is the same answer. */
      line: BlockId,
      text: z.string().trim().min(1).max(2000),
    }),
    response: z.object({ question: Question }),
    access: 'session',
    tag: 'questions',
  }),
  withdraw: route({
    method: 'DELETE',
    path: '/api/cases/:id/questions/:question',
    summary: 'Take back a question of your own that nobody has answered',
    params: ofQuestion,
    query: none,
    body: z.undefined(),
    response: none,
    access: 'session',
    tag: 'questions',
  }),
}

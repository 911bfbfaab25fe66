import { z } from 'zod'
import { BlockId, CaseId, PersonId, ServiceId } from './ids.ts'
import { Person } from './people.ts'
import { CaseRole, GivenRole } from './roles.ts'
import { route } from './route.ts'

export const CaseStatus = z.enum(['draft', 'active', 'paused', 'closed', 'withdrawn'])
export const Level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
export const SubjectKind = z.enum(['child', 'youth', 'expecting', 'adult'])

/** Goal attainment (GAS): −2 … +2. */
export const Attainment = z.union([z.literal(-2), z.literal(-1), z.literal(0), z.literal(1), z.literal(2)])
export type Attainment = z.infer<typeof Attainment>

export const GoalStatus = z.enum(['proposed', 'active', 'paused', 'reached', 'abandoned'])
export type GoalStatus = z.infer<typeof GoalStatus>

const IsoDateTime = z.iso.datetime()

/** The person the log is for. No national identity number, ever. */
export const Subject = z.object({
  name: z.string().min(1).max(80),
  kind: SubjectKind,
  /** Where they are, in a few words: «10 år · 5. trinn, Fjordvik skole». */
  about: z.string().max(120),
})

export const GoalSummary = z.object({
  id: BlockId,
  number: z.number().int().min(1),
  title: z.string(),
  status: GoalStatus,
  /** Latest step per service, side by side and never averaged. */
  ratings: z.array(z.object({ service: ServiceId, score: Attainment })),
})
export type GoalSummary = z.infer<typeof GoalSummary>

export const ServicePulse = z.object({
  service: ServiceId,
  /** When the service last wrote; null when it takes part and has not written. */
  lastLineAt: IsoDateTime.nullable(),
  /** Changes that none of the service's people in the log have read; null while they are being counted. */
  unread: z.number().int().min(0).nullable(),
  /** The service was asked today: when it may be asked again (ms since epoch). */
  askAgainAt: z.number().nullable(),
})

export const CaseSummary = z.object({
  id: CaseId,
  subject: Subject,
  status: CaseStatus,
  level: Level,
  coordinator: z.object({ person: PersonId, name: z.string(), service: ServiceId }),
  role: CaseRole,
  goals: z.array(GoalSummary),
  pulses: z.array(ServicePulse),
  /** Blocks that others changed since you last read them; null while they are being counted. */
  unread: z.number().int().min(0).nullable(),
  updatedAt: IsoDateTime,
})
export type CaseSummary = z.infer<typeof CaseSummary>

export const Member = z.object({
  person: PersonId,
  name: z.string(),
  title: z.string(),
  service: ServiceId,
  role: CaseRole,
  lastLineAt: IsoDateTime.nullable(),
  /** The parts that the coordinator can give this person. */
  parts: z.array(GivenRole),
})
export type Member = z.infer<typeof Member>

export const CaseDetail = CaseSummary.omit({ goals: true, pulses: true, unread: true }).extend({
  /** Name of the shared document, `case/<id>/shared`. */
  document: z.string(),
  members: z.array(Member),
  /** Findings of the projection that somebody should see, such as two blocks with one id. */
  warnings: z.array(z.object({ kind: z.enum(['duplicateBlockId']), block: BlockId })),
  /** How much waits for you to decide: what the log had lost and somebody's browser brought back. */
  setAside: z.number().int().min(0),
})
export type CaseDetail = z.infer<typeof CaseDetail>

export const NewCase = z.strictObject({
  subject: z.strictObject({
    name: z.string().trim().min(1).max(80),
    kind: SubjectKind,
    about: z.string().trim().max(120).default(''),
  }),
  concern: z.string().trim().min(1).max(2000),
  /** The service that raises the concern; one the writer belongs to. */
  service: ServiceId,
  /** People to invite from the start. */
  members: z.array(PersonId).max(40).default([]),
  /** Drawn by the client: the same again is the same log, so a retry never starts two. */
  request: BlockId.optional(),
})
export type NewCase = z.infer<typeof NewCase>

/** A signed line that the server writes on behalf of somebody with a read-only connection. */
export const NewLine = z.strictObject({
  /** Drawn by the client: the same id again is the same line, so a retry never doubles it. */
  id: BlockId,
  text: z.string().trim().max(2000),
  /** Rates this goal with the text as its line; without it, the line stands at the end of the log. */
  goal: z.strictObject({ block: BlockId, score: Attainment }).optional(),
})
export type NewLine = z.infer<typeof NewLine>

export const SearchHit = z.object({
  case: CaseId,
  subject: z.string(),
  /** Words around the match; empty when the name matched. */
  excerpt: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

const byId = z.object({ id: CaseId })
const memberOf = z.object({ id: CaseId, person: PersonId })
const none = z.object({})

export const caseRoutes = {
  list: route({
    method: 'GET',
    path: '/api/cases',
    summary: 'The logs you are a member of',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({ cases: z.array(CaseSummary) }),
    access: 'session',
    tag: 'cases',
  }),
  create: route({
    method: 'POST',
    path: '/api/cases',
    summary: 'Start a log; the writer becomes coordinator',
    params: none,
    query: none,
    body: NewCase,
    response: z.object({ id: CaseId }),
    access: 'session',
    tag: 'cases',
  }),
  detail: route({
    method: 'GET',
    path: '/api/cases/:id',
    summary: 'One log: coordinator, members, document name',
    params: byId,
    query: none,
    body: z.undefined(),
    response: CaseDetail,
    access: 'session',
    tag: 'cases',
  }),
  colleagues: route({
    method: 'GET',
    path: '/api/people',
    summary: 'People who can be invited to a new log',
    params: none,
    query: none,
    body: z.undefined(),
    response: z.object({ people: z.array(Person) }),
    access: 'session',
    tag: 'cases',
  }),
  addLine: route({
    method: 'POST',
    path: '/api/cases/:id/lines',
    summary: 'Have the server write your signed line, or your rating of a goal',
    params: byId,
    query: none,
    body: NewLine,
    response: z.object({ id: BlockId }),
    access: 'session',
    tag: 'cases',
  }),
  takeBackRating: route({
    method: 'DELETE',
    path: '/api/cases/:id/lines/:line',
    summary: 'Take back a rating that the server wrote for you a moment ago',
    params: z.object({ id: CaseId, line: BlockId }),
    query: none,
    body: z.undefined(),
    response: z.object({}),
    access: 'session',
    tag: 'cases',
  }),
  setMember: route({
    method: 'PUT',
    path: '/api/cases/:id/members/:person',
    summary: 'Invite somebody to a log, or change their part in it; reaches open connections at once',
    params: memberOf,
    query: none,
    body: z.strictObject({ role: GivenRole }),
    response: z.object({}),
    access: 'session',
    tag: 'cases',
  }),
  removeMember: route({
    method: 'DELETE',
    path: '/api/cases/:id/members/:person',
    summary: 'End somebody’s part in a log; their open connections close at once',
    params: memberOf,
    query: none,
    body: z.undefined(),
    response: z.object({}),
    access: 'session',
    tag: 'cases',
  }),
  search: route({
    method: 'GET',
    path: '/api/search',
    summary: 'Search by name and text in the logs you may read',
    params: none,
    query: z.object({ q: z.string().trim().min(2).max(100) }),
    body: z.undefined(),
    response: z.object({ hits: z.array(SearchHit) }),
    access: 'session',
    tag: 'cases',
  }),
}

import type { Kysely } from 'kysely'
import { z } from 'zod'
import { type CaseDetail, CaseSummary, GoalSummary, Member } from '../../shared/cases.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId, type PersonId } from '../../shared/ids.ts'
import { CaseRole, can, rolesOpenTo, StaffRole } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'
import { askedTodayIn } from '../questions/rows.ts'
import { countWaiting } from '../set-aside/rows.ts'

type Rows = Kysely<Database>

/** The logs that a person may read, newest change first. */
export async function listCases(rows: Rows, person: PersonId, now: number): Promise<CaseSummary[]> {
  const found = await casesOf(rows, person).orderBy('cases.updated_at', 'desc').execute()
  const readable = found.filter(({ role }) => can(CaseRole.parse(role), 'log.read'))
  if (readable.length === 0) return []
  const ids = readable.map(({ id }) => id)
  const goals = await rows
    .selectFrom('goals')
    .where('case_id', 'in', ids)
    .orderBy('number')
    .select(['case_id', 'id', 'number', 'title', 'status', 'ratings'])
    .execute()
  const members = await rows.selectFrom('memberships').where('case_id', 'in', ids).selectAll().execute()
  const lines = await rows.selectFrom('service_lines').where('case_id', 'in', ids).selectAll().execute()
  const unread = await unreadIn(rows, ids)
  const asked = await askedTodayIn(rows, ids, now)

  return readable.map((row) => {
    const lastLine = new Map(
      lines
        .filter(({ case_id }) => case_id === row.id)
        .map(({ service, last_line_at }) => [service, last_line_at]),
    )
    const taking = members.filter(
      ({ case_id, role }) => case_id === row.id && can(CaseRole.parse(role), 'log.addLine'),
    )
    const services = new Set([...taking.map(({ service }) => service), ...lastLine.keys()])
    return CaseSummary.parse({
      ...factsOf(row),
      goals: goals
        .filter(({ case_id }) => case_id === row.id)
        .map(({ case_id: _, ratings, ...goal }) => ({
          ...goal,
          ratings: Ratings.parse(JSON.parse(ratings)),
        })),
      pulses: [...services].map((service) => ({
        service,
        lastLineAt: iso(lastLine.get(service)),
        unread: unread(row.id, `service:${service}`),
        askAgainAt: asked(row.id, service),
      })),
      unread: unread(row.id, `person:${person}`),
    })
  })
}

/** One log as its member sees it; undefined for anybody else. */
export async function caseDetail(
  rows: Rows,
  caseId: CaseId,
  person: PersonId,
): Promise<CaseDetail | undefined> {
  const row = await casesOf(rows, person).where('cases.id', '=', caseId).executeTakeFirst()
  if (!row) return undefined
  const members = await rows
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person')
    .leftJoin('person_lines', (join) =>
      join
        .onRef('person_lines.case_id', '=', 'memberships.case_id')
        .onRef('person_lines.person', '=', 'memberships.person'),
    )
    .where('memberships.case_id', '=', caseId)
    .orderBy('people.name')
    .select(['people.id as person', 'people.name', 'people.title', 'memberships.service', 'memberships.role'])
    .select(['people.role as staff_role', 'person_lines.last_line_at'])
    .execute()
  const warnings = await rows
    .selectFrom('projection_warnings')
    .where('case_id', '=', caseId)
    .select(['kind', 'block'])
    .execute()
  return {
    ...CaseFacts.parse(factsOf(row)),
    document: documentName(caseId, 'shared'),
    members: members.map(({ last_line_at, staff_role, ...member }) =>
      Member.parse({
        ...member,
        lastLineAt: iso(last_line_at),
        parts: rolesOpenTo[StaffRole.parse(staff_role)],
      }),
    ),
    warnings: Warnings.parse(warnings),
    setAside: can(CaseRole.parse(row.role), 'setAside.decide') ? await countWaiting(rows, caseId) : 0,
  }
}

/** Ids of the logs that a person may read. */
export async function readableCases(
  rows: Rows,
  person: PersonId,
): Promise<{ id: CaseId; subject: string }[]> {
  const found = await casesOf(rows, person).execute()
  return found
    .filter(({ role }) => can(CaseRole.parse(role), 'log.read'))
    .map(({ id, subject_name }) => ({ id: CaseId.parse(id), subject: subject_name }))
}

/** How much is new in these logs, by reader. */
async function unreadIn(rows: Rows, ids: readonly string[]) {
  const documents = ids.map((id) => documentName(CaseId.parse(id), 'shared'))
  const counts = await rows.selectFrom('news_counts').where('document', 'in', documents).selectAll().execute()
  const known = new Map(counts.map(({ document, reader, count }) => [`${document} ${reader}`, count]))
  return (id: string, reader: string): number | null =>
    known.get(`${documentName(CaseId.parse(id), 'shared')} ${reader}`) ?? null
}

const CaseFacts = CaseSummary.omit({ goals: true, pulses: true, unread: true })
const Ratings = GoalSummary.shape.ratings
const Warnings = z.array(z.object({ kind: z.literal('duplicateBlockId'), block: GoalSummary.shape.id }))

const casesOf = (rows: Rows, person: PersonId) =>
  rows
    .selectFrom('memberships')
    .innerJoin('cases', 'cases.id', 'memberships.case_id')
    .innerJoin('people', 'people.id', 'cases.coordinator')
    .where('memberships.person', '=', person)
    .selectAll('cases')
    .select(['memberships.role', 'people.name as coordinator_name', 'people.service as coordinator_service'])

type CaseRow = Awaited<ReturnType<ReturnType<typeof casesOf>['executeTakeFirstOrThrow']>>

const factsOf = (row: CaseRow) => ({
  id: row.id,
  subject: { name: row.subject_name, kind: row.subject_kind, about: row.subject_about },
  status: row.status,
  level: row.level,
  coordinator: { person: row.coordinator, name: row.coordinator_name, service: row.coordinator_service },
  role: row.role,
  updatedAt: iso(row.updated_at),
})

const iso = (at: number | null | undefined): string | null => (at == null ? null : new Date(at).toISOString())

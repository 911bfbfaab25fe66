import type { Kysely } from 'kysely'
import { CaseId, PersonId, type QuestionId, type ServiceId } from '../../shared/ids.ts'
import { Question } from '../../shared/questions.ts'
import { CaseRole, can } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'
import { dayAfter, dayOf, timeOn } from '../municipality/day.ts'

type Rows = Kysely<Database>

/** One question of a log; undefined for one that is not there or was taken back. */
export async function findQuestion(rows: Rows, caseId: CaseId, id: QuestionId) {
  const row = await questionRows(rows, caseId).where('questions.id', '=', id).executeTakeFirst()
  return row && { ...questionOf(row), line: row.line }
}

/** Questions of a log that nobody has answered, oldest first. */
export async function openQuestions(rows: Rows, caseId: CaseId): Promise<Question[]> {
  const open = await questionRows(rows, caseId)
    .where('questions.answered_at', 'is', null)
    .orderBy('questions.at')
    .execute()
  return open.map(questionOf)
}

/** Services that were asked about a log today, and when each may be asked again. */
export async function askedToday(rows: Rows, caseId: CaseId, now: number) {
  const asked = await askedOn(rows, [caseId], now)
  return asked.map(({ service }) => ({ service, until: tomorrow(now) }))
}

/** When a service may be asked about a log again; null where nobody has asked it today. */
export async function askedTodayIn(rows: Rows, ids: readonly string[], now: number) {
  const asked = await askedOn(rows, ids, now)
  return (caseId: string, service: string): number | null =>
    asked.some((one) => one.case_id === caseId && one.service === service) ? tomorrow(now) : null
}

const tomorrow = (now: number): number => timeOn(dayAfter(dayOf(now)))

const askedOn = (rows: Rows, ids: readonly string[], now: number) =>
  rows
    .selectFrom('questions')
    .where('case_id', 'in', [...ids])
    .where('day', '=', dayOf(now))
    .orderBy('service')
    .select(['case_id', 'service'])
    .execute()

/** The people of a service in a log who can answer for it. */
export async function peopleOf(rows: Rows, caseId: CaseId, service: ServiceId): Promise<PersonId[]> {
  const members = await rows
    .selectFrom('memberships')
    .where('case_id', '=', caseId)
    .where('service', '=', service)
    .select(['person', 'role'])
    .execute()
  return members
    .filter(({ role }) => can(CaseRole.parse(role), 'log.addLine'))
    .map(({ person }) => PersonId.parse(person))
}

const questionRows = (rows: Rows, caseId: CaseId) =>
  rows
    .selectFrom('questions')
    .innerJoin('people as asker', 'asker.id', 'questions.person')
    .leftJoin('people as answerer', 'answerer.id', 'questions.answered_by')
    .where('questions.case_id', '=', caseId)
    .where('questions.withdrawn_at', 'is', null)
    .selectAll('questions')
    .select(['asker.name as asker_name', 'asker.service as asker_service'])
    .select(['answerer.name as answerer_name', 'answerer.service as answerer_service'])

function questionOf(row: Awaited<ReturnType<ReturnType<typeof questionRows>['executeTakeFirstOrThrow']>>) {
  const { answered_by: person, answerer_name: name, answerer_service: service, answered_at: at } = row
  return Question.parse({
    id: row.id,
    case: CaseId.parse(row.case_id),
    service: row.service,
    by: { person: row.person, name: row.asker_name, service: row.asker_service },
    at: row.at,
    text: row.text,
    thread: row.thread_id,
    answer: person === null ? null : { by: { person, name, service }, at, text: row.answer },
  })
}

import type { Transaction } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import { insertItem, itemsOf, nextMeetingOf } from '../meetings/agenda-rows.ts'

type NewItem = {
  id: string
  caseId: CaseId
  thread: ThreadId
  title: string
  /** One meeting of this log; without it, its next one, and where there is none it waits for one. */
  meeting: string | undefined
  at: number
}

const MINUTES = 5
const MOST_TITLE = 200

/** Puts a thread on an agenda. Throws invalidInput for a meeting that is not one of this log's to come. */
export async function putThreadOnAgenda(
  trx: Transaction<Database>,
  person: Person,
  { id, caseId, thread, title, meeting, at }: NewItem,
): Promise<void> {
  const into = meeting === undefined ? await nextMeetingOf(trx, caseId) : await toCome(trx, caseId, meeting)
  const item = {
    id,
    case_id: caseId,
    meeting_id: into ?? null,
    kind: 'comment',
    block: null,
    thread_id: thread,
    ref: null,
    title: title.slice(0, MOST_TITLE),
    person: person.id,
    minutes: MINUTES,
    status: 'open',
    outcome: '',
    carried: 0,
    at,
  }
  await insertItem(trx, item, into === undefined ? [] : await itemsOf(trx, into))
  if (into === undefined) return
  await trx
    .updateTable('meetings')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', into)
    .execute()
}

async function toCome(trx: Transaction<Database>, caseId: CaseId, meeting: string): Promise<string> {
  const found = await trx
    .selectFrom('meeting_cases')
    .innerJoin('meetings', 'meetings.id', 'meeting_cases.meeting_id')
    .where('meeting_cases.case_id', '=', caseId)
    .where('meetings.id', '=', meeting)
    .where('meetings.status', 'in', ['proposed', 'called'])
    .where('meetings.ended_at', 'is', null)
    .select('meetings.id')
    .executeTakeFirst()
  if (!found)
    throw new AppError('invalidInput', { field: 'body.meeting', reason: 'no meeting of this log to come' })
  return found.id
}

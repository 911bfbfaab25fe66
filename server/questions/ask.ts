import type { Transaction } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, QuestionId, ServiceId, ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database } from '../db/schema.ts'
import { dayAfter, dayOf, timeOn } from '../municipality/day.ts'
import { peopleOf } from './rows.ts'

export type NewQuestion = {
  id: QuestionId
  caseId: CaseId
  service: ServiceId
  text: string
  /** The thread that becomes this question. */
  thread?: ThreadId
}

/**
 * Asks a service about a log, inside the transaction of whoever wants it. The same id again is the same question.
 * Throws `tooMany` when the service was asked today already, with the time (ISO) of its next day in `reason`, and
 * `invalidInput` when nobody of the service could answer. Tell events.agenda and events.waiting once it is stored.
 */
export async function askService(
  trx: Transaction<Database>,
  by: Person,
  { id, caseId, service, text, thread }: NewQuestion,
  now: number,
): Promise<void> {
  const others = (await peopleOf(trx, caseId, service)).filter((person) => person !== by.id)
  if (others.length === 0)
    throw new AppError('invalidInput', { field: 'body.service', reason: 'nobody there' })
  const day = dayOf(now)
  // Written before it is read: two who ask at the same moment meet here.
  const { numInsertedOrUpdatedRows: isNew } = await trx
    .insertInto('questions')
    .values({ id, case_id: caseId, service, person: by.id, at: now, day, text, thread_id: thread ?? null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (!isNew) {
    const same = await trx.selectFrom('questions').where('id', '=', id).selectAll().executeTakeFirst()
    if (!same) throw new AppError('tooMany', { reason: new Date(timeOn(dayAfter(day))).toISOString() })
    if (same.person !== by.id || same.case_id !== caseId || same.service !== service)
      throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
    return
  }
  await recordAudit(
    trx,
    {
      person: by.id,
      service: by.service,
      action: 'change',
      caseId,
      detail: { kind: 'asked', question: id, asked: service },
    },
    now,
  )
}

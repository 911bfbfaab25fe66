import type { Transaction } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { Handover } from '../../shared/handovers.ts'
import type { CaseId, HandoverId, PersonId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database } from '../db/schema.ts'
import { mayReceive } from './rows.ts'

type Trx = Transaction<Database>
type Decision = Exclude<Handover['status'], 'proposed'>

/** Offers the baton. The same id again is the same offer; while another one is open it throws `overtaken`. */
export async function propose(
  trx: Trx,
  by: Person,
  offer: { id: HandoverId; caseId: CaseId; to: PersonId; message: string },
  now: number,
): Promise<void> {
  const { id, caseId, to, message } = offer
  const receiver = await trx
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person')
    .where('memberships.case_id', '=', caseId)
    .where('memberships.person', '=', to)
    .select(['memberships.role', 'people.role as staff_role'])
    .executeTakeFirst()
  const { numInsertedOrUpdatedRows: isNew } = await trx
    .insertInto('handovers')
    .values({ id, case_id: caseId, from_person: by.id, to_person: to, message, status: 'proposed', at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (!isNew) {
    const same = await trx.selectFrom('handovers').where('id', '=', id).selectAll().executeTakeFirst()
    if (!same) throw new AppError('overtaken')
    if (same.from_person !== by.id || same.case_id !== caseId || same.to_person !== to)
      throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
    return
  }
  if (!receiver || !mayReceive(receiver))
    throw new AppError('invalidInput', { field: 'body.to', reason: 'cannot coordinate this log' })
  await audit(trx, by, caseId, { handover: id, to, status: 'proposed' }, now)
}

/**
 * Accepts, declines or withdraws an offer; of two at the same moment one wins and the other throws `overtaken`.
 * Accepting moves the baton: there is exactly one coordinator before and after.
 */
export async function decide(
  trx: Trx,
  by: Person,
  { id, case: caseId, from, to }: Handover,
  status: Decision,
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('handovers')
    .set({ status, decided_at: now })
    .where('id', '=', id)
    .where('status', '=', 'proposed')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) {
    const known = await trx.selectFrom('handovers').where('id', '=', id).select('status').executeTakeFirst()
    if (known?.status === status) return
    throw new AppError('overtaken', { reason: known?.status ?? 'gone' })
  }
  if (status === 'accepted') await moveBaton(trx, caseId, from.person, to.person)
  await audit(trx, by, caseId, { handover: id, from: from.person, to: to.person, status }, now)
}

async function moveBaton(trx: Trx, caseId: CaseId, from: PersonId, to: PersonId) {
  const { numUpdatedRows: given } = await trx
    .updateTable('memberships')
    .set({ role: 'professional' })
    .where('case_id', '=', caseId)
    .where('person', '=', from)
    .where('role', '=', 'coordinator')
    .executeTakeFirstOrThrow()
  if (given !== 1n) throw new AppError('overtaken', { reason: 'the baton is elsewhere' })
  const receiver = await trx
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person')
    .where('memberships.case_id', '=', caseId)
    .where('memberships.person', '=', to)
    .select(['memberships.role', 'people.role as staff_role'])
    .executeTakeFirst()
  if (!receiver || !mayReceive(receiver))
    throw new AppError('notAllowed', { reason: 'no longer a professional in this log' })
  const { numUpdatedRows: taken } = await trx
    .updateTable('memberships')
    .set({ role: 'coordinator' })
    .where('case_id', '=', caseId)
    .where('person', '=', to)
    .where('role', '=', receiver.role)
    .executeTakeFirstOrThrow()
  // Somebody changed their part at this very moment.
  if (taken !== 1n) throw new AppError('overtaken')
  await trx.updateTable('cases').set({ coordinator: to }).where('id', '=', caseId).execute()
}

const audit = (
  trx: Trx,
  { id, service }: Person,
  caseId: CaseId,
  detail: Record<string, string>,
  now: number,
) =>
  recordAudit(
    trx,
    { person: id, service, action: 'change', caseId, detail: { kind: 'handover', ...detail } },
    now,
  )

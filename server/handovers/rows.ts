import type { Kysely } from 'kysely'
import { type Handover, Handover as HandoverSchema, Receiver } from '../../shared/handovers.ts'
import type { CaseId } from '../../shared/ids.ts'
import { CaseRole, can, StaffRole } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'

type Rows = Kysely<Database>

/** The handover that is proposed in a log, or the last one that was decided. */
export async function currentHandover(rows: Rows, caseId: CaseId): Promise<Handover | null> {
  const row = await handoverRows(rows, caseId)
    .orderBy(({ eb }) => eb.case().when('handovers.status', '=', 'proposed').then(0).else(1).end())
    .orderBy('handovers.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? handoverOf(row) : null
}

export async function findHandover(rows: Rows, caseId: CaseId, id: string): Promise<Handover | undefined> {
  const row = await handoverRows(rows, caseId).where('handovers.id', '=', id).executeTakeFirst()
  return row && handoverOf(row)
}

/** Who in a log may be offered the baton, those with the fewest logs first. */
export async function receivers(rows: Rows, caseId: CaseId): Promise<Receiver[]> {
  const members = await rows
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person')
    .where('memberships.case_id', '=', caseId)
    .select(['people.id as person', 'people.name', 'people.title', 'people.service', 'memberships.role'])
    .select('people.role as staff_role')
    .select(({ selectFrom, fn }) =>
      selectFrom('cases')
        .whereRef('cases.coordinator', '=', 'memberships.person')
        .where('cases.status', 'in', ['active', 'paused'])
        .select(fn.countAll<number>().as('load'))
        .as('load'),
    )
    .execute()
  return members
    .filter(mayReceive)
    .map((member) => Receiver.parse({ ...member, load: Number(member.load ?? 0) }))
    .sort((a, b) => a.load - b.load || a.name.localeCompare(b.name, 'nb'))
}

/** A professional in the log who could have begun one: a program or somebody who only reads never holds the baton. */
export const mayReceive = ({ role, staff_role }: { role: string; staff_role: string }): boolean =>
  can(CaseRole.parse(role), 'handover.receive') && can(StaffRole.parse(staff_role), 'case.create')

const handoverRows = (rows: Rows, caseId: CaseId) =>
  rows
    .selectFrom('handovers')
    .innerJoin('people as giver', 'giver.id', 'handovers.from_person')
    .innerJoin('people as taker', 'taker.id', 'handovers.to_person')
    .where('handovers.case_id', '=', caseId)
    .selectAll('handovers')
    .select(['giver.name as giver_name', 'giver.service as giver_service'])
    .select(['taker.name as taker_name', 'taker.service as taker_service'])

const handoverOf = (row: Awaited<ReturnType<ReturnType<typeof handoverRows>['executeTakeFirstOrThrow']>>) =>
  HandoverSchema.parse({
    id: row.id,
    case: row.case_id,
    from: { person: row.from_person, name: row.giver_name, service: row.giver_service },
    to: { person: row.to_person, name: row.taker_name, service: row.taker_service },
    message: row.message,
    status: row.status,
    at: row.at,
    decidedAt: row.decided_at,
  })

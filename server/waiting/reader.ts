import type { Kysely } from 'kysely'
import type { PersonId, ServiceId } from '../../shared/ids.ts'
import { CaseRole, can } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'
import { dayOf } from '../municipality/day.ts'

export type Rows = Kysely<Database>

/** Somebody for whom things wait: who they are, and the logs that they may read. */
export type Reader = {
  person: PersonId
  service: ServiceId
  now: number
  /** ISO date in the municipality. */
  today: string
  cases: ReadonlyMap<string, { id: string; name: string; role: CaseRole }>
  /** Ids of those logs; of those in which the reader may write lines, rate goals, or write in the text. */
  ids: readonly string[]
  answering: readonly string[]
  rating: readonly string[]
  writing: readonly string[]
}

/** The reader and their logs, in one query. */
export async function readerOf(
  rows: Rows,
  { id: person, service }: { id: PersonId; service: ServiceId },
  now: number,
): Promise<Reader> {
  const found = await rows
    .selectFrom('memberships')
    .innerJoin('cases', 'cases.id', 'memberships.case_id')
    .where('memberships.person', '=', person)
    .select(['cases.id', 'cases.subject_name as name', 'memberships.role'])
    .execute()
  const cases = found
    .map((row) => ({ ...row, role: CaseRole.parse(row.role) }))
    .filter(({ role }) => can(role, 'log.read'))
  const idsOf = (chosen: typeof cases) => chosen.map(({ id }) => id)
  return {
    person,
    service,
    now,
    today: dayOf(now),
    cases: new Map(cases.map((one) => [one.id, one])),
    ids: idsOf(cases),
    answering: idsOf(cases.filter(({ role }) => can(role, 'log.addLine'))),
    rating: idsOf(cases.filter(({ role }) => can(role, 'goal.rate'))),
    writing: idsOf(cases.filter(({ role }) => can(role, 'log.write'))),
  }
}

/** A log as an item names it; null for one that the reader may not read. */
export const caseIn = ({ cases }: Reader, id: string) => {
  const known = cases.get(id)
  return known ? { id: known.id, name: known.name } : null
}

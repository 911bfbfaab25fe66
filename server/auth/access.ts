import type { Kysely } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { type CaseId, PersonId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { type CaseCapability, CaseRole, can } from '../../shared/roles.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database } from '../db/schema.ts'

export type Access = {
  /** The person's role in a log; undefined for who is no member, and for a log that is not there. */
  roleIn(caseId: CaseId, person: PersonId): Promise<CaseRole | undefined>
  /** The role, when it carries the capability. No member → `notFound`, as for an unknown log; else `notAllowed`. */
  require(caseId: CaseId, person: PersonId, capability: CaseCapability): Promise<CaseRole>
  membersOf(caseId: CaseId): Promise<PersonId[]>
  /** Gives, changes or (undefined) takes away a membership; listeners hear of it when it is stored. `by` did it. */
  setRole(caseId: CaseId, person: PersonId, role: CaseRole | undefined, by?: Person): Promise<void>
  onChange(listener: (caseId: CaseId, person: PersonId) => void): void
  /** Tells listeners of a membership that somebody else's transaction changed, once it is stored. */
  changed(caseId: CaseId, person: PersonId): void
}

/** Membership per log, deny by default. */
export function createAccess(rows: Kysely<Database>, clock: () => number): Access {
  const listeners: ((caseId: CaseId, person: PersonId) => void)[] = []

  const roleIn: Access['roleIn'] = async (caseId, person) => {
    const row = await rows
      .selectFrom('memberships')
      .where('case_id', '=', caseId)
      .where('person', '=', person)
      .select('role')
      .executeTakeFirst()
    return row && CaseRole.parse(row.role)
  }

  const changed: Access['changed'] = (caseId, person) => {
    for (const listener of listeners) listener(caseId, person)
  }

  return {
    roleIn,
    async require(caseId, person, capability) {
      const role = await roleIn(caseId, person)
      if (role === undefined) throw new AppError('notFound')
      if (!can(role, capability)) throw new AppError('notAllowed')
      return role
    },
    async membersOf(caseId) {
      const members = await rows
        .selectFrom('memberships')
        .where('case_id', '=', caseId)
        .select('person')
        .execute()
      return members.map(({ person }) => PersonId.parse(person))
    },
    async setRole(caseId, person, role, by) {
      await rows.transaction().execute(async (trx) => {
        await recordAudit(trx, {
          person: by?.id ?? null,
          service: by?.service ?? null,
          action: 'change',
          caseId,
          detail: { kind: 'membership', member: person, role: role ?? null },
        })
        if (role === undefined) {
          await trx
            .deleteFrom('memberships')
            .where('case_id', '=', caseId)
            .where('person', '=', person)
            .execute()
          return
        }
        const { service } = await trx
          .selectFrom('people')
          .where('id', '=', person)
          .select('service')
          .executeTakeFirstOrThrow(() => new AppError('notFound'))
        await trx
          .insertInto('memberships')
          .values({ case_id: caseId, person, service, role, added_at: clock() })
          .onConflict((conflict) => conflict.columns(['case_id', 'person']).doUpdateSet({ role }))
          .execute()
      })
      changed(caseId, person)
    },
    onChange(listener) {
      listeners.push(listener)
    },
    changed,
  }
}

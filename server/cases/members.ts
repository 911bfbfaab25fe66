import { caseRoutes } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import { can, type GivenRole, rolesOpenTo } from '../../shared/roles.ts'
import type { Access } from '../auth/access.ts'
import type { Api } from '../http/handle.ts'
import type { People } from '../people/people.ts'

type Dependencies = { access: Access; people: People }

/** Who takes part in a log: decided by its coordinator, in the audit, and felt by open connections at once. */
export function membersApi(api: Api, { access, people }: Dependencies) {
  /** There is exactly one coordinator, so nobody takes that part from somebody by leaving them out. */
  async function refuseCoordinator(caseId: CaseId, person: PersonId) {
    const role = await access.roleIn(caseId, person)
    if (role && can(role, 'members.change'))
      throw new AppError('notAllowed', { field: 'params.person', reason: 'the coordinator stays' })
    return role
  }

  async function checkRole(person: PersonId, role: GivenRole) {
    const invited = await people.find(person)
    if (!invited) throw new AppError('invalidInput', { field: 'params.person', reason: 'unknown' })
    if (!rolesOpenTo[invited.role].includes(role))
      throw new AppError('invalidInput', { field: 'body.role', reason: 'not open to this person' })
  }

  api.handle(caseRoutes.setMember, async ({ session, params: { id, person }, body: { role } }) => {
    await access.require(id, session.person.id, 'members.change')
    await checkRole(person, role)
    await refuseCoordinator(id, person)
    await access.setRole(id, person, role, session.person)
    return {}
  })

  api.handle(caseRoutes.removeMember, async ({ session, params: { id, person } }) => {
    await access.require(id, session.person.id, 'members.change')
    if (!(await refuseCoordinator(id, person)))
      throw new AppError('invalidInput', { field: 'params.person', reason: 'no member' })
    await access.setRole(id, person, undefined, session.person)
    return {}
  })
}

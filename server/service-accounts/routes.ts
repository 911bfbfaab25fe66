import { AppError } from '../../shared/errors.ts'
import type { Person } from '../../shared/people.ts'
import { can } from '../../shared/roles.ts'
import { serviceAccountRoutes } from '../../shared/service-accounts.ts'
import type { Api } from '../http/handle.ts'
import type { MunicipalityFile } from '../municipality/municipality.ts'
import type { ServiceAccounts } from './service-accounts.ts'

/** Managers make and revoke accounts for programs; coordinators let them into logs, as they do with people. */
export function serviceAccountsApi(api: Api, accounts: ServiceAccounts, municipality: MunicipalityFile) {
  const requireManager = ({ role }: Person) => {
    if (!can(role, 'serviceAccounts.manage')) throw new AppError('notAllowed')
  }

  api.handle(serviceAccountRoutes.list, async ({ session }) => {
    requireManager(session.person)
    return { accounts: await accounts.list() }
  })

  api.handle(serviceAccountRoutes.create, async ({ session, body }) => {
    requireManager(session.person)
    if (!municipality.current().services.some(({ id }) => id === body.service))
      throw new AppError('invalidInput', { field: 'body.service', reason: 'unknown' })
    return accounts.create(body, session.person)
  })

  api.handle(serviceAccountRoutes.revoke, async ({ session, params }) => {
    requireManager(session.person)
    await accounts.revoke(params.account, session.person)
    return {}
  })
}

import { disagreementRoutes } from '../../shared/disagreement-routes.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Api } from '../http/handle.ts'
import { createDisagreements } from './disagreements.ts'

type Dependencies = Parameters<typeof createDisagreements>[0] & { access: Access; reads: Reads }

/** Who sees a goal how: read by everybody in the log, opened and closed by its professionals. */
export function disagreementsApi(api: Api, deps: Dependencies) {
  const { access, reads } = deps
  const disagreements = createDisagreements(deps)

  api.handle(disagreementRoutes.list, async ({ session: { person }, params: { id } }) => {
    await access.require(id, person.id, 'log.read')
    await reads.record(person, 'disagreements', [id])
    return { disagreements: await disagreements.list(id) }
  })
  api.handle(disagreementRoutes.open, async ({ session: { person }, params: { id }, body }) => {
    await access.require(id, person.id, 'disagreement.view')
    return { disagreement: await disagreements.open(person, id, body) }
  })
  api.handle(disagreementRoutes.view, async ({ session: { person }, params, body }) => {
    await access.require(params.id, person.id, 'disagreement.view')
    return { disagreement: await disagreements.view(person, params.id, params.disagreement, body.text) }
  })
  api.handle(disagreementRoutes.close, async ({ session: { person }, params, body }) => {
    await access.require(params.id, person.id, 'disagreement.view')
    return { disagreement: await disagreements.close(person, params.id, params.disagreement, body) }
  })
}

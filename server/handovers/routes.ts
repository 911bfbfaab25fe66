import type { Kysely } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { type Handover, handoverRoutes } from '../../shared/handovers.ts'
import type { CaseId } from '../../shared/ids.ts'
import { can } from '../../shared/roles.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'
import type { Api } from '../http/handle.ts'
import { decide, propose } from './pass.ts'
import { currentHandover, findHandover, receivers } from './rows.ts'

type Dependencies = {
  rows: Kysely<Database>
  access: Access
  reads: Reads
  events: Pick<Events, 'agenda' | 'waiting'>
  clock: () => number
}

/** «Gi videre»: the baton stays with its holder until the receiver accepts. */
export function handoversApi(api: Api, { rows, access, reads, events, clock }: Dependencies) {
  async function find(caseId: CaseId, id: string): Promise<Handover> {
    const handover = await findHandover(rows, caseId, id)
    if (!handover) throw new AppError('notFound', { field: 'params.handover' })
    return handover
  }

  function tell({ case: caseId, from, to }: Handover) {
    events.agenda(caseId)
    events.waiting([from.person, to.person])
  }

  api.handle(handoverRoutes.current, async ({ session: { person }, params: { id } }) => {
    const role = await access.require(id, person.id, 'log.read')
    await reads.record(person, 'handover', [id])
    return {
      handover: await currentHandover(rows, id),
      receivers: can(role, 'handover.propose') ? await receivers(rows, id) : [],
    }
  })

  api.handle(handoverRoutes.propose, async ({ session: { person }, params: { id: caseId }, body }) => {
    await access.require(caseId, person.id, 'handover.propose')
    await rows.transaction().execute((trx) => propose(trx, person, { ...body, caseId }, clock()))
    const handover = await find(caseId, body.id)
    tell(handover)
    return { handover }
  })

  api.handle(handoverRoutes.decide, async ({ session: { person }, params, body: { status } }) => {
    await access.require(params.id, person.id, 'log.read')
    const offered = await find(params.id, params.handover)
    const mine = status === 'withdrawn' ? offered.from : offered.to
    if (mine.person !== person.id) throw new AppError('notAllowed', { field: 'params.handover' })
    await rows.transaction().execute((trx) => decide(trx, person, offered, status, clock()))
    if (status === 'accepted') {
      access.changed(params.id, offered.from.person)
      access.changed(params.id, offered.to.person)
    }
    tell(offered)
    return { handover: await find(params.id, params.handover) }
  })
}

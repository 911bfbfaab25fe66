import { setAsideRoutes } from '../../shared/set-aside.ts'
import type { Access } from '../auth/access.ts'
import type { ReadKind, Reads } from '../cases/reads.ts'
import type { Collab } from '../collab/collab.ts'
import type { Api } from '../http/handle.ts'

type Dependencies = { access: Access; collab: Pick<Collab, 'setAside'>; reads: Reads }

const kind: ReadKind = 'setAside'

/** What a log had lost and somebody's browser brought: its coordinator sees it and decides. */
export function setAsideApi(api: Api, { access, collab, reads }: Dependencies) {
  api.handle(setAsideRoutes.list, async ({ session: { person }, params: { id } }) => {
    await access.require(id, person.id, 'setAside.decide')
    await reads.record(person, kind, [id])
    return { items: await collab.setAside.list(id) }
  })

  api.handle(setAsideRoutes.decide, async ({ session: { person }, params: { id, item }, body }) => {
    await access.require(id, person.id, 'setAside.decide')
    await collab.setAside.decide(id, item, body.decision, person)
    return {}
  })
}

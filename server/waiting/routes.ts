import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { type WaitingKey, waitingRoutes } from '../../shared/waiting.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Collab } from '../collab/collab.ts'
import type { Events } from '../events/events.ts'
import type { Api } from '../http/handle.ts'
import { laterOf, mark, maySee } from './marks.ts'
import { setMeasureStatus } from './measure-status.ts'
import { waitingNow } from './now.ts'
import type { Rows } from './reader.ts'
import { unreadComments } from './talk.ts'
import { whatWaits } from './waiting.ts'

type Dependencies = {
  rows: Rows
  access: Access
  collab: Pick<Collab, 'writeAs'>
  reads: Reads
  events: Pick<Events, 'waiting'>
  clock: () => number
}

/**
 * What waits for you, the same on all your devices. What you have seen or put off is yours, and no change of a case:
 * it is not in the audit.
 */
export function waitingApi(api: Api, { rows, access, collab, reads, events, clock }: Dependencies) {
  async function find(person: Person, key: WaitingKey) {
    const waits = await whatWaits(rows, person, clock())
    const item = waits.items.find((one) => one.key === key)
    if (!item) throw new AppError('notFound', { field: 'params.key' })
    return { item, next: waits.next }
  }

  api.handle(waitingRoutes.list, async ({ session: { person } }) => {
    const { reader, open, shown } = await waitingNow(rows, person, clock())
    const comments = await unreadComments(rows, reader)
    const cases = new Set(shown.flatMap((item) => (item.case ? [item.case.id] : [])))
    await reads.record(person, 'waiting', [...cases])
    return {
      items: shown,
      putOff: open.length - shown.length,
      comments: comments.map(({ case: id, count }) => ({ case: CaseId.parse(id), count })),
    }
  })

  api.handle(waitingRoutes.putOff, async ({ session: { person }, params: { key }, body: { until } }) => {
    const { item, next } = await find(person, key)
    const meeting = item.case ? next.get(item.case.id)?.id : undefined
    await mark(rows, person.id, key, laterOf(until, clock(), meeting))
    events.waiting([person.id])
    return {}
  })

  api.handle(waitingRoutes.takeUp, async ({ session: { person }, params: { key } }) => {
    await rows.deleteFrom('waiting_marks').where('person', '=', person.id).where('key', '=', key).execute()
    events.waiting([person.id])
    return {}
  })

  api.handle(waitingRoutes.measure, async ({ session: { person }, params: { id, measure }, body }) => {
    await access.require(id, person.id, 'log.write')
    await collab.writeAs({ document: documentName(id, 'shared'), person }, (doc) =>
      setMeasureStatus(doc, measure, body.status),
    )
    return {}
  })

  api.handle(waitingRoutes.done, async ({ session: { person }, params: { key } }) => {
    const { item } = await find(person, key)
    if (!maySee(item))
      throw new AppError('invalidInput', { field: 'params.key', reason: 'it waits for an answer' })
    await mark(rows, person.id, key, { done_at: clock() })
    events.waiting([person.id])
    return {}
  })
}

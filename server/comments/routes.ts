import type { Kysely } from 'kysely'
import { type Become, commentRoutes } from '../../shared/comments.ts'
import type { CaseId, ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { CaseCapability } from '../../shared/roles.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'
import { createRateLimit } from '../http/guards.ts'
import type { Api } from '../http/handle.ts'
import { createBecome } from './become.ts'
import { createCommenting } from './commenting.ts'
import { threadOf, threadsOf } from './threads.ts'

type Dependencies = {
  rows: Kysely<Database>
  access: Access
  reads: Reads
  collab: Pick<Collab, 'writeAs' | 'read' | 'keepAnchors'>
  events: Pick<Events, 'thread' | 'waiting' | 'agenda'>
  clock: () => number
}

/** What somebody must be able to do on their own to make it of a thread. */
const needed: Record<Become['kind'], CaseCapability> = {
  measure: 'log.write',
  agenda: 'agenda.change',
  question: 'question.ask',
}

type Where = { caseId: CaseId; thread: ThreadId }

/** Comments between meetings: rows, so that who may only comment never writes in the document. */
export function commentsApi(api: Api, deps: Dependencies) {
  const { rows, access, reads, events, clock } = deps
  const commenting = createCommenting(deps)
  const become = createBecome(deps)
  const limit = createRateLimit(300, 5, clock)

  /** The person may say something in this log now. */
  async function speak(person: Person, caseId: CaseId) {
    await access.require(caseId, person.id, 'comments.write')
    limit(person.id)
  }

  /** Tells everybody in the log, and answers with the thread as it is now. */
  async function changed({ id: reader }: Person, { caseId, thread }: Where) {
    events.thread(caseId, thread)
    // Whom it speaks to, who had it unread and who has answered: what waits may be another for each of them.
    events.waiting(await access.membersOf(caseId))
    return { thread: await threadOf(rows, caseId, reader, thread) }
  }

  api.handle(commentRoutes.list, async ({ session: { person }, params: { id } }) => {
    await access.require(id, person.id, 'log.read')
    await reads.record(person, 'comments', [id])
    return { threads: await threadsOf(rows, id, person.id) }
  })

  api.handle(commentRoutes.one, async ({ session: { person }, params: { id, thread } }) => {
    await access.require(id, person.id, 'log.read')
    await reads.record(person, 'comments', [id])
    return { thread: await threadOf(rows, id, person.id, thread) }
  })

  api.handle(commentRoutes.start, async ({ session: { person }, params: { id }, body }) => {
    await speak(person, id)
    await commenting.start(person, id, body)
    return changed(person, { caseId: id, thread: body.id })
  })

  api.handle(commentRoutes.reply, async ({ session: { person }, params: { id, thread }, body }) => {
    await speak(person, id)
    const where = { caseId: id, thread }
    await commenting.reply(person, where, body)
    return changed(person, where)
  })

  api.handle(commentRoutes.edit, async ({ session: { person }, params: { id, thread, comment }, body }) => {
    await speak(person, id)
    const where = { caseId: id, thread }
    await commenting.edit(person, where, comment, body)
    return changed(person, where)
  })

  api.handle(commentRoutes.remove, async ({ session: { person }, params: { id, thread, comment } }) => {
    await speak(person, id)
    const where = { caseId: id, thread }
    await commenting.remove(person, where, comment)
    return changed(person, where)
  })

  api.handle(commentRoutes.resolve, async ({ session: { person }, params: { id, thread }, body }) => {
    await speak(person, id)
    const where = { caseId: id, thread }
    await commenting.resolve(person, where, body.resolved)
    return changed(person, where)
  })

  for (const [route, act] of [
    [commentRoutes.react, commenting.react],
    [commentRoutes.unreact, commenting.unreact],
  ] as const)
    api.handle(route, async ({ session: { person }, params: { id, thread, comment, reaction } }) => {
      await speak(person, id)
      const where = { caseId: id, thread }
      await act(person, where, comment, reaction)
      return changed(person, where)
    })

  api.handle(commentRoutes.become, async ({ session: { person }, params: { id, thread }, body }) => {
    await access.require(id, person.id, needed[body.kind])
    limit(person.id)
    const where = { caseId: id, thread }
    await become(person, where, body)
    if (body.kind !== 'measure') events.agenda(id)
    return changed(person, where)
  })

  api.handle(commentRoutes.read, async ({ session: { person }, params: { id }, body }) => {
    await access.require(id, person.id, 'log.read')
    await commenting.read(person, id, body.threads)
    // How far somebody has read shows on their own screens alone.
    for (const { thread } of body.threads) events.thread(id, thread, person.id)
    events.waiting([person.id])
    return {}
  })
}

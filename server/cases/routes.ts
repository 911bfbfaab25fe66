import type { Kysely } from 'kysely'
import { caseRoutes } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import { can } from '../../shared/roles.ts'
import type { Access } from '../auth/access.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'
import type { Api } from '../http/handle.ts'
import type { News } from '../news/news.ts'
import type { People } from '../people/people.ts'
import { createCase } from './create.ts'
import { caseDetail, listCases } from './list.ts'
import { membersApi } from './members.ts'
import type { Reads } from './reads.ts'
import { searchCases } from './search.ts'

type Dependencies = {
  rows: Kysely<Database>
  access: Access
  people: People
  reads: Reads
  collab: Pick<Collab, 'writeAs' | 'addLine' | 'takeBackRating'>
  events: Pick<Events, 'caseChanged'>
  news: Pick<News, 'catchUp'>
  clock: () => number
}

/** Overview, facts, new logs, signed lines and search. Whoever is no member learns nothing. */
export function casesApi(api: Api, deps: Dependencies) {
  const { rows, access, people, reads, news, collab, events, clock } = deps

  api.handle(caseRoutes.list, async ({ session: { person } }) => {
    const cases = await listCases(rows, person.id, clock())
    await news.catchUp(cases.map(({ id }) => id))
    await reads.record(
      person,
      'overview',
      cases.map(({ id }) => id),
    )
    return { cases }
  })

  api.handle(caseRoutes.create, async ({ session, body }) => {
    const id = await createCase({ rows, people, collab, clock }, session.person, body)
    events.caseChanged(id)
    return { id }
  })

  api.handle(caseRoutes.detail, async ({ session: { person }, params }) => {
    await access.require(params.id, person.id, 'log.read')
    await reads.record(person, 'detail', [params.id])
    const detail = await caseDetail(rows, params.id, person.id)
    if (!detail) throw new AppError('notFound')
    return detail
  })

  api.handle(caseRoutes.colleagues, async ({ session }) => {
    if (!can(session.person.role, 'case.create')) throw new AppError('notAllowed')
    return { people: await people.all() }
  })

  membersApi(api, deps)

  api.handle(caseRoutes.addLine, async ({ session, params, body }) => {
    await access.require(params.id, session.person.id, body.goal ? 'goal.rate' : 'log.addLine')
    if (!body.goal && body.text === '')
      throw new AppError('invalidInput', { field: 'body.text', reason: 'empty' })
    await collab.addLine(session, params.id, body)
    return { id: body.id }
  })

  api.handle(caseRoutes.takeBackRating, async ({ session, params: { id, line } }) => {
    await collab.takeBackRating(session, id, line)
    return {}
  })

  api.handle(caseRoutes.search, async ({ session: { person }, query }) => {
    const hits = await searchCases(rows, person.id, query.q)
    await reads.record(
      person,
      'search',
      hits.map((hit) => hit.case),
    )
    return { hits }
  })
}

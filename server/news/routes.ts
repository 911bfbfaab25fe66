import { newsRoutes } from '../../shared/news.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Api } from '../http/handle.ts'
import type { News } from './news.ts'

type Dependencies = { access: Access; reads: Reads; news: News }

/**
 * What is new, and what has been read of it. The quotes are case content: the audit says so before they are served,
 * once in a while, since opening the log is in it already. How far somebody has read is theirs, and no change of the case.
 */
export function newsApi(api: Api, { access, reads, news }: Dependencies) {
  api.handle(newsRoutes.news, async ({ session: { person }, params: { id } }) => {
    await access.require(id, person.id, 'log.read')
    await reads.record(person, 'news', [id])
    return news.newsOf(person, id)
  })

  api.handle(newsRoutes.read, async ({ session: { person }, params: { id }, body }) => {
    await access.require(id, person.id, 'log.read')
    await news.read(person, id, body)
    return {}
  })
}

import { documentName } from '../../shared/collab/protocol.ts'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import type { News as NewsAnswer, Read } from '../../shared/news.ts'
import type { Person } from '../../shared/people.ts'
import { type Counting, createCounting } from './counting.ts'
import type { NewsDependencies } from './dependencies.ts'
import { createReaders } from './readers.ts'
import { storeReading } from './readings.ts'

export type News = {
  /** What is new to a member of a log. */
  newsOf(person: Person, caseId: CaseId): Promise<NewsAnswer>
  /** Notes what a member has had on the screen, and counts anew. */
  read(person: Person, caseId: CaseId, read: Read): Promise<void>
  /** Something in the log has changed: it is counted anew when anybody is there to see it, else when somebody comes. */
  changed(caseId: CaseId): void
  /** Counts anew what has not been counted since the logs last changed, such as after a crash. */
  catchUp: Counting['catchUp']
  /** Resolves when nothing is being counted any more. */
  stop(): Promise<void>
}

/** What is new in the logs: to each member, and to each service as one. */
export function createNews(deps: NewsDependencies): News {
  const { rows, histories, access, clock } = deps
  const readers = createReaders(deps)
  const counting = createCounting(deps, readers)
  /** One after the other for each person and log: each builds on what the one before stored. */
  const lasts = new Map<string, Promise<void>>()
  access.onChange(counting.recount)

  function inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const mine = (lasts.get(key) ?? Promise.resolve()).then(work)
    const settled = mine
      .catch(() => {})
      .then(() => {
        if (lasts.get(key) === settled) lasts.delete(key)
      })
    lasts.set(key, settled)
    return mine
  }

  async function nameOf(person: PersonId): Promise<string> {
    const row = await rows.selectFrom('people').where('id', '=', person).select('name').executeTakeFirst()
    return row?.name ?? ''
  }

  return {
    async newsOf(person, caseId) {
      const reading = await readers.readingOf(caseId, person.id)
      if (!reading) return { seq: 0, since: null, count: 0, people: [], items: [] }
      const { people, ...news } = await histories.ask(documentName(caseId, 'shared'), 'news', { reading })
      const named = people.map(async (one) => ({ ...one, name: await nameOf(one.person) }))
      return { ...news, since: reading.at, people: await Promise.all(named) }
    },

    read: (person, caseId, { seq, keys }) =>
      inTurn(`${caseId} ${person.id}`, async () => {
        const document = documentName(caseId, 'shared')
        const reading = await readers.readingOf(caseId, person.id)
        if (!reading) return
        const read = await histories.ask(document, 'newsRead', { reading, seq, keys })
        await storeReading(rows, document, { ...read, at: clock() })
        counting.recount(caseId)
      }),

    changed(caseId) {
      if (deps.events.count() > 0) counting.recount(caseId)
    },
    catchUp: counting.catchUp,
    async stop() {
      await Promise.all(lasts.values())
      await counting.stop()
    },
  }
}

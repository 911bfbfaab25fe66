import { documentName } from '../../shared/collab/protocol.ts'
import type { CaseId } from '../../shared/ids.ts'
import { faultOf } from '../log.ts'
import type { NewsDependencies } from './dependencies.ts'
import type { NewsQuestions } from './log-news.ts'
import type { Readers } from './readers.ts'

export type Counting = {
  /** Counts a log's news for everybody, soon; tells those for whom something is another than before. */
  recount(caseId: CaseId): void
  /** Recounts those of these logs whose counts are older than their last update. */
  catchUp(cases: readonly CaseId[]): Promise<void>
  stop(): Promise<void>
}

type Counts = NewsQuestions['newsCounts']['answer']

/** Keeps the counts of the overview in rows, so that looking at fifty logs opens none of them. */
export function createCounting(deps: NewsDependencies, readers: Readers): Counting {
  const { rows, histories, events, log } = deps
  const running = new Map<CaseId, Promise<void>>()
  const again = new Set<CaseId>()
  /** What each person was last told of each log. */
  const told = new Map<CaseId, Map<string, string>>()
  let stopped = false

  function recount(caseId: CaseId) {
    if (stopped) return
    if (running.has(caseId)) {
      again.add(caseId)
      return
    }
    const count = async (): Promise<void> => {
      do {
        again.delete(caseId)
        await recountNow(caseId)
      } while (again.has(caseId))
      running.delete(caseId)
    }
    running.set(caseId, count())
  }

  async function recountNow(caseId: CaseId) {
    try {
      const services = await readers.allOf(caseId)
      if (!services) return
      const document = documentName(caseId, 'shared')
      const counts = await histories.ask(document, 'newsCounts', { services })
      await store(document, counts)
      tell(caseId, counts)
    } catch (error) {
      // The counts are derived: the next change, or look at the overview, makes them again.
      log.error({ case: caseId, ...faultOf(error) }, 'news could not be counted')
    }
  }

  async function store(document: string, { seq, people, services }: Counts) {
    const values = [
      ...people.map(({ person, count }) => ({ document, reader: `person:${person}`, seq, count })),
      ...services.map(({ service, count }) => ({ document, reader: `service:${service}`, seq, count })),
    ]
    await rows.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('news_counts')
        .where('document', '=', document)
        .where(
          'reader',
          'not in',
          values.map(({ reader }) => reader),
        )
        .execute()
      await trx
        .insertInto('news_counts')
        .values(values)
        .onConflict((conflict) =>
          conflict.columns(['document', 'reader']).doUpdateSet((eb) => ({
            seq: eb.ref('excluded.seq'),
            count: eb.ref('excluded.count'),
          })),
        )
        .execute()
    })
  }

  function tell(caseId: CaseId, { people, services }: Counts) {
    const before = told.get(caseId)
    const now = new Map<string, string>()
    const forAll = services.map(({ service, count }) => ({ service, count }))
    for (const { person, count, newest } of people) {
      const words = JSON.stringify([count, newest, forAll])
      now.set(person, words)
      if (before?.get(person) !== words) events.news(caseId, person, count, forAll)
    }
    told.set(caseId, now)
  }

  return {
    recount,
    async catchUp(cases) {
      if (cases.length === 0) return
      const documents = cases.map((id) => documentName(id, 'shared'))
      const found = await rows
        .selectFrom('documents')
        .leftJoin('news_counts', 'news_counts.document', 'documents.name')
        .where('documents.name', 'in', documents)
        .groupBy('documents.name')
        .select(({ fn, selectFrom }) => [
          'documents.name',
          fn.min('news_counts.seq').as('counted'),
          selectFrom('updates')
            .whereRef('updates.document', '=', 'documents.name')
            .select(({ fn: inner }) => inner.max('updates.seq').as('last'))
            .as('last'),
        ])
        .execute()
      const late = new Set(
        found.filter(({ counted, last }) => last !== null && (counted ?? 0) < last).map(({ name }) => name),
      )
      for (const id of cases) if (late.has(documentName(id, 'shared'))) recount(id)
    },
    async stop() {
      stopped = true
      again.clear()
      await Promise.all(running.values())
    },
  }
}

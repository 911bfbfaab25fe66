import type { Compilable, Kysely } from 'kysely'
import type * as Y from 'yjs'
import { stepFields } from '../../shared/blocks/goal.ts'
import { type CaseLog, outline } from '../../shared/case-log/outline.ts'
import { type DocumentName, parseDocumentName } from '../../shared/collab/protocol.ts'
import type { Storage } from '../db/open.ts'
import type { Database } from '../db/schema.ts'
import type { Authorship } from './authorship.ts'

/** What the rows say of one document. Derived from it, and made again from nothing at any time. */
export type Projected = { seq: number; log: CaseLog; latest: ReturnType<Authorship['latest']> }

export const project = (doc: Y.Doc, authorship: Authorship, seq: number): Projected => ({
  seq,
  log: outline(doc),
  latest: authorship.latest(),
})

/** Names of all documents, or of those with updates that their rows do not know of. */
export async function documentsOf(
  rows: Kysely<Database>,
  which: 'all' | 'behind',
): Promise<{ name: string }[]> {
  const all = rows.selectFrom('documents').select('documents.name').orderBy('documents.name')
  if (which === 'all') return all.execute()
  return all
    .leftJoin('log_texts', 'log_texts.document', 'documents.name')
    .where('documents.audience', '=', 'shared')
    .where(({ exists, selectFrom, fn, lit, ref }) =>
      exists(
        selectFrom('updates')
          .select('updates.seq')
          .whereRef('updates.document', '=', 'documents.name')
          .where('updates.seq', '>', fn.coalesce(ref('log_texts.seq'), lit(0))),
      ),
    )
    .execute()
}

/** The rows that a document gives, table by table. */
export function projectedRows(case_id: string, { log, latest }: Projected) {
  const measures = [
    ...log.goals.flatMap((goal) => goal.measures.map((measure) => ({ ...measure, goal: goal.id }))),
    ...log.looseMeasures.map((measure) => ({ ...measure, goal: null })),
  ]
  const newestBy = (key: 'service' | 'person') =>
    [...Map.groupBy(latest, (entry) => entry[key]).values()].flatMap(
      (entries) => entries.sort((a, b) => b.at - a.at)[0] ?? [],
    )
  return {
    goals: log.goals.map((goal) => ({
      case_id,
      id: goal.id,
      number: goal.number,
      title: goal.title,
      status: goal.status,
      review_date: goal.reviewDate,
      services: JSON.stringify(goal.services),
      ratings: JSON.stringify(goal.latestRatings),
      steps: JSON.stringify(stepFields.map((step) => goal[step])),
    })),
    measures: measures.map(
      ({ id, goal, text, service, person, status, start, due, frequency }, position) => ({
        case_id,
        id,
        goal,
        position,
        text,
        service,
        person,
        status,
        start,
        due,
        frequency,
      }),
    ),
    service_lines: newestBy('service').map(({ service, person, at }) => ({
      case_id,
      service,
      person,
      last_line_at: at,
    })),
    person_lines: newestBy('person').map(({ person, at }) => ({ case_id, person, last_line_at: at })),
    projection_warnings: log.duplicates.map((block) => ({ case_id, kind: 'duplicateBlockId', block })),
  }
}

export type ProjectedRows = ReturnType<typeof projectedRows>

/**
 * Puts the rows of a document in place of those before, in one transaction, and returns them. Where `before` says what
 * stands there, only what differs is written: of all rows, somebody who types changes a time or two.
 */
export async function storeProjection(
  { rows, inOneGo }: Pick<Storage, 'rows' | 'inOneGo'>,
  document: DocumentName,
  projected: Projected,
  before?: ProjectedRows,
): Promise<ProjectedRows | undefined> {
  const name = parseDocumentName(document)
  if (name?.audience !== 'shared') return undefined
  const case_id = name.caseId
  const { seq, log, latest } = projected
  const next = projectedRows(case_id, projected)
  const isSame = (table: keyof ProjectedRows) =>
    before !== undefined && JSON.stringify(before[table]) === JSON.stringify(next[table])

  const writes: Compilable[] = []
  const tables = ['goals', 'measures', 'service_lines', 'person_lines', 'projection_warnings'] as const
  for (const table of tables) {
    if (isSame(table)) continue
    writes.push(rows.deleteFrom(table).where('case_id', '=', case_id))
    writes.push(...insertInto[table](rows, next))
  }
  const newest = Math.max(0, ...latest.map(({ at }) => at))
  await inOneGo([
    ...writes,
    rows
      .insertInto('log_texts')
      .values({ case_id, document, seq, text: log.text })
      .onConflict((conflict) => conflict.column('document').doUpdateSet({ seq, text: log.text })),
    rows
      .updateTable('cases')
      .set({ updated_at: newest })
      .where('id', '=', case_id)
      .where('updated_at', '<', newest),
  ])
  return next
}

const insertInto = {
  goals: (rows, { goals }) => goals.map((row) => rows.insertInto('goals').values(row)),
  measures: (rows, { measures }) => measures.map((row) => rows.insertInto('measures').values(row)),
  service_lines: (rows, { service_lines }) =>
    service_lines.map((row) => rows.insertInto('service_lines').values(row)),
  person_lines: (rows, { person_lines }) =>
    person_lines.map((row) => rows.insertInto('person_lines').values(row)),
  projection_warnings: (rows, { projection_warnings }) =>
    projection_warnings.map((row) => rows.insertInto('projection_warnings').values(row)),
} satisfies Record<keyof ProjectedRows, (rows: Kysely<Database>, next: ProjectedRows) => Compilable[]>

import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { parseDocumentName } from '../../shared/collab/protocol.ts'
import type { Authorship, Writer } from '../case-log/authorship.ts'
import { type Projected, projectedRows } from '../case-log/projection.ts'
import type { Database } from '../db/schema.ts'

/** How two copies of one log differ, and where: clocks of clients that one of them knows otherwise. */
export type Unlike = { what: string; at: { client: number; clock: number }[] }

/** Whether two documents hold the same: the same items, the same ones deleted, the same text to read. */
export function unlikeDocuments(one: Y.Doc, other: Y.Doc): Unlike | undefined {
  const mine = Y.decodeStateVector(Y.encodeStateVector(one))
  const theirs = Y.decodeStateVector(Y.encodeStateVector(other))
  const lacking: Unlike['at'] = []
  const extra: Unlike['at'] = []
  for (const client of new Set([...mine.keys(), ...theirs.keys()])) {
    const has = mine.get(client) ?? 0
    const clock = theirs.get(client) ?? 0
    if (clock < has) lacking.push({ client, clock })
    if (clock > has) extra.push({ client, clock: has })
  }
  if (lacking.length > 0) return { what: 'it is not in the checkpoint', at: lacking }
  if (extra.length > 0) return { what: 'the checkpoint holds edits that no update brought', at: extra }
  const deleted = Y.createDeleteSetFromStructStore(one.store)
  const deletedThere = Y.createDeleteSetFromStructStore(other.store)
  if (!Y.equalDeleteSets(deleted, deletedThere))
    return { what: 'the checkpoint has other things deleted', at: [] }
  if (logFragment(one).toString() !== logFragment(other).toString())
    return { what: 'the checkpoint reads otherwise than the updates', at: [] }
  return undefined
}

/** Runs are joined by time, and joined again at each opening: a checkpoint may tell a later time of the same sitting. */
const SAME_TIME = 24 * 60 * 60 * 1000

/** Whether two indexes name the same writer for every character. */
export function unlikeAuthors(doc: Y.Doc, one: Authorship, other: Authorship): Unlike | undefined {
  for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const mine = runsOf(one, client, end)
    const theirs = runsOf(other, client, end)
    for (let a = 0, b = 0; a < mine.length || b < theirs.length; ) {
      const run = mine[a]
      const there = theirs[b]
      const at = [{ client, clock: Math.max(run?.from ?? 0, there?.from ?? 0) }]
      if (!run || !there || run.from > there.to || there.from > run.to)
        return { what: 'a writer that only one of checkpoint and updates knows', at }
      if (run.writer.person !== there.writer.person || run.writer.service !== there.writer.service)
        return {
          what: `the checkpoint says ${there.writer.person} wrote it; by the updates ${run.writer.person} did`,
          at,
        }
      if (Math.abs(run.at - there.at) > SAME_TIME)
        return { what: 'the checkpoint tells another time for it', at }
      const to = Math.min(run.to, there.to)
      if (run.to === to) a++
      if (there.to === to) b++
    }
  }
  return undefined
}

function runsOf(authorship: Authorship, client: number, end: number) {
  const runs: { from: number; to: number; writer: Writer; at: number }[] = []
  authorship.each(client, 0, end, (length, writer, at, from) =>
    runs.push({ from, to: from + length, writer, at }),
  )
  return runs
}

const tables = ['goals', 'measures', 'service_lines', 'person_lines', 'projection_warnings'] as const

/** Whether the stored rows of a log are what its document gives; names the first table and row that are not. */
export async function unlikeRows(
  rows: Kysely<Database>,
  document: string,
  projected: Projected,
): Promise<string | undefined> {
  const case_id = parseDocumentName(document)?.caseId
  if (!case_id) return 'its name is none that a log has'
  const given = projectedRows(case_id, projected)
  for (const table of tables) {
    const stored = await rows.selectFrom(table).selectAll().where('case_id', '=', case_id).execute()
    const there = new Set(stored.map(asText))
    const here = new Set(given[table].map(asText))
    const lacking = given[table].find((row) => !there.has(asText(row)))
    if (lacking) return `${table} lacks the row of ${keyOf(lacking)} that the log gives`
    const left = stored.find((row) => !here.has(asText(row)))
    if (left) return `${table} has a row of ${keyOf(left)} that the log does not give`
  }
  const stored = await rows
    .selectFrom('log_texts')
    .select('text')
    .where('document', '=', document)
    .executeTakeFirst()
  return asText([stored?.text]) === asText([projected.log.text])
    ? undefined
    : 'log_texts has another text than the log'
}

/** PostgreSQL stores U+0000 as U+FFFD. */
const asText = (row: object): string =>
  JSON.stringify(Object.entries(row).sort((a, b) => (a[0] < b[0] ? -1 : 1))).replaceAll('\\u0000', '\uFFFD')

function keyOf(row: object): string {
  for (const key of ['id', 'service', 'person', 'block']) {
    const value: unknown = Object.entries(row).find(([name]) => name === key)?.[1]
    if (typeof value === 'string') return `${key} ${value}`
  }
  return 'the log'
}

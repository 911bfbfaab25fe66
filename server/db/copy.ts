import { type Kysely, sql } from 'kysely'
import { continueAfter, lastGiven } from './dialect.ts'
import type { Database } from './schema.ts'

type Table = keyof Database
type Tables = { readonly [T in Table]: readonly (keyof Database[T] & string)[] }

/** Every table with the key by which its rows are read in turn; those that others refer to come first. */
const keys: Tables = {
  people: ['id'],
  sessions: ['id_hash'],
  cases: ['id'],
  memberships: ['case_id', 'person'],
  documents: ['name'],
  updates: ['seq'],
  checkpoints: ['document'],
  client_claims: ['document', 'client_id'],
  lines: ['id'],
  versions: ['id'],
  restores: ['id'],
  set_aside_updates: ['id'],
  set_aside: ['id'],
  signatures: ['document', 'signature'],
  service_accounts: ['id'],
  case_requests: ['person', 'request'],
  readings: ['document', 'person'],
  news_counts: ['document', 'reader'],
  goals: ['case_id', 'number'],
  measures: ['case_id', 'position'],
  service_lines: ['case_id', 'service'],
  person_lines: ['case_id', 'person'],
  log_texts: ['document'],
  projection_warnings: ['case_id', 'kind', 'block'],
  threads: ['id'],
  comments: ['id'],
  comment_mentions: ['comment_id', 'kind', 'ref'],
  comment_reactions: ['comment_id', 'person', 'reaction'],
  thread_reads: ['thread_id', 'person'],
  thread_outcomes: ['thread_id', 'kind', 'ref'],
  questions: ['id'],
  handovers: ['id'],
  waiting_marks: ['person', 'key'],
  mail_settings: ['person'],
  mails_sent: ['person', 'key'],
  calendar_links: ['person'],
  meetings: ['id'],
  meeting_cases: ['meeting_id', 'case_id'],
  meeting_people: ['meeting_id', 'person'],
  meeting_guests: ['id'],
  meeting_times: ['id'],
  meeting_time_answers: ['time_id', 'person'],
  agenda_items: ['id'],
  disagreements: ['id'],
  disagreement_views: ['disagreement_id', 'person'],
  audit: ['seq'],
}

const isTable = (name: string): name is Table => Object.hasOwn(keys, name)
export const tables: readonly Table[] = Object.keys(keys).filter(isTable)

/** Rows that are read at once, and values and bytes that are written at once. */
const PAGE = 1000
const MOST_VALUES = 10_000
const MOST_BYTES = 4 * 1024 * 1024

/** The first table that holds anything. */
export async function filledTable(db: Kysely<Database>): Promise<string | undefined> {
  for (const table of tables) {
    const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} LIMIT 1`.execute(db)
    if (rows.length > 0) return table
  }
  return undefined
}

/** Copies every row of one database into another, empty one with the same tables, and where their numbers go on. */
export async function copyTables(
  from: Kysely<Database>,
  to: Kysely<Database>,
  tell: (what: string, done: number, of: number) => void,
): Promise<void> {
  let of = 0
  for (const table of tables) of += await countOf(from, table)
  let done = 0
  for (const table of tables) {
    for (let after: unknown[] | undefined; ; ) {
      const page = await pageOf(from, table, after)
      for (const part of parts(page)) {
        await insert(to, table, part)
        done += part.length
        tell('rows', done, of)
      }
      const last = page.at(-1)
      if (!last || page.length < PAGE) break
      after = keys[table].map((column) => last[column])
    }
  }
  for (const table of ['updates', 'audit'] as const)
    await continueAfter(to, table, await lastGiven(from, table))
}

type Row = Record<string, unknown>

async function countOf(db: Kysely<Database>, table: Table): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

async function pageOf(db: Kysely<Database>, table: Table, after: unknown[] | undefined): Promise<Row[]> {
  const key = sql.join(keys[table].map((column) => sql.ref(column)))
  const where = after ? sql`WHERE (${key}) > (${sql.join(after)})` : sql``
  const page = sql<Row>`SELECT * FROM ${sql.table(table)} ${where} ORDER BY ${key} LIMIT ${PAGE}`
  return (await page.execute(db)).rows
}

async function insert(db: Kysely<Database>, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`)
  const names = sql.join(columns.map((column) => sql.ref(column)))
  await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES ${sql.join(values)}`.execute(db)
}

/** Rows in portions that a statement can carry. */
function* parts(rows: readonly Row[]): Generator<Row[]> {
  let part: Row[] = []
  let bytes = 0
  let values = 0
  for (const row of rows) {
    const size = Object.values(row).reduce<number>(
      (sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 8),
      0,
    )
    const width = Object.keys(row).length
    if (part.length > 0 && (bytes + size > MOST_BYTES || values + width > MOST_VALUES)) {
      yield part
      part = []
      bytes = 0
      values = 0
    }
    part.push(row)
    bytes += size
    values += width
  }
  if (part.length > 0) yield part
}

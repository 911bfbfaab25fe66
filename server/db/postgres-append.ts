import type pg from 'pg'
import { type AuditRow, NOTHING_BEFORE, nextAuditRow } from '../audit/chain.ts'
import { LOCKS } from './dialect.ts'
import type { UpdateEntry } from './update-store.ts'

export type Numbered = UpdateEntry & { seq: number }
type Last = typeof NOTHING_BEFORE

/** Which of these numbers are in the log. */
export async function storedOf(client: pg.Client, seqs: readonly number[]): Promise<Set<number>> {
  if (seqs.length === 0) return new Set()
  const { rows } = await client.query<{ seq: number }>('SELECT seq FROM updates WHERE seq = ANY($1)', [seqs])
  return new Set(rows.map(({ seq }) => seq))
}

/** Begins a commit: the end of the audit's chain is ours until it is over, and so are these numbers, for ever. */
export async function begin(client: pg.Client, count: number): Promise<{ last: Last; numbers: number[] }> {
  // Four statements in one message: each would be a journey of its own.
  const answers: unknown = await client.query(
    `BEGIN; SELECT pg_advisory_xact_lock(${LOCKS.audit});
     SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;
     SELECT nextval(pg_get_serial_sequence('updates', 'seq')) AS seq FROM generate_series(1, ${count})`,
  )
  const [, , last, numbers] = Array.isArray(answers) ? answers : []
  return {
    last: last.rows[0] ?? NOTHING_BEFORE,
    numbers: numbers.rows.map(({ seq }: { seq: number }) => seq).sort((a: number, b: number) => a - b),
  }
}

/** Notes a line's id; false when it is there already. */
export async function isNewLine(
  client: pg.Client,
  { line, document, author, at }: UpdateEntry,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'INSERT INTO lines VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [line, document, author, at],
  )
  return rowCount === 1
}

/** Every update, and one audit row for each writer in each document. */
export async function insert(
  client: pg.Client,
  entries: readonly Numbered[],
  last: Last,
  now: number,
): Promise<void> {
  if (entries.length === 0) return
  const audit = auditRows(entries, last, now)
  await client.query({
    name: 'append',
    text: `WITH written AS (
        INSERT INTO updates (seq, document, author, service, at, data, carried)
        SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bytea[], $7::text[]))
      INSERT INTO audit (seq, at, person, service, action, case_id, detail, prev_hash, hash)
      SELECT * FROM unnest($8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[],
        $14::text[], $15::text[], $16::text[])`,
    values: [
      ...columns(
        entries.map(({ seq, document, author, service, at, data, carried }) => [
          ...[seq, document, author, service, at, bytesOf(data), carried ?? null],
        ]),
      ),
      ...columns(
        audit.map(({ seq, at, person, service, action, case_id, detail, prev_hash, hash }) => [
          ...[seq, at, person, service, action, case_id, detail, prev_hash, hash],
        ]),
      ),
    ],
  })
}

function auditRows(entries: readonly Numbered[], last: Last, now: number): AuditRow[] {
  const written = Map.groupBy(entries, ({ document, author }) => `${document} ${author}`)
  const rows: AuditRow[] = []
  for (const group of written.values()) {
    const [first] = group
    if (!first) continue
    const { document, author, service, seq } = first
    const detail = { document, from: seq, to: group.at(-1)?.seq ?? seq, count: group.length }
    const entry = {
      person: author,
      service,
      action: 'change',
      caseId: document.split('/')[1] ?? null,
      detail,
    } as const
    rows.push(nextAuditRow(rows.at(-1) ?? last, entry, now))
  }
  return rows
}

const bytesOf = (data: Uint8Array) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)

/** Rows turned into columns, as `unnest` wants them. */
const columns = (rows: readonly (readonly unknown[])[]): unknown[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]))

import { type Kysely, sql } from 'kysely'
import { isPostgres, LOCKS } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { type AuditEntry, auditHash, NOTHING_BEFORE, nextAuditRow } from './chain.ts'

export type { AuditAction, AuditEntry } from './chain.ts'

/**
 * Adds a row to the audit. Call it inside the transaction of what it tells of, and before anything is served:
 * when it throws, nothing may have happened.
 */
export async function recordAudit(
  trx: Kysely<Database>,
  entry: AuditEntry,
  at: number = Date.now(),
): Promise<void> {
  // SQLite has one writer at a time by itself.
  if (isPostgres(trx)) await sql`SELECT pg_advisory_xact_lock(${LOCKS.audit})`.execute(trx)
  const last = await trx
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  await trx
    .insertInto('audit')
    .values(nextAuditRow(last ?? NOTHING_BEFORE, entry, at))
    .execute()
}

/** The first row whose hash does not follow from the one before, or undefined when the chain is whole. */
export async function firstBrokenAudit(rows: Kysely<Database>): Promise<number | undefined> {
  const page = 5000
  let last = NOTHING_BEFORE
  while (true) {
    const next = await rows
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', last.seq)
      .orderBy('seq')
      .limit(page)
      .execute()
    for (const row of next) {
      if (row.seq !== last.seq + 1 || row.prev_hash !== last.hash || row.hash !== auditHash(row))
        return row.seq
      last = row
    }
    if (next.length < page) return undefined
  }
}

import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Nothing asks the audit for one case's rows, and each edit in a log of its own wrote a page of this index. */
export const auditIndex: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`DROP INDEX audit_case_id`.execute(db)
  },
}

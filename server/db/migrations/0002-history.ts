import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const tables = [
  `versions (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    document TEXT NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL)`,
  `restores (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    document TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL, to_seq INTEGER NOT NULL,
    moment_at INTEGER NOT NULL, undo INTEGER NOT NULL, block TEXT, seq INTEGER)`,
]

/** Names of moments, and what was brought back. */
export const history: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of tables) await sql.raw(`CREATE TABLE ${table}`).execute(db)
    await sql.raw('CREATE INDEX versions_document ON versions (document, seq)').execute(db)
    await sql.raw('CREATE INDEX restores_document ON restores (document, seq)').execute(db)
  },
}

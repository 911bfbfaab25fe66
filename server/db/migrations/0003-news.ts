import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const tables = [
  `readings (document TEXT NOT NULL, person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    joined INTEGER NOT NULL, up_to INTEGER NOT NULL, blocks TEXT NOT NULL, at INTEGER,
    PRIMARY KEY (document, person))`,
  `news_counts (document TEXT NOT NULL, reader TEXT NOT NULL, seq INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (document, reader))`,
]

/** How far everybody has read, and how much is new to them. */
export const news: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of tables) await sql.raw(`CREATE TABLE ${table}`).execute(db)
  },
}

import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const tables = [
  `people (id TEXT PRIMARY KEY, name TEXT NOT NULL, service TEXT NOT NULL, role TEXT NOT NULL, title TEXT NOT NULL)`,
  `sessions (id_hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL)`,
  `cases (id TEXT PRIMARY KEY, subject_name TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_about TEXT NOT NULL,
    status TEXT NOT NULL, level INTEGER NOT NULL, coordinator TEXT NOT NULL, raised_by TEXT NOT NULL,
    created_by TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)`,
  `memberships (case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES people (id), service TEXT NOT NULL, role TEXT NOT NULL,
    added_at INTEGER NOT NULL, PRIMARY KEY (case_id, person))`,
  `documents (name TEXT PRIMARY KEY, case_id TEXT NOT NULL, audience TEXT NOT NULL,
    blocks_version INTEGER NOT NULL, created_at INTEGER NOT NULL)`,
  `updates (seq INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, author TEXT NOT NULL,
    service TEXT NOT NULL, at INTEGER NOT NULL, data BLOB NOT NULL, carried TEXT)`,
  `checkpoints (document TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, data BLOB NOT NULL,
    authorship BLOB NOT NULL)`,
  `client_claims (document TEXT NOT NULL, client_id INTEGER NOT NULL, person TEXT NOT NULL, service TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (document, client_id)) WITHOUT ROWID`,
  `lines (id TEXT PRIMARY KEY, document TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID`,
  `goals (case_id TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL,
    status TEXT NOT NULL, review_date TEXT, services TEXT NOT NULL, ratings TEXT NOT NULL,
    PRIMARY KEY (case_id, number))`,
  `measures (case_id TEXT NOT NULL, id TEXT NOT NULL, goal TEXT, position INTEGER NOT NULL, text TEXT NOT NULL,
    service TEXT, person TEXT, status TEXT NOT NULL, start TEXT, due TEXT, frequency TEXT NOT NULL,
    PRIMARY KEY (case_id, position))`,
  `service_lines (case_id TEXT NOT NULL, service TEXT NOT NULL, last_line_at INTEGER NOT NULL,
    person TEXT NOT NULL, PRIMARY KEY (case_id, service))`,
  `person_lines (case_id TEXT NOT NULL, person TEXT NOT NULL, last_line_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, person))`,
  `log_texts (case_id TEXT NOT NULL, document TEXT PRIMARY KEY, seq INTEGER NOT NULL, text TEXT NOT NULL)`,
  `projection_warnings (case_id TEXT NOT NULL, kind TEXT NOT NULL, block TEXT NOT NULL,
    PRIMARY KEY (case_id, kind, block))`,
  `audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, person TEXT, service TEXT,
    action TEXT NOT NULL, case_id TEXT, detail TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL)`,
]

const indexes = [
  'sessions_expires_at ON sessions (expires_at)',
  'memberships_person ON memberships (person)',
  'documents_case_id ON documents (case_id)',
  'updates_document ON updates (document, seq)',
  'log_texts_case_id ON log_texts (case_id)',
  'audit_case_id ON audit (case_id, seq)',
]

/** Every table of the first version. */
export const start: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of tables) await sql.raw(`CREATE TABLE ${table}`).execute(db)
    for (const index of indexes) await sql.raw(`CREATE INDEX ${index}`).execute(db)
  },
}

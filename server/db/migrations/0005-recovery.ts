import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // What clients still had of a log that the log itself had lost, as their updates came.
  `CREATE TABLE set_aside_updates (id TEXT PRIMARY KEY, document TEXT NOT NULL, sent_by TEXT NOT NULL,
    service TEXT NOT NULL, at BIGINT NOT NULL, data BLOB NOT NULL)`,
  // The same, person by person and readable. \`person\` is null where nobody has claimed the client id.
  `CREATE TABLE set_aside (id TEXT PRIMARY KEY, update_id TEXT NOT NULL, document TEXT NOT NULL,
    case_id TEXT NOT NULL, person TEXT, service TEXT, sent_by TEXT NOT NULL, at BIGINT NOT NULL,
    ranges TEXT NOT NULL, pieces TEXT NOT NULL, status TEXT NOT NULL, decided_by TEXT, decided_at BIGINT)`,
  'CREATE INDEX set_aside_document ON set_aside (document, status)',
  'CREATE INDEX set_aside_case_id ON set_aside (case_id, status)',
  'CREATE INDEX set_aside_updates_document ON set_aside_updates (document)',
  // Evaluations and decisions that have stood in a log, with whom they named: they may be moved and restored.
  `CREATE TABLE signatures (document TEXT NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (document, signature))`,
  // Programs that write in logs under a name of their own; the secret itself is stored nowhere.
  `CREATE TABLE service_accounts (id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id),
    secret_hash TEXT NOT NULL UNIQUE, made_by TEXT, made_at BIGINT NOT NULL, revoked_at BIGINT)`,
  // The same new log asked for again is the same log.
  `CREATE TABLE case_requests (person TEXT NOT NULL, request TEXT NOT NULL, case_id TEXT NOT NULL,
    at BIGINT NOT NULL, PRIMARY KEY (person, request))`,
]

/** Re-supplied updates, signatures, service accounts and requests that may be repeated. */
export const recovery: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

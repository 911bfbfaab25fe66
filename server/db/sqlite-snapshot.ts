import { existsSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { StartError } from '../start-error.ts'
import type { Database } from './schema.ts'

/** A database as it stands at one moment, while others go on writing in it. Nothing can be changed through it. */
export type Snapshot = { rows: Kysely<Database>; close(): Promise<void> }

/** Kysely on a connection of this very thread: for commands, where nobody waits for the event loop. */
export const inThread = (db: DatabaseSync): Kysely<Database> =>
  new Kysely<Database>({
    dialect: new SqliteDialect({
      database: {
        close: () => db.close(),
        prepare(sql) {
          const statement = db.prepare(sql)
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...parameters.map(input)),
            run: (parameters) => statement.run(...parameters.map(input)),
            iterate: (parameters) => statement.iterate(...parameters.map(input)),
          }
        },
      },
    }),
  })

/** Opens a file read-only and holds on to what it holds now; a running server is not in the way of it. */
export async function openSqliteSnapshot(file: string): Promise<Snapshot & { db: DatabaseSync }> {
  if (!existsSync(file)) throw new StartError(`There is no database ${file}. Set DATA_DIR to where it is.`)
  try {
    const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
    // The snapshot is taken by the first read after BEGIN.
    db.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
    const rows = inThread(db)
    return { db, rows, close: () => rows.destroy().then(() => (db.isOpen ? db.close() : undefined)) }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable'
    throw new StartError(`The database ${file} cannot be read: ${why}.`)
  }
}

function input(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`a ${typeof value} cannot be stored`)
}

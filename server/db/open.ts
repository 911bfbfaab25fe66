import { accessSync, constants, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Compilable, Kysely } from 'kysely'
import type { AuditEntry } from '../audit/audit.ts'
import type { Logger } from '../log.ts'
import { StartError } from '../start-error.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'
import { askOf, sqliteDialect } from './sqlite-dialect.ts'
import { DatabaseFault, type DatabaseThread, startThread } from './sqlite-thread.ts'
import { sqliteUpdateStore } from './sqlite-update-store.ts'
import type { UpdateStore } from './update-store.ts'

/** Rows through Kysely, the logs' updates through the store; both in one database. */
export type Storage = {
  rows: Kysely<Database>
  updates: UpdateStore
  /**
   * Carries out all of these, or none; in one go, so that nobody's writing waits for what lies between them. For rows
   * that can be derived again: a power cut may take the last of them.
   */
  inOneGo(writes: readonly Compilable[]): Promise<void>
  /** Adds rows to the audit, all of them or none, at a time of the server's clock (ms); for what changes nothing else. */
  record(entries: readonly AuditEntry[], at: number): Promise<void>
  close(): Promise<void>
}

type Options = {
  dataDir: string
  /** PostgreSQL instead of SQLite in the data folder, when not empty. */
  databaseUrl?: string
  log: Logger
  clock?: () => number
}

/** SQLite's result codes (without the extended part) that somebody can do something about. */
const BUSY = 5
const READ_ONLY = 8
const CORRUPT = 11
const FULL = 13
const CANNOT_OPEN = 14
const NOT_A_DATABASE = 26

/** Opens, and where needed makes or migrates, the database. Fails with a StartError. */
export async function openDatabase({
  dataDir,
  databaseUrl = '',
  log,
  clock = Date.now,
}: Options): Promise<Storage> {
  const folder = resolve(dataDir)
  makeWritable(folder)
  if (databaseUrl !== '') {
    // Only now: a server on SQLite need not wait for the driver to load.
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres({ databaseUrl, log, clock })
  }
  const file = join(folder, 'stafett.db')
  const threads: DatabaseThread[] = []
  try {
    // The first thread holds the folder's lock: two servers on one folder would each miss what the other sends.
    const writer = await startThread(file, join(folder, 'stafett.lock'))
    threads.push(writer)
    const reader = await startThread(file, null)
    threads.push(reader)
    const rows = new Kysely<Database>({ dialect: sqliteDialect(reader) })
    const made = await migrate(rows, folder)
    if (made.length > 0) log.info({ migrations: made }, 'database brought up to date')
    return {
      rows,
      updates: sqliteUpdateStore(writer, reader, clock),
      async inOneGo(writes) {
        const queries = writes.map((write) => write.compile())
        await writer.call('write', queries.map(askOf))
      },
      async record(entries, now) {
        await writer.call('audit', { entries, now })
      },
      async close() {
        await rows.destroy()
        await writer.close()
      },
    }
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.close().catch(() => {})))
    throw error instanceof DatabaseFault ? startErrorOf(error, folder) : error
  }
}

function makeWritable(folder: string) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch {
    throw new StartError(`The data folder ${folder} cannot be written. Set DATA_DIR to one that can.`)
  }
}

function startErrorOf(fault: DatabaseFault, folder: string): StartError {
  switch ((fault.errcode ?? 0) & 0xff) {
    case BUSY:
      return new StartError(
        `Another Stafett is running on the data folder ${folder}. End it, or set DATA_DIR.`,
      )
    case CORRUPT:
    case NOT_A_DATABASE:
      return new StartError(
        `The database ${join(folder, 'stafett.db')} is damaged or no database. Put a backup in its place, or set DATA_DIR.`,
      )
    case FULL:
      return new StartError(`The disk that holds ${folder} is full.`)
    case READ_ONLY:
    case CANNOT_OPEN:
      return new StartError(`The database in ${folder} cannot be written. Set DATA_DIR to a folder that can.`)
    default:
      return new StartError(`The database in ${folder} could not be opened: ${fault.message}.`)
  }
}

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  CompiledQuery as Query,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { DatabaseThread } from './sqlite-thread.ts'
import type { Operations, SqlValue } from './thread-messages.ts'

/** Kysely on a database thread. There is one connection, so transactions wait for each other here. */
export const sqliteDialect = (thread: DatabaseThread): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driver(thread),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

function driver(thread: DatabaseThread): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const answer = await thread.call('query', askOf(query))
      return {
        rows: rowsOf<R>(answer),
        numAffectedRows: BigInt(answer.changes),
        insertId: BigInt(answer.insertId),
      }
    },
    streamQuery() {
      throw new Error('not streamed: ask for pages')
    },
  }
  let free: Promise<void> = Promise.resolve()
  const release: (() => void)[] = []

  return {
    init: async () => {},
    async acquireConnection() {
      const before = free
      const { promise, resolve } = Promise.withResolvers<void>()
      free = promise
      await before
      release.push(resolve)
      return connection
    },
    async beginTransaction() {
      await connection.executeQuery(Query.raw('BEGIN IMMEDIATE'))
    },
    async commitTransaction() {
      await connection.executeQuery(Query.raw('COMMIT'))
    },
    async rollbackTransaction() {
      await connection.executeQuery(Query.raw('ROLLBACK'))
    },
    async releaseConnection() {
      release.shift()?.()
    },
    destroy: () => thread.close(),
  }
}

/** A query as a database thread is asked it. */
export const askOf = ({ sql, parameters }: CompiledQuery): Operations['query']['ask'] => ({
  sql,
  parameters: parameters.map(toSql),
})

/** The rows as Kysely's types say they are: the one place where SQLite's word is taken for it. */
function rowsOf<R>(answer: Operations['query']['answer']): R[] {
  const rows: unknown[] = answer.rows
  return rows.filter((row): row is R => typeof row === 'object')
}

function toSql(value: unknown): SqlValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`a ${typeof value} cannot be stored`)
}

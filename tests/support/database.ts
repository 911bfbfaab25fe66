import { createHash } from 'node:crypto'
import { startPostgres, type TestPostgres } from './postgres.ts'

let postgres: TestPostgres | undefined

/** Until it is stopped, every server of this test file keeps its data on a PostgreSQL of our own. */
export async function keepOnPostgres(): Promise<TestPostgres> {
  const started = await startPostgres()
  postgres = started
  return {
    ...started,
    async stop() {
      postgres = undefined
      await started.stop()
    },
  }
}

/** Address of the database that belongs to a data folder; empty for SQLite in it. */
export async function databaseUrlFor(dataDir: string): Promise<string> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24)
  return postgres ? postgres.createDatabase(`test_${name}`) : ''
}

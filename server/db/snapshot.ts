import { join, resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { StartError } from '../start-error.ts'
import { isCurrent } from './migrate.ts'
import { postgresRows } from './postgres.ts'
import { connectionConfig, placeOf, postgresStartError } from './postgres-pool.ts'
import { openSqliteSnapshot, type Snapshot } from './sqlite-snapshot.ts'

/** The stored data as it stands now, read-only, whichever database holds it. It is of this version. */
export async function openSnapshot({
  dataDir,
  databaseUrl,
}: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<Snapshot> {
  const file = join(resolve(dataDir), 'stafett.db')
  const snapshot = databaseUrl ? await openPostgresSnapshot(databaseUrl) : await openSqliteSnapshot(file)
  if (await isCurrent(snapshot.rows)) return snapshot
  await snapshot.close()
  const where = databaseUrl ? placeOf(databaseUrl) : file
  throw new StartError(
    `The database ${where} is of another version. Start this one on it once, then try again.`,
  )
}

async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const db = postgresRows(new pg.Pool({ ...connectionConfig({ url, patient: true }), max: 1 }))
  try {
    const rows = await db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute()
    return {
      rows,
      async close() {
        await rows.rollback().execute()
        await db.destroy()
      },
    }
  } catch (error) {
    await db.destroy()
    throw postgresStartError(error, url)
  }
}

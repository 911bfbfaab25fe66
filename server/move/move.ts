import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Config, isPostgresUrl } from '../config.ts'
import { copyTables, filledTable } from '../db/copy.ts'
import { openDatabase } from '../db/open.ts'
import { placeOf } from '../db/postgres-pool.ts'
import type { Logger } from '../log.ts'
import { createProgress } from '../progress.ts'
import { StartError } from '../start-error.ts'
import { runVerify } from '../verify/run.ts'

/**
 * `npm run move`: everything from SQLite in the data folder to an empty PostgreSQL database, in one transaction: all
 * of it or nothing. The folder stays as it is. Then verified where it is now.
 */
export async function move(
  { dataDir }: Pick<Config, 'dataDir'>,
  log: Logger,
  { to }: { to: string },
): Promise<number> {
  if (!isPostgresUrl(to)) throw new StartError('--to must be the postgres:// address of an empty database.')
  const folder = resolve(dataDir)
  if (!existsSync(join(folder, 'stafett.db')))
    throw new StartError(`There is no database in ${folder}. Set DATA_DIR to where it is.`)
  const progress = createProgress()
  // Both are held meanwhile: a server on either would write what is not copied.
  const source = await openDatabase({ dataDir: folder, log })
  try {
    const target = await openDatabase({ dataDir: folder, databaseUrl: to, log })
    try {
      const filled = await filledTable(target.rows)
      if (filled)
        throw new StartError(`There is something in ${placeOf(to)} (${filled}). Give it an empty database.`)
      await target.rows.transaction().execute((trx) => copyTables(source.rows, trx, progress.tell))
    } catch (error) {
      if (error instanceof StartError) throw error
      const why = error instanceof Error ? error.message : 'unknown fault'
      throw new StartError(`The move broke off: ${why}. Nothing was moved.`)
    } finally {
      await target.close()
    }
  } finally {
    progress.end()
    await source.close()
  }
  process.stdout.write(
    `Moved everything to ${placeOf(to)}. ${folder} is as it was; keep municipality.json in it.\n`,
  )
  const code = await runVerify({ dataDir: folder, databaseUrl: to })
  if (code === 0) process.stdout.write('From now on start with DATABASE_URL set to that address.\n')
  return code
}

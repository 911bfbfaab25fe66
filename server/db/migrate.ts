import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StartError } from '../start-error.ts'
import { forMigrations } from './dialect.ts'
import { start } from './migrations/0001-start.ts'
import { history } from './migrations/0002-history.ts'
import { news } from './migrations/0003-news.ts'
import { recovery } from './migrations/0005-recovery.ts'
import { conversation } from './migrations/0006-conversation.ts'
import { auditIndex } from './migrations/0007-audit-index.ts'
import type { Database } from './schema.ts'

/** In order, for ever: a migration that has been out is never changed, only followed by another. */
const migrations = {
  '0001-start': start,
  '0002-history': history,
  '0003-news': news,
  '0005-recovery': recovery,
  '0006-conversation': conversation,
  '0007-audit-index': auditIndex,
}

/** Brings the tables up to this program's version; a database that a newer program has changed is refused. */
export async function migrate(db: Kysely<Database>, where: string): Promise<string[]> {
  const unknown = (await applied(db)).filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) {
    throw new StartError(
      `The database in ${where} was changed by a newer Stafett (${unknown.join(', ')}). Start that version, or use another database.`,
    )
  }
  const migrator = new Migrator({
    db: forMigrations(db),
    provider: { getMigrations: async () => migrations },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName
    throw new StartError(
      `The database in ${where} could not be brought up to date (${failed ?? 'migration'}).`,
    )
  }
  return (results ?? []).map(({ migrationName }) => migrationName)
}

/** Whether a database has exactly the tables of this program, for commands that only read. */
export async function isCurrent(db: Kysely<Database>): Promise<boolean> {
  return (await applied(db)).join() === Object.keys(migrations).sort().join()
}

async function applied(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db)
  return rows.map(({ name }) => name)
}

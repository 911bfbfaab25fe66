import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { backup as copyPages, DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { NOTHING_BEFORE } from '../audit/chain.ts'
import type { Config } from '../config.ts'
import { copyTables } from '../db/copy.ts'
import { openDatabase } from '../db/open.ts'
import type { Database } from '../db/schema.ts'
import { openSnapshot } from '../db/snapshot.ts'
import { openSqliteSnapshot } from '../db/sqlite-snapshot.ts'
import type { Logger } from '../log.ts'
import { createProgress, type Progress } from '../progress.ts'
import { StartError } from '../start-error.ts'
import { copyFault, settle, stampOf } from './files.ts'
import { DATABASE_FILE, MANIFEST_FILE, type Manifest, MUNICIPALITY_FILE, sealOf } from './manifest.ts'

/** Pages a step: a step holds nobody up, and after each we can say how far it is. */
const PAGES = 2000

/**
 * `npm run backup`: everything as it stands at one moment, into a new folder. It is complete when it has its name:
 * until then it stands beside under another one.
 */
export async function backUp(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  log: Logger,
  to: string | undefined,
  clock: () => number = Date.now,
): Promise<number> {
  const source = resolve(dataDir)
  const target = resolve(to ?? join('backups', `stafett-${stampOf(clock())}`))
  if (existsSync(target)) throw new StartError(`${target} is there already; a backup never overwrites.`)
  const part = `${target}.part-${process.pid}`
  const progress = createProgress()
  try {
    mkdirSync(dirname(target), { recursive: true })
    mkdirSync(part)
    const facts = databaseUrl
      ? await copyPostgres({ dataDir, databaseUrl }, part, log, progress)
      : await copySqlite(source, join(part, DATABASE_FILE), progress)
    const municipality = join(source, MUNICIPALITY_FILE)
    if (existsSync(municipality)) copyFileSync(municipality, join(part, MUNICIPALITY_FILE))
    const names = [DATABASE_FILE, MUNICIPALITY_FILE].filter((name) => existsSync(join(part, name)))
    const files = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await sealOf(join(part, name))] as const)),
    )
    const made = new Date(clock()).toISOString()
    const manifest: Manifest = {
      format: 1,
      made,
      database: databaseUrl ? 'postgresql' : 'sqlite',
      ...facts,
      files,
    }
    writeFileSync(join(part, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
    for (const name of [...names, MANIFEST_FILE]) settle(join(part, name))
    settle(part)
    renameSync(part, target)
    settle(dirname(target))
    progress.end()
    process.stdout.write(
      `Backed up ${facts.logs} logs with ${facts.updates.toLocaleString('en')} updates to ${target}.\n` +
        `Audit row ${facts.lastAudit.seq} ends with hash ${facts.lastAudit.hash}.\n`,
    )
    return 0
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw copyFault(error, target)
  } finally {
    progress.end()
  }
}

/** The file of a running server, as it stands now: its readers and its writer go on meanwhile. */
async function copySqlite(dataDir: string, file: string, progress: Progress) {
  const { db, rows, close } = await openSqliteSnapshot(join(dataDir, DATABASE_FILE))
  try {
    const facts = await factsOf(rows)
    // The copy is of the snapshot, so that no commit makes it start again.
    await copyPages(db, file, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) =>
        progress.tell('pages', totalPages - remainingPages, totalPages),
    })
    settleFile(file)
    return facts
  } finally {
    await close()
  }
}

/** The rows of a PostgreSQL, from one snapshot, as a file that any Stafett can read. */
async function copyPostgres(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  part: string,
  log: Logger,
  progress: Progress,
) {
  const { rows, close } = await openSnapshot(config)
  try {
    const copy = await openDatabase({ dataDir: part, log })
    try {
      await copyTables(rows, copy.rows, progress.tell)
    } finally {
      await copy.close()
    }
    settleFile(join(part, DATABASE_FILE))
    rmSync(join(part, 'stafett.lock'), { force: true })
    return await factsOf(rows)
  } finally {
    await close()
  }
}

/** Makes a copy one file without a log beside it, and looks it over. */
function settleFile(file: string) {
  const copy = new DatabaseSync(file)
  try {
    copy.exec('PRAGMA journal_mode = DELETE')
    const check = copy.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (check !== 'ok') throw new StartError(`The database is damaged: ${String(check)}.`)
  } finally {
    copy.close()
  }
}

async function factsOf(
  rows: Kysely<Database>,
): Promise<Pick<Manifest, 'logs' | 'updates' | 'lastUpdate' | 'lastAudit'>> {
  const { logs, updates, last } = await rows
    .selectFrom('updates')
    .select(({ fn }) => [
      fn.count<number>('document').distinct().as('logs'),
      fn.countAll<number>().as('updates'),
      fn.max<number | null>('seq').as('last'),
    ])
    .executeTakeFirstOrThrow()
  const lastAudit = await rows
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { logs, updates, lastUpdate: last ?? 0, lastAudit: lastAudit ?? NOTHING_BEFORE }
}

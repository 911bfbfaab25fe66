import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { recordAudit } from '../audit/audit.ts'
import type { Config } from '../config.ts'
import { copyTables, filledTable } from '../db/copy.ts'
import { continueAfter } from '../db/dialect.ts'
import { openDatabase } from '../db/open.ts'
import { placeOf } from '../db/postgres-pool.ts'
import type { Database } from '../db/schema.ts'
import type { Logger } from '../log.ts'
import { createProgress } from '../progress.ts'
import { StartError } from '../start-error.ts'
import { runVerify } from '../verify/run.ts'
import { copyFault, settle, stampOf } from './files.ts'
import { type Manifest, MUNICIPALITY_FILE, readBackup } from './manifest.ts'

type Options = { from: string; replace: boolean; clock?: () => number }

/** `npm run restore`: a backup into a data folder or an empty PostgreSQL, all of it or nothing; then verified. */
export async function restore(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  log: Logger,
  { from, replace, clock = Date.now }: Options,
): Promise<number> {
  const source = resolve(from)
  const target = resolve(dataDir)
  const manifest = await readBackup(source)
  const full = existsSync(target) && readdirSync(target).length > 0
  if (full && !replace)
    throw new StartError(
      `There is something in ${target}. With --replace it is moved aside first; or name another --data-dir.`,
    )
  const part = `${target}.restoring-${process.pid}`
  const aside = `${target}.replaced-${stampOf(clock())}`
  try {
    mkdirSync(part, { recursive: true })
    for (const name of Object.keys(manifest.files)) copyFileSync(join(source, name), join(part, name))
    await prepare(part, log, manifest, clock)
    if (databaseUrl) await fill(databaseUrl, part, log)
    for (const name of readdirSync(part)) settle(join(part, name))
    settle(part)
    putInPlace(part, target, full ? aside : undefined)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw copyFault(error, databaseUrl ? placeOf(databaseUrl) : target)
  }
  const place = databaseUrl ? `${placeOf(databaseUrl)} and ${target}` : target
  process.stdout.write(
    `Restored ${manifest.logs} logs as they were on ${manifest.made} to ${place}.\n` +
      (full ? `What was in the folder is now in ${aside}.\n` : ''),
  )
  return runVerify({ dataDir: target, databaseUrl })
}

/** From the prepared folder into an empty PostgreSQL; what is left in the folder is the municipality's file. */
async function fill(databaseUrl: string, part: string, log: Logger) {
  const source = await openDatabase({ dataDir: part, log })
  const progress = createProgress()
  try {
    const target = await openDatabase({ dataDir: part, databaseUrl, log })
    try {
      if (await filledTable(target.rows))
        throw new StartError(`There is something in ${placeOf(databaseUrl)}. Restore into an empty database.`)
      await target.rows.transaction().execute((trx) => copyTables(source.rows, trx, progress.tell))
    } finally {
      await target.close()
    }
  } finally {
    progress.end()
    await source.close()
  }
  for (const name of readdirSync(part)) if (name !== MUNICIPALITY_FILE) rmSync(join(part, name))
}

async function prepare(part: string, log: Logger, manifest: Manifest, clock: () => number) {
  const storage = await openDatabase({ dataDir: part, log, clock })
  try {
    await beginAgain(storage.rows, manifest, clock())
  } finally {
    await storage.close()
  }
}

/** More updates than any system stores in a millisecond, in the long run. */
const UPDATES_PER_MS = 100

/**
 * What was stored after the backup is lost, but browsers and notes of what somebody has seen may still speak of it
 * by its number. Numbers therefore go on from the clock, beyond all that were ever given, even by an earlier restore
 * of the same backup. The audit says so itself.
 */
export async function beginAgain(rows: Kysely<Database>, manifest: Manifest, now: number): Promise<void> {
  const next = Math.max(manifest.lastUpdate, now * UPDATES_PER_MS)
  await rows.transaction().execute(async (trx) => {
    await continueAfter(trx, 'updates', next)
    const detail = { kind: 'restored', made: manifest.made, until: manifest.lastUpdate, next: next + 1 }
    await recordAudit(trx, { person: null, service: null, action: 'change', caseId: null, detail }, now)
  })
}

function putInPlace(part: string, target: string, aside: string | undefined) {
  const release = aside === undefined ? () => {} : holdLock(target)
  try {
    if (aside !== undefined) renameSync(target, aside)
    renameSync(part, target)
    settle(dirname(target))
  } finally {
    release()
  }
}

/** A server that runs on the folder would go on writing in what was moved aside. */
function holdLock(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, 'stafett.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new StartError(`A Stafett is running on ${folder}. Stop it, then restore again.`)
  }
  return () => lock.close()
}

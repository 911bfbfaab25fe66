import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { z } from 'zod'
import { openDatabase, type Storage } from '../../server/db/open.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { startPostgres } from '../support/postgres.ts'
import { runToEnd } from '../support/server.ts'
import { writeYears } from '../support/years.ts'
import type { Bench } from './bench.ts'
import { stafett } from './stafett.ts'

const document = documentName(CaseId.parse('five-years'), 'shared')
const people = 40
/** Edits that share a commit and an audit row. One who types alone has one each: more rows on disk, and ten times this phase. */
const together = 10
const opener = join(import.meta.dirname, 'at-rest-open.ts')
const Opened = z.object({ milliseconds: z.number(), bytes: z.number(), writers: z.number() })

/** What a log of five years costs: on disk, in memory, to open, to verify and to back up. */
export async function atRest(bench: Bench): Promise<void> {
  if (!bench.systems.includes(stafett)) return
  const dataDir = mkdtempSync(join(tmpdir(), 'stafett-years-'))
  const postgres = bench.postgres ? await startPostgres() : undefined
  try {
    const databaseUrl = (await postgres?.createDatabase('years')) ?? ''
    await fill(bench, dataDir, databaseUrl)
    const env = { ...process.env, DATABASE_URL: databaseUrl }
    for (let round = 0; round < bench.rounds; round++) {
      for (const from of ['checkpoint', 'alone'] as const) {
        const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', opener, dataDir, document, from]
        const answer = execFileSync(process.execPath, args, { encoding: 'utf8', env, timeout: 120_000 })
        const { milliseconds, bytes } = Opened.parse(JSON.parse(answer))
        bench.say(
          `five years, opened from ${from}: ${milliseconds.toFixed(0)} ms, held ${megabytes(bytes)} MB`,
        )
        bench.report.add(`years-${from}`, stafett.name, milliseconds)
        if (from === 'checkpoint') bench.report.add('yearsMemory', stafett.name, bytes / 1e6)
      }
    }
    for (const task of ['verify', 'backup']) await runTask(bench, task, dataDir, databaseUrl)
  } finally {
    await postgres?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)

async function fill({ quick, report, say }: Bench, dataDir: string, databaseUrl: string) {
  const storage = await openDatabase({ dataDir, databaseUrl, log: pino({ level: 'silent' }) })
  try {
    const updates = quick ? 50_000 : 500_000
    await writeYears(storage, {
      document,
      updates,
      people,
      atOnce: together,
      tell: (done) => {
        if (done % 50_000 === 0) say(`  ${done} of ${updates} updates of five years written`)
      },
    })
    const { checkpoint } = await storage.updates.load(document)
    if (!checkpoint) throw new Error('the log of five years has no checkpoint')
    const inPostgres = databaseUrl === '' ? undefined : await postgresSize(storage)
    const onDisk = inPostgres ?? statSync(join(dataDir, 'stafett.db')).size
    report.add('yearsDisk', stafett.name, onDisk / 1e6)
    report.add('yearsCheckpoint', stafett.name, checkpoint.data.length / 1e6)
    say(
      `five years: ${megabytes(onDisk)} MB on disk; checkpoint ${megabytes(checkpoint.data.length)} MB, ` +
        `whose text ${megabytes(checkpoint.authorship.length)} MB`,
    )
  } finally {
    await storage.close()
  }
}

async function postgresSize({ rows }: Storage) {
  const size = await sql<{ n: number }>`SELECT pg_database_size(current_database()) AS n`.execute(rows)
  return Number(size.rows[0]?.n)
}

async function runTask({ report, say }: Bench, task: string, dataDir: string, databaseUrl: string) {
  const began = performance.now()
  const args = task === 'backup' ? ['--to', join(dataDir, 'copy')] : []
  const { end, output } = await runToEnd({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl }, [task, ...args])
  if (end !== 0) throw new Error(`${task} ended with ${end}: ${output}`)
  const seconds = (performance.now() - began) / 1000
  report.add(`years-${task}`, stafett.name, seconds)
  say(`five years, ${task}: ${seconds.toFixed(1)} s`)
}

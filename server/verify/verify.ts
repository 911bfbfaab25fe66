import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { verifyAudit } from './audit.ts'
import type { Difference } from './difference.ts'
import { verifyLog } from './log.ts'
import { verifyMinutes } from './minutes.ts'

export type Report = {
  logs: number
  updates: number
  auditRows: number
  /** Logs whose rows are some updates behind. */
  behind: number
  /** The first one found; nothing after it was looked at. */
  difference: Difference | undefined
}

/**
 * Replays every log from its updates alone and holds it against checkpoint, authorship, rows and audit, and signed
 * minutes against their checksums. Only reads, from one snapshot, so that a server may go on writing meanwhile.
 */
export async function verify(
  rows: Kysely<Database>,
  tell: (what: string, done: number, of: number) => void,
): Promise<Report> {
  const { auditRows, of } = await sizes(rows)
  const audit = await verifyAudit(rows, (done) => tell('audit rows', done, auditRows))
  const report: Report = {
    logs: 0,
    updates: 0,
    auditRows: audit.count,
    behind: 0,
    difference: audit.difference,
  }
  if (report.difference) return report
  report.difference = await verifyMinutes(rows)
  if (report.difference) return report
  const written = await rows.selectFrom('updates').select('document').distinct().execute()
  const names = new Set([...written.map(({ document }) => document), ...audit.logs.keys()])
  for (const name of [...names].sort()) {
    const done = report.updates
    const log = await verifyLog(rows, name, audit.logs.get(name) ?? [], (more) =>
      tell('updates', done + more, of),
    )
    report.logs++
    report.updates += log.updates
    if (log.behind > 0) report.behind++
    report.difference = log.difference
    if (report.difference) return report
  }
  return report
}

async function sizes(rows: Kysely<Database>) {
  const count = async (table: 'audit' | 'updates') => {
    const { n } = await rows
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  }
  return { auditRows: await count('audit'), of: await count('updates') }
}

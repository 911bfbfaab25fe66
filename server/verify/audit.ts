import type { Kysely } from 'kysely'
import { z } from 'zod'
import { auditHash, NOTHING_BEFORE } from '../audit/chain.ts'
import type { Database } from '../db/schema.ts'
import { type Difference, PAGE } from './difference.ts'

/** What an audit row of written updates says beside who: see `append` of the update stores. */
const Written = z.object({ document: z.string(), from: z.number(), to: z.number(), count: z.number() })
export type Written = z.infer<typeof Written> & { row: number; person: string | null }

/** Audit rows of written updates, by document. */
export type AuditedLogs = Map<string, Written[]>

/** Follows the hash chain from the first row, and gathers what it tells of the logs. */
export async function verifyAudit(
  rows: Kysely<Database>,
  tell: (done: number) => void,
): Promise<{ count: number; logs: AuditedLogs; difference: Difference | undefined }> {
  const logs: AuditedLogs = new Map()
  let last = NOTHING_BEFORE
  let count = 0
  while (true) {
    const page = await rows
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', last.seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    for (const row of page) {
      const what = brokenAt(last, row)
      if (what) return { count, logs, difference: { where: 'audit', seq: row.seq, what } }
      last = row
      count++
      if (row.action !== 'change') continue
      const written = Written.safeParse(JSON.parse(row.detail))
      if (!written.success) continue
      const entry = { ...written.data, row: row.seq, person: row.person }
      const known = logs.get(entry.document)
      if (known) known.push(entry)
      else logs.set(entry.document, [entry])
    }
    tell(count)
    if (page.length < PAGE) return { count, logs, difference: undefined }
  }
}

type Row = Parameters<typeof auditHash>[0] & { hash: string }

function brokenAt(last: { seq: number; hash: string }, row: Row): string | undefined {
  if (row.seq !== last.seq + 1) return `it follows row ${last.seq}; rows between them are gone`
  if (row.prev_hash !== last.hash) return 'it does not build on the hash of the row before'
  if (row.hash !== auditHash(row)) return 'it was changed after it was written'
  return undefined
}

/** Holds the updates of one log against what the audit tells of it: every update under one row of its author. */
export function createAuditCheck(audited: readonly Written[]) {
  const open = new Map<string | null, { rows: readonly Written[]; at: number; seen: number }>()
  for (const [person, rows] of Map.groupBy(audited, (row) => row.person))
    open.set(person, { rows, at: 0, seen: 0 })

  return {
    /** The next update of the log; says what is missing. */
    update(seq: number, author: string): string | undefined {
      const mine = open.get(author)
      let row = mine?.rows[mine.at]
      while (mine && row && seq > row.to) {
        if (mine.seen !== row.count) return missing(row, mine.seen)
        mine.at++
        mine.seen = 0
        row = mine.rows[mine.at]
      }
      if (!mine || !row || seq < row.from || seq > row.to)
        return `the audit has no row of ${author} for this update`
      mine.seen++
      return undefined
    },
    /** When there are no more updates. */
    end(): { seq: number; what: string } | undefined {
      for (const { rows, at, seen } of open.values()) {
        for (const [index, row] of rows.slice(at).entries()) {
          const here = index === 0 ? seen : 0
          if (here !== row.count) return { seq: row.to, what: missing(row, here) }
        }
      }
      return undefined
    },
  }
}

const missing = ({ row, count, from, to }: Written, seen: number) =>
  `audit row ${row} tells of ${count} updates from ${from} to ${to}; the log has ${seen}`

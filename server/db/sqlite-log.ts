import { blob, readUpdates } from './sqlite-updates.ts'
import type { Connection } from './sqlite-worker.ts'
import type { Operations, PackedLog } from './thread-messages.ts'

/** A batch in one transaction: every update, and one audit row for each writer in each document. */
export function append(connection: Connection, { rows, bytes, now }: Operations['append']['ask']): number[] {
  const insert = connection.prepare(
    'INSERT INTO updates (document, author, service, at, data, carried) VALUES (?, ?, ?, ?, ?, ?)',
  )
  return connection.transaction(() => {
    const written = new Map<string, { row: (typeof rows)[number]; from: number; to: number; count: number }>()
    let start = 0
    const seqs = rows.map((row) => {
      const data = bytes.subarray(start, row.end)
      start = row.end
      if (row.line !== null && !isNewLine(connection, row.line, row)) return 0
      const { lastInsertRowid } = insert.run(row.document, row.author, row.service, row.at, data, row.carried)
      const seq = Number(lastInsertRowid)
      const key = `${row.document} ${row.author}`
      const entry = written.get(key)
      if (entry) {
        entry.to = seq
        entry.count++
      } else written.set(key, { row, from: seq, to: seq, count: 1 })
      return seq
    })
    for (const { row, from, to, count } of written.values()) {
      connection.audit(
        {
          person: row.author,
          service: row.service,
          action: 'change',
          caseId: row.document.split('/')[1] ?? null,
          detail: { document: row.document, from, to, count },
        },
        now,
      )
    }
    return seqs
  })
}

function isNewLine(
  connection: Connection,
  line: string,
  row: { document: string; author: string; at: number },
) {
  const insert = connection.prepare('INSERT INTO lines VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  return insert.run(line, row.document, row.author, row.at).changes > 0
}

/** Checkpoint (unless `after` says from where) and every update after it, or the first `most` of them. */
export function load(
  connection: Connection,
  { document, after, most }: Operations['load']['ask'],
): PackedLog {
  const found =
    after === null
      ? connection
          .prepare('SELECT seq, at, data, authorship FROM checkpoints WHERE document = ?')
          .get(document)
      : undefined
  const checkpoint = found
    ? {
        seq: Number(found['seq']),
        at: Number(found['at']),
        data: blob(found['data']),
        authorship: blob(found['authorship']),
      }
    : null
  const from = after ?? checkpoint?.seq ?? 0
  return { checkpoint, ...readUpdates(connection, document, from, most ?? Number.POSITIVE_INFINITY) }
}

/** Puts the newest state of a document; an older one never replaces a newer. */
export function checkpoint(connection: Connection, ask: Operations['checkpoint']['ask']): null {
  connection
    .prepare(
      `INSERT INTO checkpoints (document, seq, at, data, authorship) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, at = excluded.at, data = excluded.data,
       authorship = excluded.authorship WHERE excluded.seq >= checkpoints.seq`,
    )
    .run(ask.document, ask.seq, ask.at, ask.data, ask.authorship)
  return null
}

/** Claims a client id for ever, or says who has it. */
export function claim(connection: Connection, ask: Operations['claim']['ask']): { person: string } {
  return connection.transaction(() => {
    connection
      .prepare('INSERT INTO client_claims VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(ask.document, ask.clientId, ask.person, ask.service, ask.at)
    const holder = connection
      .prepare('SELECT person FROM client_claims WHERE document = ? AND client_id = ?')
      .get(ask.document, ask.clientId)
    return { person: String(holder?.['person']) }
  })
}

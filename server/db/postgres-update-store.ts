import type pg from 'pg'
import { createBatches } from './batches.ts'
import { begin, insert, isNewLine, type Numbered, storedOf } from './postgres-append.ts'
import { readCheckpoint, readUpdates } from './postgres-log.ts'
import type { PostgresWriter } from './postgres-writer.ts'
import { unpack } from './stored-updates.ts'
import type { UpdateEntry, UpdateStore } from './update-store.ts'

/** An entry with bytes of its own: the caller may use its buffer again while we wait. */
type Pending = { entry: UpdateEntry; data: Uint8Array }

/**
 * The log on PostgreSQL. One connection writes, so that numbers rise in the order of commits; `reader` is a pool
 * for everything else, so that opening a long log holds nobody's typing up.
 */
export function postgresUpdateStore(
  writer: PostgresWriter,
  reader: pg.Pool,
  clock: () => number,
): UpdateStore {
  /**
   * Entries whose commit was never answered, with the numbers they had: it may have happened. When the caller tries
   * again with the same entry, it is looked up, so that nothing is written twice.
   */
  const unanswered = new WeakMap<UpdateEntry, number>()

  const commit = (batch: readonly Pending[]): Promise<number[]> =>
    writer.run(async (client) => {
      const asked = batch.flatMap(({ entry }) => unanswered.get(entry) ?? [])
      const stored = await storedOf(client, asked)
      const { last, numbers } = await begin(client, batch.length)
      const seqs: number[] = []
      const fresh: Numbered[] = []
      for (const [index, { entry, data }] of batch.entries()) {
        const before = unanswered.get(entry)
        const known = before !== undefined && stored.has(before)
        const isNew = !known && (entry.line === undefined || (await isNewLine(client, entry)))
        const seq = known ? before : isNew ? (numbers[index] ?? 0) : 0
        seqs.push(seq)
        if (isNew) fresh.push({ ...entry, data, seq })
      }
      await insert(client, fresh, last, clock())
      for (const [index, { entry }] of batch.entries()) unanswered.set(entry, seqs[index] ?? 0)
      const { command } = await client.query('COMMIT')
      if (command !== 'COMMIT') throw new Error('the transaction was not committed')
      for (const { entry } of batch) unanswered.delete(entry)
      return seqs
    })

  const batches = createBatches(commit)

  return {
    append: (entry) => batches.add({ entry, data: entry.data.slice() }),
    waiting: batches.waiting,
    async load(document, after) {
      const checkpoint = after === undefined ? await readCheckpoint(reader, document) : null
      const tail = await readUpdates(reader, document, after ?? checkpoint?.seq ?? 0)
      return unpack({ ...tail, checkpoint })
    },
    page: (document, after, most) => readUpdates(reader, document, after, most),
    async putCheckpoint(document, { seq, at, data, authorship }) {
      await reader.query(
        `INSERT INTO checkpoints (document, seq, at, data, authorship) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (document) DO UPDATE SET seq = excluded.seq, at = excluded.at, data = excluded.data,
         authorship = excluded.authorship WHERE excluded.seq >= checkpoints.seq`,
        [document, seq, at, data, authorship],
      )
    },
    async claim({ document, clientId, person, service, at }) {
      await reader.query('INSERT INTO client_claims VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
        document,
        clientId,
        person,
        service,
        at,
      ])
      const { rows } = await reader.query<{ person: string }>(
        'SELECT person FROM client_claims WHERE document = $1 AND client_id = $2',
        [document, clientId],
      )
      return rows[0]?.person === person
    },
  }
}

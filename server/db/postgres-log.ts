import type pg from 'pg'
import type { PackedLog } from './thread-messages.ts'
import { numbering } from './writer-numbers.ts'

type Row = {
  seq: number
  author: string
  service: string
  at: number
  data: Uint8Array
  carried: string | null
}

/** So many updates come in one answer: it is held in memory as it arrives. */
const PAGE = 20_000

export async function readCheckpoint(reader: pg.Pool, document: string): Promise<PackedLog['checkpoint']> {
  const { rows } = await reader.query<NonNullable<PackedLog['checkpoint']>>(
    'SELECT seq, at, data, authorship FROM checkpoints WHERE document = $1',
    [document],
  )
  return rows[0] ?? null
}

/** The updates of a document after a number, or the first `most` of them. */
export async function readUpdates(
  reader: pg.Pool,
  document: string,
  after: number,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Omit<PackedLog, 'checkpoint'>> {
  const found: Row[] = []
  for (let from = after; found.length < most; ) {
    const limit = Math.min(PAGE, most - found.length)
    const { rows } = await reader.query<Row>({
      name: 'updates',
      text: `SELECT seq, author, service, at, data, carried FROM updates
        WHERE document = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
      values: [document, from, limit],
    })
    for (const row of rows) found.push(row)
    if (rows.length < limit) break
    from = found.at(-1)?.seq ?? from
  }
  return pack(found)
}

function pack(rows: readonly Row[]): Omit<PackedLog, 'checkpoint'> {
  const packed: Omit<PackedLog, 'checkpoint'> = {
    seqs: Float64Array.from(rows, ({ seq }) => seq),
    ats: Float64Array.from(rows, ({ at }) => at),
    writer: new Uint32Array(rows.length),
    ends: new Float64Array(rows.length),
    bytes: new Uint8Array(rows.reduce((sum, { data }) => sum + data.length, 0)),
    writers: [],
    carried: [],
  }
  const numberOf = numbering(packed.writers)
  let end = 0
  for (const [index, { author, service, data, carried }] of rows.entries()) {
    packed.bytes.set(data, end)
    end += data.length
    packed.ends[index] = end
    packed.writer[index] = numberOf(author, service)
    if (carried !== null) packed.carried.push([index, carried])
  }
  return packed
}

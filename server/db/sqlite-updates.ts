import type { Connection } from './sqlite-worker.ts'
import type { PackedUpdates } from './thread-messages.ts'
import { type NumberOf, numbering } from './writer-numbers.ts'

/** So many updates are read in one go. */
const PAGE = 2000
/** A longer update, in bytes, is read by itself, so that a page stays small. */
const SHORT = 4096

/**
 * A page of updates in one row: what node:sqlite does for each row and each blob takes four times as long as SQLite
 * needs to find, spell and join them.
 */
const page = `SELECT json_group_array(seq) AS seqs, json_group_array(at) AS ats, json_group_array(author) AS authors,
  json_group_array(service) AS services, json_group_array(length(data)) AS sizes,
  group_concat(CASE WHEN length(data) > ${SHORT} THEN '' ELSE hex(data) END, '') AS letters, count(carried) AS carried
  FROM (SELECT seq, author, service, at, data, carried FROM updates WHERE document = ? AND seq > ? ORDER BY seq LIMIT ?)`

type Page = Omit<PackedUpdates, 'writers'>

/** The updates of a document after a sequence number, in their order; at most `most` of them. */
export function readUpdates(
  connection: Connection,
  document: string,
  after: number,
  most: number,
): PackedUpdates {
  const pages: Page[] = []
  const writers: PackedUpdates['writers'] = []
  const numberOf = numbering(writers)
  let count = 0
  for (let from = after; count < most; ) {
    const asked = Math.min(PAGE, most - count)
    const next = readPage(connection, document, from, asked, numberOf)
    pages.push(next)
    count += next.seqs.length
    if (next.seqs.length < asked) break
    from = next.seqs.at(-1) ?? from
  }
  return { ...joined(pages, count), writers }
}

function readPage(
  connection: Connection,
  document: string,
  after: number,
  most: number,
  numberOf: NumberOf,
): Page {
  const row = connection.prepare(page).get(document, after, most) ?? {}
  const list = (name: string) => JSON.parse(String(row[name]))
  const seqs: number[] = list('seqs')
  const ats: number[] = list('ats')
  const authors: string[] = list('authors')
  const services: string[] = list('services')
  const sizes: number[] = list('sizes')
  // SQLite promises no order without being asked for it at each column, which takes longer than all of this.
  if (seqs.some((seq, index) => seq <= (seqs[index - 1] ?? after))) throw new Error('updates out of order')
  const { bytes, ends } = join(Buffer.from(String(row['letters'] ?? ''), 'hex'), sizes, (index) =>
    blob(connection.prepare('SELECT data FROM updates WHERE seq = ?').get(seqs[index] ?? 0)?.['data']),
  )
  return {
    seqs: Float64Array.from(seqs),
    ats: Float64Array.from(ats),
    writer: Uint32Array.from(authors, (author, index) => numberOf(author, services[index] ?? '')),
    ends,
    bytes,
    carried: row['carried'] === 0 ? [] : readCarried(connection, document, seqs),
  }
}

/** Short updates, which stand behind each other, with the long ones in between. */
function join(short: Uint8Array, sizes: readonly number[], long: (index: number) => Uint8Array) {
  const parts: Uint8Array[] = []
  let end = 0
  let taken = 0
  let from = 0
  const ends = Float64Array.from(sizes, (size, index) => {
    if (size <= SHORT) taken += size
    else {
      parts.push(short.subarray(from, taken), long(index))
      from = taken
    }
    end += size
    return end
  })
  return { bytes: Buffer.concat([...parts, short.subarray(from)]), ends }
}

function readCarried(
  connection: Connection,
  document: string,
  seqs: readonly number[],
): PackedUpdates['carried'] {
  const places = new Map(seqs.map((seq, index) => [seq, index]))
  return connection
    .prepare(
      'SELECT seq, carried FROM updates WHERE document = ? AND seq BETWEEN ? AND ? AND carried IS NOT NULL',
    )
    .all(document, seqs[0] ?? 0, seqs.at(-1) ?? 0)
    .map(({ seq, carried }) => [places.get(Number(seq)) ?? -1, String(carried)])
}

function joined(pages: readonly Page[], count: number): Page {
  const all: Page = {
    seqs: new Float64Array(count),
    ats: new Float64Array(count),
    writer: new Uint32Array(count),
    ends: new Float64Array(count),
    bytes: new Uint8Array(pages.reduce((sum, { bytes }) => sum + bytes.length, 0)),
    carried: [],
  }
  let index = 0
  let start = 0
  for (const { seqs, ats, writer, ends, bytes, carried } of pages) {
    all.seqs.set(seqs, index)
    all.ats.set(ats, index)
    all.writer.set(writer, index)
    for (let at = 0; at < ends.length; at++) all.ends[index + at] = start + (ends[at] ?? 0)
    all.bytes.set(bytes, start)
    for (const [at, json] of carried) all.carried.push([index + at, json])
    index += seqs.length
    start += bytes.length
  }
  return all
}

export function blob(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new Error('a blob column holds something else')
}

import type { DatabaseThread } from './sqlite-thread.ts'
import { unpack } from './stored-updates.ts'
import type { AppendRow } from './thread-messages.ts'
import type { UpdateEntry, UpdateStore } from './update-store.ts'

/** An entry with bytes of its own: the caller may use its buffer again while it waits. */
type Waiting = {
  entry: UpdateEntry
  data: Uint8Array
  resolve(seq: number): void
  reject(error: unknown): void
}

/** A commit of more than this would make the first in line wait for the last. */
const MOST_BYTES = 8 * 1024 * 1024

/**
 * The log on SQLite. `writer` only appends; `reader` loads, so that opening a long log holds nobody's typing up.
 * Whatever queues while a commit runs goes into the next one: idle, one edit is one commit.
 */
export function sqliteUpdateStore(
  writer: DatabaseThread,
  reader: DatabaseThread,
  clock: () => number,
): UpdateStore {
  let queue: Waiting[] = []
  let inFlight = 0
  /** What comes in the same turn of the event loop goes into the same commit. */
  let gathering = false

  async function commit() {
    const batch = takeBatch()
    inFlight = batch.length
    try {
      const { rows, bytes } = pack(batch)
      const seqs = await writer.call('append', { rows, bytes, now: clock() }, [bytes.buffer])
      batch.forEach(({ resolve }, index) => {
        resolve(seqs[index] ?? 0)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    inFlight = 0
    if (queue.length > 0) void commit()
  }

  function takeBatch(): Waiting[] {
    let bytes = 0
    let count = 0
    for (const { data } of queue) {
      bytes += data.length
      if (count > 0 && bytes > MOST_BYTES) break
      count++
    }
    const batch = queue.slice(0, count)
    queue = queue.slice(count)
    return batch
  }

  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        queue.push({ entry, data: entry.data.slice(), resolve, reject })
        if (inFlight > 0 || gathering) return
        gathering = true
        setImmediate(() => {
          gathering = false
          void commit()
        })
      }),
    async load(document, after) {
      return unpack(await reader.call('load', { document, after: after ?? null, most: null }))
    },
    page: (document, after, most) => reader.call('load', { document, after, most }),
    async putCheckpoint(document, checkpoint) {
      await writer.call('checkpoint', { document, ...checkpoint })
    },
    async claim(claim) {
      const { person } = await writer.call('claim', claim)
      return person === claim.person
    },
    waiting: () => queue.length + inFlight,
  }
}

/** One buffer for the batch, handed over whole: posting each update's view would clone all it looks into. */
function pack(batch: readonly Waiting[]): { rows: AppendRow[]; bytes: Uint8Array<ArrayBuffer> } {
  const bytes = new Uint8Array(batch.reduce((sum, { data }) => sum + data.length, 0))
  let end = 0
  const rows = batch.map(({ entry, data }) => {
    bytes.set(data, end)
    end += data.length
    const { document, author, service, at, carried, line } = entry
    return { document, author, service, at, carried: carried ?? null, line: line ?? null, end }
  })
  return { rows, bytes }
}

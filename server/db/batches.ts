/** What queues while a commit runs goes into the next one: idle, one entry is one commit. */
export type Batches<E> = { add(entry: E): Promise<number>; waiting(): number }

type Waiting<E> = { entry: E; resolve(seq: number): void; reject(error: unknown): void }

/** A commit of more than this would make the first in line wait for the last. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_ENTRIES = 5000

/** Groups entries into commits, in the order in which they came; `commit` answers with a number for each. */
export function createBatches<E extends { data: Uint8Array }>(
  commit: (entries: readonly E[]) => Promise<readonly number[]>,
): Batches<E> {
  let queue: Waiting<E>[] = []
  let inFlight = 0

  async function next() {
    const batch = take()
    inFlight = batch.length
    try {
      const seqs = await commit(batch.map(({ entry }) => entry))
      batch.forEach(({ resolve }, index) => {
        resolve(seqs[index] ?? 0)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    inFlight = 0
    if (queue.length > 0) void next()
  }

  function take(): Waiting<E>[] {
    let bytes = 0
    const end = queue.findIndex(({ entry }, index) => {
      bytes += entry.data.length
      return index > 0 && (bytes > MOST_BYTES || index >= MOST_ENTRIES)
    })
    const batch = end < 0 ? queue : queue.slice(0, end)
    queue = end < 0 ? [] : queue.slice(end)
    return batch
  }

  return {
    add: (entry) =>
      new Promise((resolve, reject) => {
        queue.push({ entry, resolve, reject })
        if (inFlight === 0) void next()
      }),
    waiting: () => queue.length + inFlight,
  }
}

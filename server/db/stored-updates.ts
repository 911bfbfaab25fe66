import { PersonId, ServiceId } from '../../shared/ids.ts'
import type { PackedLog, PackedUpdates } from './thread-messages.ts'
import type { StoredLog, StoredUpdate, StoredUpdates } from './update-store.ts'

/** What a log holds, as a thread or another database gave it. */
export const unpack = (packed: PackedLog): StoredLog => ({
  checkpoint: packed.checkpoint ?? undefined,
  tail: storedUpdates(packed),
})

/** Packed updates, each taken out when it is asked for: nobody needs 200,000 of them at once. */
function storedUpdates(packed: PackedUpdates): StoredUpdates {
  const { seqs, ats, writer, ends, bytes } = packed
  const carried = new Map(packed.carried)
  const writers = packed.writers.map(({ author, service }) => ({
    author: PersonId.parse(author),
    service: ServiceId.parse(service),
  }))
  const take = (index: number): StoredUpdate => {
    const by = writers[writer[index] ?? -1]
    if (!by) throw new Error('an update without a writer')
    return {
      seq: seqs[index] ?? 0,
      author: by.author,
      service: by.service,
      at: ats[index] ?? 0,
      data: bytes.subarray(ends[index - 1] ?? 0, ends[index]),
      carried: carried.get(index),
    }
  }
  return {
    length: seqs.length,
    *[Symbol.iterator]() {
      for (let index = 0; index < seqs.length; index++) yield take(index)
    },
  }
}

import * as Y from 'yjs'
import { Authorship, type CarriedRun } from '../../server/case-log/authorship.ts'
import { carriedRuns } from '../../server/case-log/carried.ts'
import { applyLog, writeCarried } from '../../server/case-log/load-log.ts'
import { checkUpdate } from '../../server/collab/check-update.ts'
import type { PackedUpdates } from '../../server/db/thread-messages.ts'
import type { StoredUpdate } from '../../server/db/update-store.ts'
import { LogHistory } from '../../server/history/log-history.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'

/** The gate and what it keeps, without sockets and disk: every update goes through at a time of the test's choosing. */
export class RecordedLog {
  readonly doc = new Y.Doc()
  readonly authorship = new Authorship()
  readonly stored: StoredUpdate[] = []
  /** The time of the next update, ms. */
  now = Date.UTC(2026, 10, 2, 8)

  constructor() {
    applyLog(this.doc, { checkpoint: undefined, tail: [] }, () => {})
  }

  get seq(): number {
    return this.stored.length
  }

  /** Takes in an update as from somebody's socket. */
  receive(person: string, client: number, update: Uint8Array) {
    const checked = checkUpdate(this.doc, client, update)
    if (!checked) return
    const carried = carriedRuns(this.doc, this.authorship, checked.written, checked.deletes)
    this.#keep(person, client, checked, carried)
    Y.applyUpdate(this.doc, checked.data, 'received')
  }

  /** Makes an edit as the server does for somebody, under a client id of its own. */
  edit(person: string, client: number, change: (doc: Y.Doc) => CarriedRun[]) {
    const scratch = new Y.Doc()
    Y.applyUpdate(scratch, Y.encodeStateAsUpdate(this.doc))
    scratch.clientID = client
    const from = Y.getState(scratch.store, client)
    const made: Uint8Array[] = []
    scratch.on('update', (update: Uint8Array) => made.push(update))
    const carried = scratch.transact(() => change(scratch))
    if (made.length === 0) return
    const data = Y.mergeUpdates(made)
    this.#keep(person, client, { data, from, to: Y.getState(scratch.store, client) }, carried)
    Y.applyUpdate(this.doc, data, 'received')
  }

  #keep(
    person: string,
    client: number,
    { data, from, to }: { data: Uint8Array; from: number; to: number },
    carried: CarriedRun[],
  ) {
    const writer = { person: PersonId.parse(person), service: ServiceId.parse(`s-${person}`) }
    this.authorship.add(client, from, to, writer, this.now, carried)
    const { person: author, service } = writer
    const seq = this.stored.length + 1
    this.stored.push({ seq, author, service, at: this.now, data, carried: writeCarried(carried) })
  }

  /** The document as it was when an update had come, from the log alone. */
  at(seq: number): Y.Doc {
    const doc = new Y.Doc()
    applyLog(doc, { checkpoint: undefined, tail: this.stored.slice(0, seq) }, (_seq, error) => {
      throw error
    })
    return doc
  }

  /** The history, brought in so many updates at a time. */
  history(most = Number.POSITIVE_INFINITY): LogHistory {
    const history = new LogHistory()
    for (let start = 0; start < this.stored.length; start += most)
      history.add(packed(this.stored.slice(start, start + most)))
    return history
  }
}

/** Updates as they cross threads. */
export function packed(updates: readonly StoredUpdate[]): PackedUpdates {
  let end = 0
  const ends = Float64Array.from(updates, ({ data }) => {
    end += data.length
    return end
  })
  const bytes = new Uint8Array(end)
  for (const [at, { data }] of updates.entries()) bytes.set(data, (ends[at] ?? 0) - data.length)
  return {
    seqs: Float64Array.from(updates, ({ seq }) => seq),
    ats: Float64Array.from(updates, ({ at }) => at),
    writer: Uint32Array.from(updates, (_, at) => at),
    ends,
    bytes,
    writers: updates.map(({ author, service }) => ({ author, service })),
    carried: updates.flatMap(({ carried }, at): [number, string][] => (carried ? [[at, carried]] : [])),
  }
}

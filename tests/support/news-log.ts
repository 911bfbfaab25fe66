import * as Y from 'yjs'
import { Authorship } from '../../server/case-log/authorship.ts'
import { carriedRuns } from '../../server/case-log/carried.ts'
import { applyLog, writeCarried } from '../../server/case-log/load-log.ts'
import { checkUpdate } from '../../server/collab/check-update.ts'
import type { PackedUpdates } from '../../server/db/thread-messages.ts'
import type { StoredUpdate } from '../../server/db/update-store.ts'
import { Timeline } from '../../server/history/timeline.ts'
import { type Change, changesFor } from '../../server/news/changes.ts'
import { Past } from '../../server/news/past.ts'
import { personReader, type Reader, type Reading } from '../../server/news/reader.ts'
import { markRead } from '../../server/news/reading.ts'
import { Units } from '../../server/news/units.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'

/** A log without sockets and disk: what the gate stores of every edit, and the news that comes of it. */
export class NewsLog {
  readonly doc = new Y.Doc()
  readonly authorship = new Authorship()
  readonly stored: StoredUpdate[] = []
  #timeline = new Timeline()
  #past = new Past(this.#timeline)
  #units = new Units(this.#past)
  #packed = 0

  constructor() {
    applyLog(this.doc, { checkpoint: undefined, tail: [] }, () => {})
  }

  get seq(): number {
    return this.stored.length
  }

  /** Somebody's edit, through the gate. */
  receive(person: string, clientId: number, update: Uint8Array): void {
    const checked = checkUpdate(this.doc, clientId, update)
    if (!checked) return
    const writer = { person: PersonId.parse(person), service: ServiceId.parse(`s-${person}`) }
    const at = this.stored.length + 1
    const carried = carriedRuns(this.doc, this.authorship, checked.written, checked.deletes)
    this.authorship.add(clientId, checked.from, checked.to, writer, at, carried)
    Y.applyUpdate(this.doc, checked.data)
    const { person: author, service } = writer
    this.stored.push({ seq: at, author, service, at, data: checked.data, carried: writeCarried(carried) })
  }

  /** The past as it has been followed, update by update; `afresh`, read from the log's beginning. */
  remembered(afresh = false): { past: Past; units: Units } {
    if (afresh) {
      const timeline = new Timeline()
      timeline.add(pack(this.stored))
      const past = new Past(timeline)
      return { past, units: new Units(past) }
    }
    this.#timeline.add(pack(this.stored.slice(this.#packed)))
    this.#packed = this.stored.length
    this.#units.update()
    return { past: this.#past, units: this.#units }
  }

  changes(reader: Reader): Change[] {
    const { past, units } = this.remembered()
    return changesFor(past, units, reader)
  }

  /** What is new for somebody, in short: what happened, to which words, and whose doing it is. */
  news(reading: Reading): string[] {
    return this.changes(personReader(reading)).map(
      ({ what, text, by, fields }) =>
        `${by.map(({ person }) => person).join('+')} ${what} ${[text.was, text.now].filter((words) => words !== '').join(' → ')}${fields.map(({ name, from, to }) => ` ${name}: ${from}→${to}`).join('')}`,
    )
  }

  read(reading: Reading, keys?: readonly string[], seq = this.seq): Reading {
    return markRead(this.remembered(), reading, seq, keys)
  }
}

/** Somebody who has read nothing yet. */
export const newcomer = (person: string, joined = 0): Reading => ({
  person: PersonId.parse(person),
  joined,
  upTo: joined,
  blocks: new Map(),
})

function pack(updates: readonly StoredUpdate[]): PackedUpdates {
  const bytes = new Uint8Array(updates.reduce((sum, { data }) => sum + data.length, 0))
  const ends = new Float64Array(updates.length)
  let end = 0
  updates.forEach(({ data }, index) => {
    bytes.set(data, end)
    end += data.length
    ends[index] = end
  })
  return {
    seqs: Float64Array.from(updates, ({ seq }) => seq),
    ats: Float64Array.from(updates, ({ at }) => at),
    writer: Uint32Array.from(updates, (_, index) => index),
    ends,
    bytes,
    writers: updates.map(({ author, service }) => ({ author, service })),
    carried: updates.flatMap(({ carried }, index) => (carried === undefined ? [] : [[index, carried]])),
  }
}

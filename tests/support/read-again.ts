import * as Y from 'yjs'
import { applyLog } from '../../server/case-log/load-log.ts'
import type { StoredLog } from '../../server/db/update-store.ts'
import { logFragment } from '../../shared/case-log/document.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'

/**
 * Holds a log against what was stored of it, read update by update, as a server loads it, and from a checkpoint in its
 * middle; what is otherwise, in words.
 */
export function readAgain(hub: Y.Doc, stored: readonly Uint8Array[]): string[] {
  const replay = new Y.Doc()
  logFragment(replay)
  replay.transact(() => {
    for (const update of stored) Y.applyUpdate(replay, update)
  })
  const tail = stored.map((data, index) => ({ ...somebody, seq: index + 1, data }))
  const middle = Math.floor(tail.length / 2)
  const half = load({ checkpoint: undefined, tail: tail.slice(0, middle) })
  const data = Y.encodeStateAsUpdate(half.doc)
  const checkpoint = { seq: middle, at: 0, data, authorship: half.authorship.encode() }
  const ways: [string, Y.Doc][] = [
    ['replay', replay],
    ['log as it is loaded', load({ checkpoint: undefined, tail }).doc],
    ['checkpoint and tail', load({ checkpoint, tail: tail.slice(middle) }).doc],
  ]
  return ways.flatMap(([name, doc]) =>
    logFragment(doc).toString() === logFragment(hub).toString() ? [] : [`the ${name} is another log`],
  )
}

const somebody = {
  author: PersonId.parse('somebody'),
  service: ServiceId.parse('skole'),
  at: 0,
  carried: undefined,
}

function load(log: StoredLog) {
  const doc = new Y.Doc()
  const { authorship } = applyLog(doc, log, (_seq, error) => {
    throw error
  })
  return { doc, authorship }
}

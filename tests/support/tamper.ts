import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { auditHash, NOTHING_BEFORE } from '../../server/audit/chain.ts'
import { appendParagraph } from '../../shared/case-log/document.ts'

/** The log that is tampered with: `maren` wrote most of it, `silje` the last five lines. */
export const jonas = 'case/logg-a/shared'

export const one = (db: DatabaseSync, query: string, ...values: (string | number)[]) => {
  const row = db.prepare(query).get(...values)
  if (!row) throw new Error(`nothing found by ${query}`)
  return row
}
/** The sequence number of the last update of the log but `back`. */
export const seqFromEnd = (db: DatabaseSync, back: number) =>
  Number(
    one(db, 'SELECT seq FROM updates WHERE document = ? ORDER BY seq DESC LIMIT 1 OFFSET ?', jonas, back)[
      'seq'
    ],
  )
export const bytes = (value: unknown) => {
  if (value instanceof Uint8Array) return value
  throw new Error('no bytes')
}

/** Makes the chain whole again after a change, as somebody would who knows how it is made. */
export function rechain(db: DatabaseSync) {
  let last = NOTHING_BEFORE
  for (const found of db.prepare('SELECT * FROM audit ORDER BY seq').all()) {
    const text = (name: string) => (found[name] === null ? null : String(found[name]))
    const row = {
      seq: last.seq + 1,
      at: Number(found['at']),
      person: text('person'),
      service: text('service'),
      action: String(found['action']),
      case_id: text('case_id'),
      detail: String(found['detail']),
      prev_hash: last.hash,
    }
    const hash = auditHash(row)
    db.prepare('UPDATE audit SET seq = ?, prev_hash = ?, hash = ? WHERE seq = ?').run(
      row.seq,
      row.prev_hash,
      hash,
      Number(found['seq']),
    )
    last = { seq: row.seq, hash }
  }
}

/** What is done to the stored data, and the difference that it must give: where, and a piece of what. */
export const tamperings: [string, (db: DatabaseSync) => number, RegExp, where?: string][] = [
  [
    'an update that cannot be read',
    (db) => {
      const seq = seqFromEnd(db, 20)
      db.prepare('UPDATE updates SET data = ? WHERE seq = ?').run(new Uint8Array([1, 2, 3]), seq)
      return seq
    },
    /cannot be read/,
  ],
  [
    'an update whose predecessor never came',
    (db) => {
      const seq = seqFromEnd(db, 20)
      const data = bytes(one(db, 'SELECT data FROM updates WHERE seq = ?', seqFromEnd(db, 10))['data'])
      db.prepare('UPDATE updates SET data = ? WHERE seq = ?').run(data, seq)
      return seq
    },
    /builds on something that no update before it brought/,
  ],
  [
    'an update that is gone',
    (db) => {
      const seq = seqFromEnd(db, 20)
      db.prepare('DELETE FROM updates WHERE seq = ?').run(seq)
      return seqFromEnd(db, 19)
    },
    /tells of 1 updates .*; the log has 0/,
  ],
  [
    'a last update that is gone',
    (db) => {
      const seq = seqFromEnd(db, 0)
      db.prepare('DELETE FROM updates WHERE seq = ?').run(seq)
      return seq
    },
    /rows were derived at an update that the log does not have/,
  ],
  [
    'an update in another name',
    (db) => {
      const seq = seqFromEnd(db, 20)
      db.prepare("UPDATE updates SET author = 'tore' WHERE seq = ?").run(seq)
      return seq
    },
    /audit has no row of tore/,
  ],
  [
    'an update in another name, the audit forged along',
    (db) => {
      const seq = seqFromEnd(db, 20)
      db.prepare("UPDATE updates SET author = 'tore' WHERE seq = ?").run(seq)
      db.prepare("UPDATE audit SET person = 'tore' WHERE detail LIKE ?").run(`%"from":${seq},%`)
      rechain(db)
      return seq
    },
    /tore is its author, but client \d+ is claimed by maren/,
  ],
  [
    'a checkpoint that lacks an update',
    (db) => {
      const doc = new Y.Doc()
      const rows = db.prepare('SELECT seq, data FROM updates WHERE document = ? ORDER BY seq').all(jonas)
      const until = Number(one(db, 'SELECT seq FROM checkpoints WHERE document = ?', jonas)['seq'])
      const missing = seqFromEnd(db, 8)
      for (const { seq, data } of rows)
        if (Number(seq) <= until && Number(seq) < missing) Y.applyUpdate(doc, bytes(data))
      db.prepare('UPDATE checkpoints SET data = ? WHERE document = ?').run(Y.encodeStateAsUpdate(doc), jonas)
      return missing
    },
    /it is not in the checkpoint/,
  ],
  [
    'a checkpoint that knows more than the log',
    (db) => {
      const checkpoint = one(db, 'SELECT seq, data FROM checkpoints WHERE document = ?', jonas)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, bytes(checkpoint['data']))
      appendParagraph(doc, 'aldri skrevet')
      db.prepare('UPDATE checkpoints SET data = ? WHERE document = ?').run(Y.encodeStateAsUpdate(doc), jonas)
      return Number(checkpoint['seq'])
    },
    /holds edits that no update brought/,
  ],
  [
    'a checkpoint that reads otherwise',
    (db) => {
      const checkpoint = one(db, 'SELECT seq, data FROM checkpoints WHERE document = ?', jonas)
      const data = Buffer.from(bytes(checkpoint['data']))
      const at = data.indexOf('maren skriver 30')
      data.write('MAREN', at)
      db.prepare('UPDATE checkpoints SET data = ? WHERE document = ?').run(new Uint8Array(data), jonas)
      return Number(checkpoint['seq'])
    },
    /reads otherwise/,
  ],
  [
    'a checkpoint that credits somebody else',
    (db) => {
      const { authorship } = one(db, 'SELECT authorship FROM checkpoints WHERE document = ?', jonas)
      const index = new TextDecoder().decode(bytes(authorship)).replace('"maren"', '"bodil"')
      db.prepare('UPDATE checkpoints SET authorship = ? WHERE document = ?').run(
        new TextEncoder().encode(index),
        jonas,
      )
      return -1
    },
    /the checkpoint says bodil wrote it; by the updates maren did/,
  ],
  [
    'a row that the log does not give',
    (db) => {
      db.prepare("UPDATE goals SET status = 'ended' WHERE case_id = 'logg-a'").run()
      return seqFromEnd(db, 0)
    },
    /goals lacks the row of id /,
  ],
  [
    'a text that the log does not give',
    (db) => {
      db.prepare("UPDATE log_texts SET text = replace(text, 'skriver 3', 'skrev 3') WHERE document = ?").run(
        jonas,
      )
      return seqFromEnd(db, 0)
    },
    /log_texts has another text/,
  ],
  [
    'an audit row that was changed',
    (db) => {
      db.prepare("UPDATE audit SET person = 'tore' WHERE seq = 7").run()
      return 7
    },
    /changed after it was written/,
    'audit',
  ],
  [
    'an audit row that is gone',
    (db) => {
      db.prepare('DELETE FROM audit WHERE seq = 7').run()
      return 8
    },
    /follows row 6/,
    'audit',
  ],
]

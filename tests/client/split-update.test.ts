import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { splitUpdate } from '../../client/collab/split-update.ts'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { limits } from '../../shared/collab/protocol.ts'
import { Random } from '../support/random.ts'

const text = (doc: Y.Doc) => logFragment(doc).toString()

/** Applies the parts one by one as the server would: each has to pass the gate on what came before. */
function receive(parts: readonly Uint8Array[], client: number, base = new Y.Doc()): Y.Doc {
  logFragment(base)
  for (const part of parts) {
    expect(part.length).toBeLessThan(limits.frame)
    const checked = checkUpdate(base, client, part)
    if (checked) Y.applyUpdate(base, checked.data)
    expect(base.store.pendingStructs).toBeNull()
  }
  return base
}

describe('a long update, in parts', () => {
  test('a short one goes as it is', () => {
    const doc = new Y.Doc()
    appendParagraph(doc, 'Kort.')
    const update = Y.encodeStateAsUpdate(doc)
    expect(splitUpdate(update)).toEqual([update])
  })

  test('three megabytes in one paragraph, cut between characters and not within one', () => {
    const doc = new Y.Doc()
    appendParagraph(doc, 'ab😀'.repeat(750_000))
    const parts = splitUpdate(Y.encodeStateAsUpdate(doc))
    expect(parts.length).toBeGreaterThan(20)
    expect(text(receive(parts, doc.clientID))).toBe(text(doc))
  })

  test.each([1, 2, 3])('a month of random edits offline, seed %i', (seed) => {
    const random = new Random(seed)
    const doc = new Y.Doc()
    doc.clientID = 500 + seed
    const log = logFragment(doc)
    for (let edit = 0; edit < 8000; edit++) {
      const at = random.below(log.length + 1)
      const element = log.get(at)
      const inner = element instanceof Y.XmlElement ? element.get(0) : undefined
      if (random.chance(0.3)) appendParagraph(doc, `linje ${edit}`)
      else if (random.chance(0.02) && log.length > 0) log.delete(Math.min(at, log.length - 1), 1)
      else if (inner instanceof Y.XmlText) inner.insert(random.below(inner.length + 1), `ord${edit} `)
      else appendParagraph(doc, `linje ${edit}`)
    }
    const update = Y.encodeStateAsUpdate(doc)
    const parts = splitUpdate(update)
    expect(parts.length).toBeGreaterThan(1)
    expect(text(receive(parts, doc.clientID))).toBe(text(doc))
    expect(Y.encodeStateVector(receive(parts, doc.clientID))).toEqual(Y.encodeStateVector(doc))
  })

  test('of several clients, each part building only on those before it', () => {
    const docs = [1, 2, 3].map((id) => {
      const doc = new Y.Doc()
      doc.clientID = id
      return doc
    })
    for (let round = 0; round < 1500; round++) {
      const doc = docs[round % 3]
      if (!doc) continue
      if (round % 50 === 0) for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
      appendParagraph(doc, `runde ${round} ${'x'.repeat(150)}`)
    }
    const whole = Y.mergeUpdates(docs.map((doc) => Y.encodeStateAsUpdate(doc)))
    const fresh = new Y.Doc()
    for (const part of splitUpdate(whole)) {
      Y.applyUpdate(fresh, part)
      expect(fresh.store.pendingStructs).toBeNull()
    }
    const expected = new Y.Doc()
    Y.applyUpdate(expected, whole)
    expect(text(fresh)).toBe(text(expected))
  })
})

import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { knownContent } from '../../server/collab/known-content.ts'
import { scanUpdate } from '../../server/collab/scan.ts'
import { goal, measure } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { AppError } from '../../shared/errors.ts'
import { rounds, seed } from '../support/fuzz.ts'
import { Random } from '../support/random.ts'
import { updateBy } from '../support/raw-socket.ts'

const runs = rounds(10, 200) * 300
const CLIENT = 4321

const base = (() => {
  const doc = new Y.Doc()
  doc.clientID = 1234
  appendParagraph(doc, 'Et avsnitt med tekst.')
  appendBlocks(doc, [goal({ status: 'active' }, 'Et mål', [measure({}, 'Et tiltak')])])
  logFragment(doc).delete(0, 1)
  appendParagraph(doc, 'Enda et avsnitt.')
  return Y.encodeStateAsUpdate(doc)
})()

/** What an honest client might send. */
function honest(random: Random): Uint8Array {
  return updateBy(CLIENT, base, (doc) => {
    const log = logFragment(doc)
    const block = log.get(random.below(log.length))
    if (random.chance(0.5)) appendParagraph(doc, `ny ${random.below(1000)}`)
    if (random.chance(0.3)) log.delete(0, 1)
    else if (block instanceof Y.XmlElement && random.chance(0.5)) {
      const text = block.get(0)
      if (text instanceof Y.XmlText) {
        text.insert(random.below(text.length + 1), 'midt i')
        if (random.chance(0.5)) text.format(0, text.length, { bold: {} })
      }
    } else appendBlocks(doc, [measure({ status: 'underway' }, 'Nytt tiltak')])
  })
}

function broken(random: Random, update: Uint8Array): Uint8Array {
  const bytes = [...update]
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(bytes.length + 1)
    if (random.chance(0.6)) bytes[Math.min(at, bytes.length - 1)] = random.below(256)
    else if (random.chance(0.5)) bytes.splice(at, 1 + random.below(3))
    else bytes.splice(at, 0, random.below(256), random.below(256))
  }
  return Uint8Array.from(bytes)
}

function load(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  logFragment(doc)
  Y.applyUpdate(doc, update)
  return doc
}

/** Every element is a block that may stand where it stands. */
function expectKnown(parent: Y.XmlFragment, name: string) {
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlElement) {
      expect(knownContent().children.get(name)).toContain(child.nodeName)
      for (const attribute of Object.keys(child.getAttributes()))
        expect(knownContent().attributes.get(child.nodeName)).toContain(attribute)
      expectKnown(child, child.nodeName)
    } else expect(child).toBeInstanceOf(Y.XmlText)
  }
}

describe(`the gate, seed ${seed}`, () => {
  test(`${runs} honest updates pass, and amount to what they are in a colleague’s editor`, () => {
    const random = new Random(seed)
    for (let run = 0; run < runs / 10; run++) {
      const update = honest(random)
      const doc = load(base)
      const checked = checkUpdate(doc, CLIENT, update)
      const expected = load(base)
      Y.applyUpdate(expected, update)
      if (checked) Y.applyUpdate(doc, checked.data)
      expect(logFragment(doc).toString()).toBe(logFragment(expected).toString())
      expect(checkUpdate(doc, CLIENT, update)).toBeUndefined()
      // A joining client sends all it has, everything it ever saw deleted included.
      expect(checkUpdate(doc, CLIENT, Y.encodeStateAsUpdate(expected))).toBeUndefined()
    }
  })

  test(`${runs} broken updates are refused with our own error, or harm nothing`, () => {
    const random = new Random(seed * 7 + 1)
    let refused = 0
    const doc = load(base)
    for (let run = 0; run < runs; run++) {
      const update = broken(random, honest(random))
      let checked: ReturnType<typeof checkUpdate>
      try {
        checked = checkUpdate(doc, CLIENT, update)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        refused++
        continue
      }
      if (!checked) continue
      const applied = load(base)
      Y.applyUpdate(applied, checked.data)
      expect(applied.store.pendingStructs).toBeNull()
      expect(applied.store.pendingDs).toBeNull()
      expect([...applied.share.keys()]).toEqual(['log'])
      expect(Y.getState(applied.store, CLIENT)).toBe(checked.to)
      expectKnown(logFragment(applied), 'doc')
    }
    expect(refused).toBeGreaterThan(runs / 2)
  })

  test(`${runs} updates of mere noise are read without harm and without taking memory`, () => {
    const random = new Random(seed * 13 + 5)
    const before = process.memoryUsage().heapUsed
    for (let run = 0; run < runs; run++) {
      const noise = Uint8Array.from({ length: random.below(200) }, () => random.below(256))
      try {
        scanUpdate(noise)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024)
  })
})

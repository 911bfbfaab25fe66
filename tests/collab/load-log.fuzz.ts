import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Authorship } from '../../server/case-log/authorship.ts'
import { applyLog, applyStored } from '../../server/case-log/load-log.ts'
import { unlikeAuthors, unlikeDocuments } from '../../server/verify/compare.ts'
import { paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { rounds, seed } from '../support/fuzz.ts'
import { Random } from '../support/random.ts'
import { RecordedLog } from '../support/recorded-log.ts'

const runs = rounds(300, 20_000)
const people = ['maren', 'petter', 'ida']
const MINUTE = 60_000

/** Somebody's copy of the log, with what they have not sent yet. */
type Writer = { person: string; doc: Y.Doc; unsent: Uint8Array[]; caret: number }
/** Where somebody wrote last: colleagues like to write there as well. */
type Spot = { at: number }

function open(log: RecordedLog, person: string, client: number): Writer {
  const doc = new Y.Doc()
  logFragment(doc)
  doc.clientID = client
  const writer: Writer = { person, doc, unsent: [], caret: 0 }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'log') writer.unsent.push(update)
  })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(log.doc), 'log')
  return writer
}

const texts = (doc: Y.Doc): Y.XmlText[] =>
  logFragment(doc)
    .toArray()
    .flatMap((line) => (line instanceof Y.XmlElement ? line.toArray() : []))
    .filter((text) => text instanceof Y.XmlText)

/** Types mostly, where it typed before; the rest is what breaks a row of key presses. */
function edit(writer: Writer, spot: Spot, random: Random) {
  const { doc } = writer
  // Mostly at the beginning, where colleagues get in each other's way.
  const text = random.chance(0.6) ? texts(doc)[0] : random.pick(texts(doc))
  const chance = random.next()
  if (!text || chance < 0.05) {
    appendBlocks(doc, [paragraph(random.pick(['Ny linje', '', '🌲']) ?? '')])
    return
  }
  if (chance < 0.2) writer.caret = random.chance(0.6) ? spot.at : random.below(text.length + 1)
  writer.caret = Math.min(writer.caret, text.length)
  const at = writer.caret
  if (chance < 0.3 && at > 0) text.delete(--writer.caret, 1)
  else if (chance < 0.35 && text.length > 3) text.delete(1, 2)
  else if (chance < 0.4 && text.length > 2) text.format(1, 2, { bold: {} })
  else {
    const letters = random.pick(['a', 'b', 'æ', '🌲', 'et ord', 'x'.repeat(40)]) ?? 'c'
    text.insert(at, letters)
    writer.caret = at + letters.length
    spot.at = writer.caret
  }
}

function writtenLog(random: Random): RecordedLog {
  const log = new RecordedLog()
  const spot = { at: 0 }
  const writers = people.map((person, index) => open(log, person, 100 + index * 7))
  for (let step = 40 + random.below(120); step > 0; step--) {
    const writer = random.pick(writers)
    if (!writer) break
    edit(writer, spot, random)
    if (random.chance(0.2)) continue
    // Now and then all it has, as after an absence: much of it is known by then.
    const all = random.chance(0.05) ? [Y.encodeStateAsUpdate(writer.doc)] : writer.unsent
    writer.unsent = []
    for (const update of all) {
      log.now += random.below(MINUTE)
      log.receive(writer.person, writer.doc.clientID, update)
    }
    if (random.chance(0.4)) Y.applyUpdate(writer.doc, Y.encodeStateAsUpdate(log.doc), 'log')
  }
  return log
}

const loud = (_seq: number, error: unknown) => {
  throw error
}

/** What an open log and its opening are held against: each update by itself. */
function oneByOne(log: RecordedLog) {
  const doc = new Y.Doc()
  logFragment(doc)
  const authorship = new Authorship()
  // In a transaction of our own, as a log is loaded: Yjs tidies nothing up.
  doc.transact(() => {
    for (const update of log.stored) applyStored(doc, authorship, update)
  })
  return { doc, authorship }
}

test('a log that is loaded all at once is the log loaded update by update', () => {
  for (let run = 0; run < runs; run++) {
    const random = new Random(seed + run)
    const log = writtenLog(random)
    const expected = oneByOne(log)
    const middle = random.below(log.stored.length)
    const before = new Y.Doc()
    const first = applyLog(before, { checkpoint: undefined, tail: log.stored.slice(0, middle) }, loud)
    const checkpoint = {
      seq: middle,
      at: 0,
      data: Y.encodeStateAsUpdate(before),
      authorship: first.authorship.encode(),
    }
    const ways = [
      { checkpoint: undefined, tail: log.stored },
      { checkpoint, tail: log.stored.slice(middle) },
    ]
    for (const way of ways) {
      const doc = new Y.Doc()
      const loaded = applyLog(doc, way, loud)
      const where = `seed ${seed + run}`
      expect(unlikeDocuments(expected.doc, doc), where).toBeUndefined()
      expect(unlikeAuthors(doc, expected.authorship, loaded.authorship), where).toBeUndefined()
      expect(loaded.authorship.latest(), where).toEqual(expected.authorship.latest())
      expect(loaded.seq, where).toBe(log.stored.length)
    }
  }
})

test('letters with a colleague’s in between are not one word to Yjs: they were typed with other text to their right', () => {
  const log = new RecordedLog()
  const base = open(log, 'ida', 50)
  appendBlocks(base.doc, [paragraph('.')])
  const send = (writer: Writer) => {
    for (const update of writer.unsent.splice(0)) log.receive(writer.person, writer.doc.clientID, update)
  }
  send(base)
  const [high, low] = [open(log, 'maren', 200), open(log, 'petter', 100)]
  texts(high.doc)[0]?.insert(0, 'a')
  send(high)
  Y.applyUpdate(low.doc, Y.encodeStateAsUpdate(log.doc), 'log')
  texts(low.doc)[0]?.insert(1, 'C')
  send(low)
  Y.applyUpdate(high.doc, Y.encodeStateAsUpdate(log.doc), 'log')
  texts(high.doc)[0]?.insert(1, 'b')
  send(high)
  const doc = new Y.Doc()
  applyLog(doc, { checkpoint: undefined, tail: log.stored }, loud)
  expect(texts(doc)[0]?.toJSON()).toBe('abC.')
})

/** A mark whose value is no JSON: Yjs stumbles over it, and over all that it is read together with. */
function brokenMark(random: Random): Uint8Array {
  const FORMAT = 6
  const encoder = createEncoder()
  for (const value of [1, 1, 2 ** 30 + random.below(1000), 0, FORMAT, 0, 100, 0]) writeVarUint(encoder, value)
  writeVarString(encoder, 'bold')
  writeVarString(encoder, '{')
  writeVarUint(encoder, 0)
  return toUint8Array(encoder)
}

test('an update that cannot be applied is named, and takes nothing with it', () => {
  for (let run = 0; run < runs / 10; run++) {
    const random = new Random(seed + run)
    const log = writtenLog(random)
    const at = random.below(log.stored.length)
    const good = log.stored[at]
    if (!good) continue
    const bad = { ...good, seq: good.seq + 0.5, data: brokenMark(random) }
    const broken: number[] = []
    const doc = new Y.Doc()
    applyLog(doc, { checkpoint: undefined, tail: log.stored.toSpliced(at + 1, 0, bad) }, (seq) =>
      broken.push(seq),
    )
    expect(broken, `seed ${seed + run}`).toEqual([bad.seq])
    expect(logFragment(doc).toString(), `seed ${seed + run}`).toBe(logFragment(oneByOne(log).doc).toString())
  }
})

import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { nextUpdate } from '../../server/collab/key-presses.ts'
import { goal, measure } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, childElements, logFragment } from '../../shared/case-log/document.ts'
import { rounds, seed } from '../support/fuzz.ts'
import { Random } from '../support/random.ts'

const runs = rounds(300, 20_000)
const CLIENT = 4321

function load(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  logFragment(doc)
  Y.applyUpdate(doc, update)
  return doc
}

function textsIn(parent: Y.XmlFragment): Y.XmlText[] {
  return parent
    .toArray()
    .flatMap((child) =>
      child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : [],
    )
}

/** A log that two colleagues have written in, and deleted in. */
function base(random: Random): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1000 + random.below(3)
  appendParagraph(doc, 'Et avsnitt med tekst 🌲.')
  appendBlocks(doc, [goal({ status: 'active' }, 'Et mål', [measure({}, 'Et tiltak')])])
  appendParagraph(doc, '')
  const other = load(Y.encodeStateAsUpdate(doc))
  // Now above, now below the writer's: which of two comes first depends on it.
  other.clientID = random.chance(0.5) ? 2 : 9999
  for (const text of textsIn(logFragment(other))) {
    const at = random.below(text.length + 1)
    if (random.chance(0.5)) text.insert(at, 'fra en kollega')
    if (random.chance(0.3) && at < text.length) text.delete(at, 1)
  }
  return Y.encodeStateAsUpdate(other)
}

/** What one client sends while the first of it is on its way to the disk: typing mostly. */
function typing(random: Random, from: Uint8Array): Uint8Array[] {
  const doc = load(from)
  doc.clientID = CLIENT
  const sent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => sent.push(update))
  let text = random.pick(textsIn(logFragment(doc)))
  let caret = text ? random.below(text.length + 1) : 0
  for (let press = 5 + random.below(30); press > 0 && text; press--) {
    const chance = random.next()
    if (chance < 0.1) {
      text = random.pick(textsIn(logFragment(doc)))
      caret = random.below((text?.length ?? 0) + 1)
    } else if (chance < 0.15 && caret > 0) text.delete(--caret, 1)
    else if (chance < 0.17 && caret > 0) replace(text, --caret)
    else if (chance < 0.2) text.format(0, text.length, { bold: random.chance(0.5) ? {} : null })
    else if (chance < 0.22) appendParagraph(doc, 'nytt')
    else {
      const written = random.pick(['a', 'å', ' ', '🌲', 'og så', '\ud83c', '\udf32']) ?? ''
      text.insert(caret, written)
      caret += written.length
    }
  }
  return sent
}

/** A letter over one that was marked: both in one update. */
const replace = (text: Y.XmlText, at: number) =>
  text.doc?.transact(() => {
    text.delete(at, 1)
    text.insert(at, 'x')
  })

const codeOf = (work: () => unknown): string => {
  try {
    return String(work())
  } catch (error) {
    return String(error)
  }
}

/** Each update by itself: what the gate does without this. */
function oneByOne(doc: Y.Doc, updates: readonly Uint8Array[]) {
  for (const update of updates) {
    const checked = checkUpdate(doc, CLIENT, update)
    if (checked) Y.applyUpdate(doc, checked.data)
  }
}

/** As the gate takes them; says how many updates were stored. */
function together(doc: Y.Doc, updates: readonly Uint8Array[]): number {
  let stored = 0
  for (let waiting = updates; waiting.length > 0; stored++) {
    const { update, scanned, taken } = nextUpdate(waiting)
    const checked = checkUpdate(doc, CLIENT, update, scanned)
    if (checked) Y.applyUpdate(doc, checked.data)
    waiting = waiting.slice(taken)
  }
  return stored
}

/** Everything that Yjs keeps of a document, and what a colleague who had not heard of it gets. */
const everything = (doc: Y.Doc, before: Uint8Array) => [
  Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex'),
  Buffer.from(Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(before))).toString('hex'),
]

test(`${runs} times what queues up amounts to the same taken together as one by one, seed ${seed}`, () => {
  const random = new Random(seed)
  let sent = 0
  let stored = 0
  for (let run = 0; run < runs; run++) {
    const before = base(random)
    const updates = typing(random, before)
    const [one, other] = [load(before), load(before)]
    oneByOne(one, updates)
    stored += together(other, updates)
    sent += updates.length
    expect(everything(other, before)).toEqual(everything(one, before))
  }
  // Else this has compared nothing.
  expect(stored).toBeLessThan(sent / 2)
})

test(`${runs} times a colleague’s writing in the same place meets both alike, seed ${seed}`, () => {
  const random = new Random(seed * 3 + 1)
  for (let run = 0; run < runs; run++) {
    const before = base(random)
    const updates = typing(random, before)
    const [one, other] = [load(before), load(before)]
    oneByOne(one, updates)
    together(other, updates)
    const colleague = load(before)
    colleague.clientID = random.chance(0.5) ? 3 : 9998
    // Who has seen some of the typing, and writes in the middle of it.
    for (const update of updates.slice(0, random.below(updates.length + 1))) Y.applyUpdate(colleague, update)
    for (const text of textsIn(logFragment(colleague)))
      if (random.chance(0.7)) text.insert(random.below(text.length + 1), 'samtidig')
    const theirs = Y.encodeStateAsUpdate(colleague)
    for (const doc of [one, other]) Y.applyUpdate(doc, theirs)
    expect(everything(other, before)).toEqual(everything(one, before))
  }
})

test(`${runs} times a broken update among others is refused alike, and what came before it stands, seed ${seed}`, () => {
  const random = new Random(seed * 7 + 2)
  let refused = 0
  for (let run = 0; run < runs; run++) {
    const before = base(random)
    const updates = typing(random, before)
    const bad = random.below(updates.length)
    const bytes = Uint8Array.from(updates[bad] ?? [])
    bytes[random.below(bytes.length)] = random.below(256)
    updates[bad] = bytes
    const [one, other] = [load(before), load(before)]
    const alone = codeOf(() => oneByOne(one, updates))
    const code = codeOf(() => void together(other, updates))
    if (alone === 'undefined') expect(everything(other, before)).toEqual(everything(one, before))
    else refused++
    expect(code).toBe(alone)
  }
  expect(refused).toBeGreaterThan(runs / 4)
})

test('what another client wrote, what comes twice and what leaves a gap is not taken along', () => {
  const before = base(new Random(seed))
  const typed = (client: number) => {
    const doc = load(before)
    doc.clientID = client
    const sent: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => sent.push(update))
    const text = childElements(logFragment(doc))[0]?.get(0)
    if (text instanceof Y.XmlText) for (const [index, char] of [...'abc'].entries()) text.insert(index, char)
    return sent
  }
  const [a, b, c] = typed(CLIENT)
  const [foreign] = typed(CLIENT + 1)
  if (!a || !b || !c || !foreign) throw new Error('nothing typed')
  expect(nextUpdate([a, b, c]).taken).toBe(3)
  expect(nextUpdate([a, foreign]).taken).toBe(1)
  expect(nextUpdate([a, a, b]).taken).toBe(1)
  expect(nextUpdate([a, c]).taken).toBe(1)
  expect(nextUpdate([a, b, Uint8Array.from([1, 2, 3])]).taken).toBe(2)
})
